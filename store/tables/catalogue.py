"""The catalogue: who teaches, what, when, and the agencies. An empty column was not stated by a source."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.core.clock import utc_now
from store.tables.base import Base


class Provider(Base):
    """Who teaches or hosts. `platform_of` names those it hosts courses of; which course, the course itself says."""

    __tablename__ = "providers"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_fr: Mapped[str | None]
    name_ar: Mapped[str | None]
    about_fr: Mapped[str | None]
    about_ar: Mapped[str | None]
    platform_of: Mapped[list[str]]
    url: Mapped[str | None]
    source: Mapped[str | None]
    checked_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    edited_columns: Mapped[list[str]] = mapped_column(default=list)
    made_here: Mapped[bool] = mapped_column(default=False)


class Course(Base):
    """A course. `title_fold` and `text_fold` are titles and summaries as the search compares them, in any script."""

    __tablename__ = "courses"
    __table_args__ = (
        CheckConstraint("status in ('open', 'closed', 'historic')", name="status"),
        Index(None, "topics", postgresql_using="gin"),
        Index(None, "occupations", postgresql_using="gin"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    title_language: Mapped[str]
    title_fr: Mapped[str | None]
    title_ar: Mapped[str | None]
    summary_fr: Mapped[str | None]
    summary_ar: Mapped[str | None]
    provider: Mapped[str] = mapped_column(ForeignKey("providers.id"), index=True)
    platform: Mapped[str | None] = mapped_column(ForeignKey("providers.id"), index=True)
    topics: Mapped[list[str]]
    occupations: Mapped[list[str]]
    level: Mapped[str | None]
    prerequisites_fr: Mapped[str | None]
    prerequisites_ar: Mapped[str | None]
    education: Mapped[str | None]
    duration: Mapped[str | None]
    effort_hours: Mapped[float | None]
    teaching_languages: Mapped[list[str]]
    mode: Mapped[str | None]
    city: Mapped[str | None]
    cost: Mapped[str | None]
    certificate: Mapped[str | None]
    certificate_name: Mapped[str | None]
    needs_computer: Mapped[bool | None]
    works_on_phone: Mapped[bool | None]
    url: Mapped[str | None]
    source: Mapped[str]
    checked_on: Mapped[date | None]
    status: Mapped[str]
    title_fold: Mapped[str]
    text_fold: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    #: Columns an adviser changed here after the last import; the importer leaves these as they are.
    edited_columns: Mapped[list[str]] = mapped_column(default=list)
    #: Made by an adviser, in no file of an import: it is not withdrawn for being in none.
    made_here: Mapped[bool] = mapped_column(default=False)
    updated_at: Mapped[datetime] = mapped_column(default=utc_now)


class CourseSession(Base):
    """One run of a course, with its dates and its places. `open_until` is the last day to register, if there is one."""

    __tablename__ = "course_sessions"
    __table_args__ = (CheckConstraint("capacity > 0", name="capacity"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"), index=True)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    registration_closes_on: Mapped[date | None]
    open_until: Mapped[date | None]
    capacity: Mapped[int | None]
    withdrawn_at: Mapped[datetime | None]
    edited_columns: Mapped[list[str]] = mapped_column(default=list)
    made_here: Mapped[bool] = mapped_column(default=False)


class Agency(Base):
    """An agency of the employment service; without a city, what is known of all of them."""

    __tablename__ = "agencies"

    id: Mapped[str] = mapped_column(primary_key=True)
    name_fr: Mapped[str | None]
    name_ar: Mapped[str | None]
    city: Mapped[str | None] = mapped_column(index=True)
    address_fr: Mapped[str | None]
    address_ar: Mapped[str | None]
    phone: Mapped[str | None]
    hours_fr: Mapped[str | None]
    hours_ar: Mapped[str | None]
    url: Mapped[str | None]
    source: Mapped[str]
    checked_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    edited_columns: Mapped[list[str]] = mapped_column(default=list)
    made_here: Mapped[bool] = mapped_column(default=False)


class CatalogueState(Base):
    """How many statements wrote to courses, their runs or providers; a trigger counts. One row."""

    __tablename__ = "catalogue_state"
    __table_args__ = (CheckConstraint("one = 1", name="one_row"),)

    one: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    changes: Mapped[int]
