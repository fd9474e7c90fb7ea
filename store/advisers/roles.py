"""What advisers may do, by role."""

from typing import Literal, get_args

Role = Literal["reader", "adviser", "supervisor", "administrator"]

#: From the one who may only read to the one who may do all; each may what those before may.
ROLES: tuple[Role, ...] = get_args(Role)
#: Who sees people of every city whatever their own.
SEE_EVERYBODY: tuple[Role, ...] = ("supervisor", "administrator")
