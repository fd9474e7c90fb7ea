"""The employment service around courses: agencies, jobs, job loss, projects, employers, alerts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions import arguments
from actions.base import Option, Turn, Verb
from actions.confirmations import OFFERS, Confirmation, no_option, offer_to_confirm, yes_option
from actions.course_list import search_and_show
from actions.courses import remember_person
from store.catalogue.courses import AgencyView, agencies
from store.outreach import alerts
from store.people import consents
from store.search.ranking import topics_leading_to

ALERTS: consents.Purpose = "alerts"


class FindAgency(Verb):
    """The agencies of a city, with what is known of them and no more."""

    action_name = "action_find_agency"

    def respond(self, turn: Turn) -> None:
        city = turn.entity("city") or (turn.slots.get("person") or {}).get("city")
        if not city:
            turn.set("expecting", "agency_city")
            turn.say("ask-agency-city")
            return
        turn.set("expecting", None)
        found = agencies(turn.session, city)
        if not found:
            turn.set("offer", {"do": "adviser", "reason": "agency"})
            turn.say("agency-unknown", _adviser_option(), city=arguments.term("city", city))
            return
        stated = all(a.address_fr or a.address_ar for a in found)
        turn.say(
            "agencies" if stated else "agencies-address-unknown",
            _adviser_option(),
            city=arguments.term("city", city),
            agencies=arguments.lines([_agency_line(a) for a in found]),
        )


def _adviser_option() -> list[Option]:
    return [
        Option("option-adviser", "talk_to_adviser", {"view": "agency"}),
        Option("option-find", "find_course"),
    ]


def _agency_line(agency: AgencyView) -> dict[str, Any]:
    name = arguments.text({"fr": agency.name_fr, "ar": agency.name_ar})
    facts: list[Any] = []
    if agency.address_fr or agency.address_ar:
        facts.append(arguments.text({"fr": agency.address_fr, "ar": agency.address_ar}))
    if agency.hours_fr or agency.hours_ar:
        facts.append(arguments.text({"fr": agency.hours_fr, "ar": agency.hours_ar}))
    if agency.phone:
        facts.append(agency.phone)
    if agency.url:
        facts.append(agency.url)
    return arguments.reply("agency-line", name=name, facts=arguments.parts(facts))


class AskJobs(Verb):
    """Kindly on to the service's job offers, and to courses that lead to the job wished for."""

    action_name = "action_ask_jobs"

    def respond(self, turn: Turn) -> None:
        remember_person(turn)
        turn.say(
            "jobs-elsewhere",
            [
                Option("option-adviser", "talk_to_adviser", {"view": "jobs"}),
                Option("option-agency", "find_agency"),
            ],
        )
        wished = {k: turn.entities[k] for k in ("occupation", "topic") if turn.entities.get(k)}
        if not wished or not search_and_show(turn, wished, header="found-for-job"):
            turn.offer(
                [
                    Option("option-job-search-skills", "find_course", {"topic": "job_search_skills"}),
                    Option("option-advise-me", "recommend_course"),
                    Option("option-agency", "find_agency"),
                    Option("option-adviser", "talk_to_adviser", {"view": "jobs"}),
                ]
            )


class JobLoss(Verb):
    """First a human word, then what can be done."""

    action_name = "action_job_loss"

    def respond(self, turn: Turn) -> None:
        remember_person(turn)
        turn.set("offer", {"do": "recommend"})
        turn.say(
            "job-loss",
            [
                Option("option-advise-me", "recommend_course"),
                Option("option-find", "find_course"),
                Option("option-jobs", "ask_jobs"),
                Option("option-adviser", "talk_to_adviser", {"view": "job_loss"}),
            ],
        )


class AskBusinessSupport(Verb):
    """Project leaders: what the service does for them, and courses in entrepreneurship."""

    action_name = "action_ask_business_support"

    def respond(self, turn: Turn) -> None:
        remember_person(turn)
        turn.say(
            "business-support",
            [
                Option("option-adviser", "talk_to_adviser", {"view": "business"}),
                Option("option-agency", "find_agency"),
            ],
        )
        topics = list(dict.fromkeys([*turn.entities.get("topic", ()), "entrepreneurship"]))
        search_and_show(turn, {"topic": topics}, header="found-for-project")


class EmployerTraining(Verb):
    """Employers: what digital skills mean for their staff, courses, and a person to talk to."""

    action_name = "action_employer_training"

    def respond(self, turn: Turn) -> None:
        remember_person(turn)
        turn.set("offer", {"do": "adviser", "reason": "employer"})
        turn.say(
            "employer-training",
            [
                Option("option-employer-adviser", "talk_to_adviser", {"view": "employer"}),
                Option("option-courses-for-staff", "find_course", {"topic": "digital_basics"}),
            ],
        )
        if turn.entities.get("topic"):
            search_and_show(turn, {"topic": turn.entities["topic"]}, header="found-for-staff")


class SubscribeAlerts(Verb):
    """A message when a new course appears: on what, where, and only after a yes."""

    action_name = "action_subscribe_alerts"

    def respond(self, turn: Turn) -> None:
        named = list(turn.entities.get("topic", ())) or list(
            topics_leading_to(turn.entities.get("occupation", ()))
        )
        before = turn.slots.get("criteria") or {}
        topics = named or list(before.get("topic", ()))
        city = turn.entity("city") or before.get("city")
        if not topics and not city:
            turn.set("expecting", "alert_topic")
            turn.say("ask-alert-topic")
            return
        turn.set("expecting", None)
        offer_to_confirm(turn, "alert", topics=topics, city=city)


def _ask_alert_consent(turn: Turn, offer: Mapping[str, Any]) -> None:
    question = "offer_alert"
    turn.say(
        "ask-alert-consent",
        [yes_option("option-yes-alert", question), no_option("option-no-thanks", question)],
        what=_alert_words(offer["topics"], offer.get("city")),
    )


OFFERS["alert"] = Confirmation(_ask_alert_consent, "no-alert")


def _alert_words(topics: list[str], city: str | None) -> dict[str, Any]:
    items: list[dict[str, Any]] = []
    if topics:
        items.append(arguments.terms("topic", topics))
    if city:
        items.append(arguments.term("city", city))
    return arguments.parts(items)


def subscribe(turn: Turn, topics: list[str], city: str | None) -> None:
    """Do what `ask-alert-consent` asked about."""
    version = turn.services.consent_versions[ALERTS]
    consents.record_consent(turn.session, turn.person_id, ALERTS, version, True, turn.services.now())
    alerts.subscribe(turn.session, turn.person_id, topics, city)
    turn.say("alert-made", [Option("option-find", "find_course")], what=_alert_words(topics, city))
