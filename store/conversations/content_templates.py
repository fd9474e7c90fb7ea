"""Message forms registered with a provider: made there once, remembered here."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.core.clock import utc_now
from store.core.ids import new_id
from store.tables import ProviderTemplate


def get_template(session: Session, provider: str, key: str) -> str | None:
    """The provider's id of a form by our key of it; None where it was never made."""
    return session.scalar(
        select(ProviderTemplate.external_id).where(
            ProviderTemplate.provider == provider, ProviderTemplate.key == key
        )
    )


def remember_template(session: Session, provider: str, key: str, external_id: str) -> None:
    """Keeps a form's id, in the place of an earlier one. Two processes may have made it at once: the last one stays."""
    session.execute(
        insert(ProviderTemplate)
        .values(id=new_id(), provider=provider, key=key, external_id=external_id, created_at=utc_now())
        .on_conflict_do_update(
            index_elements=["provider", "key"], set_={"external_id": external_id, "created_at": utc_now()}
        )
    )
