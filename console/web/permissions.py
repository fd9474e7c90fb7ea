"""What a caller of a page must be, said beside each page; and the pages of the bar above.

Roles include those before them.
"""

from enum import StrEnum

from store.advisers.roles import ROLES, Role


class Need(StrEnum):
    """What a caller must be. `OPEN`: anybody. `HALF`: with a password given, before the second step. `ANY`: signed in,
    though the password is still to be changed. The rest are roles, signed in fully.
    """

    OPEN = "open"
    HALF = "half"
    ANY = "any"
    READER = "reader"
    ADVISER = "adviser"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


#: The pages of the bar above, in order: a key of words and where it leads. Who may not call one does not see it.
NAVIGATION: list[tuple[str, str]] = [
    ("nav-inbox", "/console/inbox"),
    ("nav-registrations", "/console/registrations"),
    ("nav-people", "/console/people"),
    ("nav-courses", "/console/courses"),
    ("nav-canned", "/console/canned"),
    ("nav-review", "/console/review"),
    ("nav-gaps", "/console/gaps"),
    ("nav-advisers", "/console/advisers"),
    ("nav-figures", "/console/figures"),
    ("nav-audit", "/console/audit"),
    ("nav-help", "/console/help"),
]


def allows(need: Need, role: Role) -> bool:
    """Whether somebody of this role, signed in fully, meets the need."""
    if need in (Need.OPEN, Need.HALF, Need.ANY):
        return True
    return ROLES.index(role) >= [str(each) for each in ROLES].index(need.value)
