"""Who may call which page: the one table that the guard, the buttons and the tests read.

A route that is not here is refused to everybody. Roles include those before them.
"""

from enum import StrEnum

from store.advisers import ROLES, Role


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


_CONVERSATION = "/console/conversations/{conversation_id}"

#: Method and path of each route, with what it needs.
ROUTES: dict[str, Need] = {
    # Static files, sign-in, account
    "GET /console/static/{version}/{name}": Need.OPEN,
    "GET /console/sign-in": Need.OPEN,
    "POST /console/sign-in": Need.OPEN,
    "POST /console/language": Need.OPEN,
    "GET /console/second-step": Need.HALF,
    "POST /console/second-step": Need.HALF,
    "POST /console/sign-out": Need.HALF,
    "GET /console/account": Need.ANY,
    "POST /console/account/password": Need.ANY,
    "POST /console/account/second-step": Need.READER,
    "POST /console/account/second-step/confirm": Need.READER,
    "POST /console/account/second-step/off": Need.READER,
    "POST /console/account/presence": Need.ADVISER,
    # Inbox
    "GET /console": Need.READER,
    "GET /console/": Need.READER,
    "GET /console/inbox": Need.READER,
    "GET /console/inbox/list": Need.READER,
    "GET /console/inbox/filter": Need.READER,
    # Marking as read is everybody's; what the role may not do among these is refused by the page.
    "POST /console/inbox/bulk": Need.READER,
    "GET /console/events": Need.READER,
    "POST /console/views": Need.READER,
    "POST /console/views/{view_id}/delete": Need.READER,
    # Thread
    f"GET {_CONVERSATION}": Need.READER,
    f"GET {_CONVERSATION}/messages": Need.READER,
    f"POST {_CONVERSATION}/unread": Need.READER,
    f"POST {_CONVERSATION}/notes": Need.ADVISER,
    f"POST {_CONVERSATION}/tags": Need.ADVISER,
    f"POST {_CONVERSATION}/messages/{{message_id}}/flag": Need.ADVISER,
    "POST /console/people/{person_id}/phone": Need.SUPERVISOR,
    # Takeover
    f"POST {_CONVERSATION}/take": Need.ADVISER,
    f"POST {_CONVERSATION}/reply": Need.ADVISER,
    f"POST {_CONVERSATION}/template": Need.ADVISER,
    f"POST {_CONVERSATION}/give-back": Need.ADVISER,
    f"POST {_CONVERSATION}/close": Need.ADVISER,
    f"POST {_CONVERSATION}/reopen": Need.ADVISER,
    f"POST {_CONVERSATION}/assign": Need.ADVISER,
    f"POST {_CONVERSATION}/segments": Need.ADVISER,
    f"GET {_CONVERSATION}/canned": Need.ADVISER,
    "POST /console/inbox/assign-waiting": Need.SUPERVISOR,
    "GET /console/canned": Need.ADVISER,
    "POST /console/canned": Need.SUPERVISOR,
    "POST /console/canned/{canned_id}/delete": Need.SUPERVISOR,
    # Figures and help
    "GET /console/figures": Need.READER,
    "GET /console/figures/{table}.csv": Need.READER,
    "GET /console/help": Need.READER,
    "GET /console/help/{topic}": Need.READER,
    # Review, content gaps, journeys
    "GET /console/review": Need.ADVISER,
    "GET /console/review/next": Need.ADVISER,
    "GET /console/review/export": Need.SUPERVISOR,
    "GET /console/review/{item_id}": Need.ADVISER,
    "POST /console/review/{item_id}": Need.ADVISER,
    "POST /console/review/{item_id}/skip": Need.ADVISER,
    "POST /console/review/{item_id}/later": Need.ADVISER,
    "POST /console/review/{item_id}/flag": Need.ADVISER,
    "POST /console/review/{item_id}/twice": Need.ADVISER,
    "POST /console/review/{item_id}/decide": Need.SUPERVISOR,
    "GET /console/gaps": Need.READER,
    f"GET {_CONVERSATION}/journey": Need.ADVISER,
    # Registrations, courses, agencies and providers
    "GET /console/registrations": Need.READER,
    "GET /console/registrations/export": Need.ADVISER,
    "POST /console/registrations/change": Need.ADVISER,
    "GET /console/registrations/{registration_id}": Need.READER,
    "POST /console/registrations/{registration_id}": Need.ADVISER,
    "GET /console/courses": Need.READER,
    "GET /console/courses/export": Need.ADVISER,
    "GET /console/courses/import": Need.SUPERVISOR,
    "POST /console/courses/import": Need.SUPERVISOR,
    "POST /console/courses/import/{draft_id}": Need.SUPERVISOR,
    "POST /console/courses/links": Need.ADVISER,
    "GET /console/courses/new": Need.SUPERVISOR,
    "POST /console/courses/new": Need.SUPERVISOR,
    "GET /console/courses/{course_id}": Need.READER,
    "POST /console/courses/{course_id}": Need.SUPERVISOR,
    "POST /console/courses/{course_id}/status": Need.SUPERVISOR,
    "POST /console/courses/{course_id}/checked": Need.SUPERVISOR,
    "POST /console/courses/{course_id}/release": Need.SUPERVISOR,
    "POST /console/courses/{course_id}/sessions": Need.SUPERVISOR,
    "GET /console/courses/{course_id}/notify": Need.SUPERVISOR,
    "POST /console/courses/{course_id}/notify": Need.SUPERVISOR,
    "GET /console/agencies": Need.READER,
    **{
        f"{method} /console/{kind}{rest}": need
        for kind in ("agencies", "providers")
        for method, rest, need in (
            ("GET", "/new", Need.SUPERVISOR),
            ("POST", "/new", Need.SUPERVISOR),
            ("GET", "/{row_id}", Need.READER),
            ("POST", "/{row_id}", Need.SUPERVISOR),
            ("POST", "/{row_id}/checked", Need.SUPERVISOR),
            ("POST", "/{row_id}/release", Need.SUPERVISOR),
        )
    },
    # People
    "GET /console/people": Need.READER,
    "GET /console/people/erased/{reference}": Need.SUPERVISOR,
    "GET /console/people/{person_id}": Need.READER,
    "POST /console/people/{person_id}": Need.ADVISER,
    "GET /console/people/{person_id}/export": Need.SUPERVISOR,
    "GET /console/people/{person_id}/copy": Need.SUPERVISOR,
    "GET /console/people/{person_id}/erase": Need.SUPERVISOR,
    "POST /console/people/{person_id}/erase": Need.SUPERVISOR,
    "GET /console/people/{person_id}/merge": Need.SUPERVISOR,
    "POST /console/people/{person_id}/merge": Need.SUPERVISOR,
    # Administration
    "GET /console/advisers": Need.ADMINISTRATOR,
    "POST /console/advisers": Need.ADMINISTRATOR,
    "POST /console/advisers/{adviser_id}": Need.ADMINISTRATOR,
    "POST /console/advisers/{adviser_id}/password": Need.ADMINISTRATOR,
    "POST /console/advisers/{adviser_id}/second-step/off": Need.ADMINISTRATOR,
    "POST /console/advisers/{adviser_id}/disable": Need.ADMINISTRATOR,
    "POST /console/advisers/{adviser_id}/enable": Need.ADMINISTRATOR,
    "GET /console/audit": Need.SUPERVISOR,
}

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
