"""What is sent unasked: to whom it goes, when it does not, and what goes instead."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from channels.delivery.notifying import notifier_with
from channels.queue.deferrer import Deferrer
from channels.wording.render import Renderer
from store.conversations import conversations
from store.conversations.inbound import InboundRecord, store_inbound
from store.conversations.outbound import ContentTemplate, outbound_after
from store.core.clock import utc_now
from store.core.database import Database
from store.handover import requests as adviser_requests
from store.outreach import opt_out
from store.outreach.notifier import Notice, Notifier
from store.tables import Message
from takwin.settings import ROOT

CLOSED, FORM = Notice("adviser-closed"), ContentTemplate("course_alert", ["Excel"])


@pytest.fixture(scope="module")
def notifier() -> Notifier:
    return notifier_with(Renderer(ROOT / "data" / "replies"), Deferrer())


def wrote(
    database: Database, channel: str, at: datetime | None = None, sender: str = "+212600000001"
) -> tuple[UUID, UUID]:
    """Somebody wrote: who, and where."""
    with database.session() as session:
        record = InboundRecord(channel, sender, f"m-{channel}", "salam", received_at=at or utc_now())
        stored = store_inbound(session, record)
        return stored.person_id, stored.conversation_id


def sent(database: Database, conversation_id: UUID) -> Sequence[Message]:
    with database.session() as session:
        return outbound_after(session, conversation_id, 0)


def queued(database: Database) -> int:
    with database.session() as session:
        return (
            session.scalar(text("select count(*) from procrastinate_jobs where task_name = 'delivery'")) or 0
        )


def test_it_is_stored_and_queued_with_what_made_it(database: Database, notifier: Notifier) -> None:
    person_id, conversation_id = wrote(database, "sms")
    with database.session() as session:
        notifier.notify(session, person_id, CLOSED)
        session.rollback()
    assert (len(sent(database, conversation_id)), queued(database)) == (0, 0)
    with database.session() as session:
        assert notifier.notify(session, person_id, CLOSED) is None
    [message] = sent(database, conversation_id)
    assert (message.reply, message.author_kind, message.content_template) == (
        "adviser-closed",
        "assistant",
        None,
    )
    assert queued(database) == 1


def test_nobody_is_told_where_they_take_no_messages(database: Database, notifier: Notifier) -> None:
    person_id, conversation_id = wrote(database, "sms")
    with database.session() as session:
        opt_out.opt_out(session, person_id, "sms", "word:stop")
    with database.session() as session:
        conversation = conversations.get(session, conversation_id)
        assert notifier.notify(session, person_id, CLOSED) == "no-address"
        assert notifier.notify_in(session, conversation, CLOSED, utc_now()) == "no-address"
    assert sent(database, conversation_id) == []


@pytest.mark.parametrize(("hours", "notice", "why"), [
    (1, CLOSED, None), (25, CLOSED, "outside-window"), (25, Notice("adviser-closed", template=FORM), None),
])  # fmt: skip
def test_outside_the_window_a_template_goes_or_nothing(
    database: Database, notifier: Notifier, hours: int, notice: Notice, why: str | None
) -> None:
    person_id, conversation_id = wrote(
        database, "whatsapp", utc_now() - timedelta(hours=hours), "212600000001"
    )
    with database.session() as session:
        conversation = conversations.get(session, conversation_id)
        assert notifier.notify(session, person_id, notice) == why
        assert notifier.notify_in(session, conversation, notice, utc_now()) == why
    form = None if notice.template is None else notice.template.stored()
    assert [each.content_template for each in sent(database, conversation_id)] == ([] if why else [form] * 2)


def test_a_template_is_kept_only_where_the_channel_has_a_window(
    database: Database, notifier: Notifier
) -> None:
    person_id, conversation_id = wrote(database, "sms")
    with database.session() as session:
        notifier.notify(session, person_id, Notice("adviser-closed", template=FORM))
    assert [each.content_template for each in sent(database, conversation_id)] == [None]


@pytest.mark.parametrize("notice", [CLOSED, Notice("adviser-closed", template=FORM)])
def test_who_begged_that_nobody_writes_is_sent_no_notice(
    database: Database, notifier: Notifier, notice: Notice
) -> None:
    person_id, conversation_id = wrote(database, "sms")
    with database.session() as session:
        request = adviser_requests.request(session, person_id, adviser_requests.URGENT)
        adviser_requests.note_no_contact(session, request)
        conversation = conversations.get(session, conversation_id)
        assert notifier.notify(session, person_id, notice) == "no-contact"
        assert notifier.notify_in(session, conversation, notice, utc_now()) == "no-contact"
        adviser_requests.close(session, request.id)
        assert notifier.notify(session, person_id, notice) is None
    assert len(sent(database, conversation_id)) == 1
