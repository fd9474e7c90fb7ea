"""What a caller of a page must be, said beside each page.

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


def allows(need: Need, role: Role) -> bool:
    """Whether somebody of this role, signed in fully, meets the need."""
    if need in (Need.OPEN, Need.HALF, Need.ANY):
        return True
    return ROLES.index(role) >= [str(each) for each in ROLES].index(need.value)
