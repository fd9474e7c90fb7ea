"""What was read of the catalogue, kept for as long as the catalogue stays what it was.

A trigger counts each statement that writes to courses, their runs or providers. The count together with the
transaction that wrote it (xmin) tells one state of the catalogue from every other, one that was rolled back included.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Select, literal_column, select
from sqlalchemy.orm import Session

from store.tables import CatalogueState

_T = TypeVar("_T")

#: So many answers are kept, those asked for last.
_MOST = 2048
_STATE: Select[str] = select(
    literal_column("catalogue_state.xmin::text || '.' || catalogue_state.changes").label("state")
).select_from(CatalogueState)


class Kept:
    """Answers read from one state of the catalogue. They are shared, so they must not be changed."""

    def __init__(self, state: str | None, answers: OrderedDict[Hashable, Any]) -> None:
        self._state = state
        self._answers = answers

    def get(self, key: Hashable, read: Callable[[], _T]) -> _T:
        """The answer to `key`, read where it is not there yet."""
        if self._state is None:
            return read()
        whole = (self._state, key)
        with _guard:
            if whole in self._answers:
                self._answers.move_to_end(whole)
                return cast(_T, self._answers[whole])
        found = read()
        with _guard:
            self._answers[whole] = found
            while len(self._answers) > _MOST:
                self._answers.popitem(last=False)
        return found


_guard = Lock()
_answers: WeakKeyDictionary[Engine, OrderedDict[Hashable, Any]] = WeakKeyDictionary()


def kept(session: Session) -> Kept:
    """What is kept of the catalogue as this session sees it now."""
    engine = session.get_bind().engine
    state = session.scalar(_STATE)
    with _guard:
        return Kept(state, _answers.setdefault(engine, OrderedDict()))
