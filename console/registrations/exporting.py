"""Registrations as a file, in the adviser's words; phone numbers masked unless the role allows them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from console.thread.seen import PHONES, masked
from console.web.visit import Visit
from store.people import addresses
from store.registrations import lists as registration_lists
from store.registrations.lists import RegistrationFilter, RegistrationRow

MOST = 50_000
COLUMNS = (
    "reference", "state", "course", "course-id", "provider", "starts-on", "name", "city", "region", "education",
    "employment", "variety", "channels", "phone", "registered-at", "changed-at", "note",
)  # fmt: skip


def header(visit: Visit) -> list[str]:
    return [visit.words.say(f"export-{column}") for column in COLUMNS]


def rows(
    visit: Visit, session: Session, wanted: RegistrationFilter, *, phones: bool
) -> Iterator[Sequence[Any]]:
    """The rows that a filter finds, newest first, at most MOST."""
    name = visit.words.name
    found = list(registration_lists.to_export(session, visit.scope, wanted, MOST))
    numbers = _numbers(session, [row for row, _, _ in found], shown=phones)
    for row, channels, note in found:
        person = row.person
        yield (
            row.registration.reference,
            name("state", row.registration.state),
            title(visit, row),
            row.course.id,
            row.provider_name,
            row.run.starts_on if row.run else None,
            person.name or person.profile_name,
            name("city", person.city),
            person.region,
            name("education", person.education),
            name("employment_status", person.employment_status),
            name("variety", person.variety),
            ", ".join(name("channel", channel) for channel in channels),
            numbers.get(person.id, ""),
            row.registration.created_at,
            row.registration.updated_at,
            note,
        )


def title(visit: Visit, row: RegistrationRow) -> str:
    translated = row.course.title_ar if visit.words.language == "ar" else row.course.title_fr
    return translated or row.course.title


def _numbers(session: Session, found: Sequence[RegistrationRow], *, shown: bool) -> dict[Any, str]:
    numbers: dict[Any, dict[str, None]] = {}
    ids = list({row.person.id for row in found})
    for start in range(0, len(ids), 1000):
        some = ids[start : start + 1000]
        for address in registration_lists.phone_addresses(session, some, PHONES):
            clear = addresses.view_of(session, address).provider_id
            number = clear if shown else masked(clear)
            numbers.setdefault(address.person_id, {})[number] = None
    return {person_id: ", ".join(number) for person_id, number in numbers.items()}
