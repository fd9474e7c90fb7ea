"""Alerts, requests for an adviser, feedback: asked twice, kept once."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from store.conversations import feedback
from store.core.database import Database
from store.handover import requests as adviser_requests
from store.outreach import alerts
from store.people.consents import ConsentMissing
from store.tables import AdviserRequest, Alert
from tests.store.making import NOW, at_once, person


def test_an_alert_is_made_once(database: Database) -> None:
    with database.session() as session:
        someone = person(session, "s", "alerts")

    def subscribe() -> uuid.UUID:
        with database.session() as session:
            return alerts.subscribe(session, someone, ["sales", "cloud", "sales"], "fes").id

    assert len(set(at_once(*[subscribe] * 4))) == 1
    with database.session() as session:
        [alert] = alerts.of_person(session, someone)
        assert (alert.topics, alert.city) == (["cloud", "sales"], "fes")
        assert alerts.subscribe(session, someone, ["cloud", "sales"]).id != alert.id
        assert alerts.subscribe(session, someone, []).topics == []
        assert alerts.subscribe(session, someone, []).city is None
        assert len(alerts.of_person(session, someone)) == 3


def test_unsubscribing_ends_them_all_and_one_may_come_back(database: Database) -> None:
    with database.session() as session:
        someone = person(session, "s", "alerts")
        first = alerts.subscribe(session, someone, ["cloud"])
        assert alerts.unsubscribe_all(session, someone) == 1
        assert alerts.unsubscribe_all(session, someone) == 0
        assert alerts.of_person(session, someone) == []
        assert alerts.subscribe(session, someone, ["cloud"]).id != first.id
        assert session.scalar(select(func.count()).select_from(Alert)) == 2


def test_alerts_need_consent_and_the_contract_s_values(database: Database) -> None:
    with database.session() as session:
        with pytest.raises(ConsentMissing):
            alerts.subscribe(session, person(session), ["cloud"])
        someone = person(session, "s", "alerts")
        with pytest.raises(ValueError, match="cooking"):
            alerts.subscribe(session, someone, ["cooking"])
        with pytest.raises(ValueError, match="paris"):
            alerts.subscribe(session, someone, ["cloud"], "paris")


def test_one_open_request_per_reason(database: Database) -> None:
    with database.session() as session:
        someone = person(session)

    def ask() -> uuid.UUID:
        with database.session() as session:
            return adviser_requests.request(session, someone, "access", "no e-mail came").id

    assert len(set(at_once(*[ask] * 4))) == 1
    with database.session() as session:
        more = adviser_requests.request(session, someone, "access", "nor today")
        assert more.detail == "no e-mail came\nnor today"
        other = adviser_requests.request(session, someone, "agency")
        assert other.detail is None
        assert [one.id for one in adviser_requests.of_person(session, someone)] == [other.id, more.id]
        adviser_requests.close(session, more.id, NOW)
        assert adviser_requests.close(session, more.id).closed_at == NOW
        assert adviser_requests.request(session, someone, "access").id != more.id
        assert len(adviser_requests.of_person(session, someone)) == 3
        assert session.scalar(select(func.count()).where(AdviserRequest.state == "open")) == 2
        with pytest.raises(adviser_requests.RequestUnknown):
            adviser_requests.close(session, uuid.uuid4())


def test_numbers_that_did_not_arrive_are_noted_with_the_call_for_help(database: Database) -> None:
    with database.session() as session:
        someone, other = person(session), person(session, "other")
        adviser_requests.request(session, someone, "asked")
        assert not adviser_requests.note_undelivered(session, someone)
        closed = adviser_requests.request(session, someone, adviser_requests.URGENT)
        adviser_requests.close(session, closed.id, NOW)
        assert not adviser_requests.note_undelivered(session, someone)
        urgent = adviser_requests.request(session, someone, adviser_requests.URGENT)
        theirs = adviser_requests.request(session, other, adviser_requests.URGENT)
        assert adviser_requests.note_undelivered(session, someone, NOW)
        urgent.state = "taken"
        session.flush()
        assert adviser_requests.note_undelivered(session, someone, NOW + timedelta(hours=1))
        for each in (urgent, theirs, closed):
            session.refresh(each)
        assert urgent.undelivered_at == NOW + timedelta(hours=1)
        assert theirs.undelivered_at is None
        assert closed.undelivered_at is None


def test_feedback_is_kept(database: Database) -> None:
    with database.session() as session:
        someone = person(session)
        feedback.record(session, someone, "praise", "شكرا")
        feedback.record(session, someone, "complaint", None)
        assert [(one.kind, one.text) for one in feedback.of_person(session, someone)] == [
            ("praise", "شكرا"),
            ("complaint", None),
        ]
