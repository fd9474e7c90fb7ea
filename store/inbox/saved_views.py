"""Saved views: filters of the inbox under names, an adviser's own and those shared with everybody."""

import uuid

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.core.ids import new_id
from store.people.people import clean_name
from store.tables import SavedView


def save(session: Session, adviser_id: uuid.UUID, name: str, query: str, *, shared: bool) -> bool:
    """Saves a view; under a name of theirs that is taken, the filter is replaced. False without a name."""
    written = clean_name(name)
    if written is None:
        return False
    statement = insert(SavedView).values(
        id=new_id(), adviser_id=adviser_id, name=written, query=query, shared=shared
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["adviser_id", "name"], set_={"query": query, "shared": shared}
        )
    )
    return True


def of_adviser(session: Session, adviser_id: uuid.UUID, limit: int = 20) -> list[SavedView]:
    """An adviser's own views and the shared ones, by name."""
    wanted = select(SavedView).where(or_(SavedView.adviser_id == adviser_id, SavedView.shared))
    return list(session.scalars(wanted.order_by(SavedView.name, SavedView.id).limit(limit)))


def delete_view(session: Session, view_id: uuid.UUID, adviser_id: uuid.UUID, *, any_shared: bool) -> bool:
    """Deletes a view of the adviser's own, or with `any_shared` a shared one; False where it is neither."""
    view = session.get(SavedView, view_id)
    if view is None or not (view.adviser_id == adviser_id or (any_shared and view.shared)):
        return False
    session.delete(view)
    return True
