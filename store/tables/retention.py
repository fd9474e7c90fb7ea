"""What is kept no longer: who is erased here and not yet at the engine, and how far what has its time is gone."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from store.core.clock import utc_now
from store.tables.base import Base


class ErasureBacklog(Base):
    """Somebody who is erased here, or joined to another, and of whom the engine may still have a record."""

    __tablename__ = "engine_erasure_backlog"

    person_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now)


class RetentionProgress(Base):
    """Until when everything of a kind that had its time is gone: nobody looks there again."""

    __tablename__ = "retention_progress"

    kind: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime]
