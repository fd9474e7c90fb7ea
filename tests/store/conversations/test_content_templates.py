"""A form made with a provider is found again by our key of it, and only with that provider."""

import threading

from store.conversations.content_templates import get_template, remember_template
from store.core.database import Database


def test_a_form_never_made_is_not_found(database: Database) -> None:
    with database.session() as session:
        assert get_template(session, "twilio", "buttons:3:x") is None


def test_a_form_is_found_by_provider_and_key(database: Database) -> None:
    with database.session() as session:
        remember_template(session, "twilio", "buttons:3:x", "HX1")
        remember_template(session, "twilio", "buttons:2:x", "HX2")
    with database.session() as session:
        assert get_template(session, "twilio", "buttons:3:x") == "HX1"
        assert get_template(session, "twilio", "buttons:2:x") == "HX2"
        assert get_template(session, "whatsapp-cloud", "buttons:3:x") is None


def test_a_form_made_anew_takes_the_place_of_the_old(database: Database) -> None:
    with database.session() as session:
        remember_template(session, "twilio", "key", "HX-old")
        remember_template(session, "twilio", "key", "HX-new")
    with database.session() as session:
        assert get_template(session, "twilio", "key") == "HX-new"


def test_two_at_once_leave_one(database: Database) -> None:
    barrier = threading.Barrier(2)

    def remember(external_id: str) -> None:
        with database.session() as session:
            barrier.wait(10)
            remember_template(session, "twilio", "key", external_id)

    both = [threading.Thread(target=remember, args=(each,)) for each in ("HX1", "HX2")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(10)
    with database.session() as session:
        assert get_template(session, "twilio", "key") in ("HX1", "HX2")
