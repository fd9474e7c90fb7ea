"""Nothing is done without a plain yes to the question asked last."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from actions.base import Services
from actions.confirmations import OFFERS, SURE
from store.handover import requests as adviser_requests
from store.outreach import alerts
from store.people import addresses, consents, people, profiles
from store.registrations import registrations
from store.tables import Address, Consent, Person
from tests.actions.registering import ANSWERED, COURSE, OTHER, registered
from tests.actions.talking import Talk

AMINA = "+212600000009"
SEARCH = {"topic": ["english"]}
UNDECIDED = [
    "laissez-moi le temps d'en parler chez moi",
    "دعني أراجع الأمر مع أهلي",
    "خليني نهضر مع الدار هي اللولة",
    "khelini nhder m3a ddar hiya lwla",
]
NONSENSE = ["le bus 12 est en retard", "المطر يهطل بغزارة", "الطوبيس تعطل عليا", "tobis t3ettel 3liya"]
#: What the engine may take for the intent of what answers neither.
READ_AS = [
    *zip(("affirm", "deny", "nlu_fallback", "inform"), UNDECIDED, strict=True),
    *zip(("nlu_fallback", "out_of_scope", "thank", "feedback"), NONSENSE, strict=True),
]


@dataclass(frozen=True)
class Case:
    """A confirmation: what leads to it, and what is said."""

    do: str
    intent: str
    ask: str
    done: str
    yes: str
    no: str
    how: dict[str, Any] = field(default_factory=dict)

    @property
    def question(self) -> str:
        return f"offer_{self.do}"

    @property
    def left(self) -> str:
        return OFFERS[self.do].left_undone


UNSURE = {"confidence": SURE - 0.01}
CASES = [
    Case("erase", "delete_my_data", "ask-erase", "erased", "option-yes-erase", "option-keep"),
    Case("cancel", "cancel_registration", "ask-cancel", "cancelled", "option-yes-cancel", "option-keep"),
    Case(
        "alert", "subscribe_alerts", "ask-alert-consent", "alert-made", "option-yes-alert", "option-no-thanks",
        {"entities": {"topic": "accounting"}},
    ),
    Case("stop", "stop_messages", "ask-stop", "opt-out-done", "option-yes-stop", "option-go-on", UNSURE),
    Case("restart", "restart", "ask-restart", "restarted", "option-yes-restart", "option-go-on", UNSURE),
    Case("complete", "report_completion", "ask-complete", "completed", "option-yes-complete", "option-not-yet", UNSURE),
]  # fmt: skip
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.do)


@pytest.fixture
def amina(services: Services) -> UUID:
    """Somebody on SMS with a registration, an alert, and a search in view."""
    with services.database.session() as session:
        person = people.find_or_create(session, "sms", AMINA).id
        consents.record_consent(session, person, "alerts", "1", True)
        alerts.subscribe(session, person, ["cloud"])
    registered(services, person)
    return person


@pytest.fixture
def talk(services: Services, amina: UUID) -> Talk:
    talk = Talk(services, amina, "sms")
    talk.slots |= {"criteria": SEARCH, "course": OTHER}
    return talk


def kept(talk: Talk) -> Any:
    """All that a confirmation could change."""
    with talk.services.database.session() as session:
        if session.get(Person, talk.person) is None:
            return None
        address = addresses.address_on(session, talk.person, "sms")
        return (
            [made.state for made in registrations.of_person(session, talk.person)],
            sorted(tuple(made.topics) for made in alerts.of_person(session, talk.person)),
            None if address is None else address.state,
            profiles.profile(session, talk.person),
            talk.slots.get("criteria"),
        )


def ask(talk: Talk, case: Case) -> Any:
    """The question stands; what is kept before its answer."""
    assert talk.hears(case.intent, **case.how) == [case.ask]
    assert talk.asked == case.question
    return kept(talk)


def is_over(talk: Talk, case: Case, before: Any) -> None:
    """It was left undone, and a yes that comes now does not do it either."""
    assert kept(talk) == before
    assert case.done not in talk.said
    assert talk.asked != case.question
    offered = talk.asked
    if offered is None:
        talk.hears("affirm", "oui", asked=None)
    assert kept(talk) == before
    assert case.done not in talk.said


def test_every_confirmation_is_tried() -> None:
    assert sorted(OFFERS) == sorted(case.do for case in CASES)


@each
def test_a_yes_is_done(talk: Talk, case: Case) -> None:
    before = ask(talk, case)
    assert talk.hears("affirm", answer="yes")[0] == case.done
    assert kept(talk) != before


@each
def test_its_own_choice_is_done(talk: Talk, case: Case) -> None:
    before = ask(talk, case)
    assert talk.picks(case.yes)[0] == case.done
    assert kept(talk) != before


@each
@pytest.mark.parametrize("other", [*CASES, "consent", "confirmed"], ids=lambda o: getattr(o, "do", o))
def test_a_yes_of_another_questions_choice_is_none(talk: Talk, case: Case, other: Any) -> None:
    question = getattr(other, "question", other)
    if question == case.question:
        return
    before = ask(talk, case)
    old = {"intent": "affirm", "entities": [{"entity": "question", "value": question}]}
    assert talk.taps(old) == ["yes-or-no", case.ask]
    assert kept(talk) == before


@each
def test_an_old_choice_without_a_question_is_none(talk: Talk, case: Case) -> None:
    """As they were offered by the version before this one."""
    before = ask(talk, case)
    assert talk.taps({"intent": "affirm", "entities": []}) == ["yes-or-no", case.ask]
    assert kept(talk) == before


@each
def test_its_own_choice_is_none_once_something_was_said_in_between(talk: Talk, case: Case) -> None:
    before = ask(talk, case)
    said = talk.hears(
        "affirm", "option:affirm", entities={"question": case.question}, picked=True, asked=None
    )
    assert said == ["yes-or-no", case.ask]
    assert kept(talk) == before


@each
@pytest.mark.parametrize("asked", ["consent", "confirmed", "interest", "offer_register", "offer_adviser"])
def test_a_yes_to_another_question_asked_last_is_none(talk: Talk, case: Case, asked: str) -> None:
    before = ask(talk, case)
    talk.hears("affirm", "oui", asked=asked, answer="yes")
    assert case.done not in talk.said
    assert kept(talk) == before


@each
@pytest.mark.parametrize(("text", "answer"), [("oui", None), ("نعم", "yes"), ("اييه", None), ("ah", "yes")])
def test_a_stale_yes_is_none_and_is_asked_about(
    talk: Talk, case: Case, text: str, answer: str | None
) -> None:
    before = ask(talk, case)
    assert talk.hears("affirm", text, asked=None, answer=answer, confidence=1.0) == ["yes-or-no", case.ask]
    assert kept(talk) == before
    assert talk.hears("affirm", text, answer="yes")[0] == case.done


@each
@pytest.mark.parametrize(("intent", "text"), READ_AS)
def test_neither_is_asked_again_once_and_then_left(talk: Talk, case: Case, text: str, intent: str) -> None:
    before = ask(talk, case)
    assert talk.hears(intent, text, answer="neither") == ["yes-or-no", case.ask]
    assert [option["title_key"] for option in talk.options] == [case.yes, case.no]
    assert kept(talk) == before
    assert talk.hears(intent, text, answer="neither") == [case.left]
    is_over(talk, case, before)


@each
def test_neither_and_then_a_yes_is_done(talk: Talk, case: Case) -> None:
    ask(talk, case)
    talk.hears("nlu_fallback", NONSENSE[0], answer="neither")
    assert talk.hears("affirm", "oui, vraiment", answer="yes")[0] == case.done


@each
@pytest.mark.parametrize("intent", ["delete_my_data", "cancel_registration", "stop_messages", "restart"])
def test_another_confirmation_on_a_guess_does_nothing(talk: Talk, case: Case, intent: str) -> None:
    """The engine may read anything into what is neither: none of it is done, and the first is not either."""
    before = ask(talk, case)
    talk.hears(intent, NONSENSE[1], answer="neither", confidence=0.5)
    assert kept(talk) == before
    assert not {each.done for each in CASES} & set(talk.said)


@each
def test_a_question_is_answered_and_the_confirmation_asked_again(talk: Talk, case: Case) -> None:
    before = ask(talk, case)
    said = talk.hears("ask_privacy", "qui lit ce que j'écris ?", answer="neither")
    assert said == ["privacy", case.ask]
    assert [option["title_key"] for option in talk.options] == [case.yes, case.no]
    assert kept(talk) == before
    assert talk.hears("help", "chno kat9ed dir ?", answer="neither") == ["help", case.ask]
    assert kept(talk) == before
    assert talk.hears("affirm", "iyeh", answer="yes")[0] == case.done


@each
@pytest.mark.parametrize("answer", ["neither", "no"])
@pytest.mark.parametrize(
    ("intent", "entities"),
    [("ask_duration", {}), ("find_agency", {"city": "fes"}), ("report_access_problem", {})],
)
def test_what_offers_something_of_its_own_takes_the_confirmations_place(
    talk: Talk, case: Case, intent: str, entities: dict[str, str], answer: str
) -> None:
    before = ask(talk, case)
    said = talk.hears(intent, "ch7al f lwe9t ?", entities=entities, answer=answer)
    assert said[-1] == case.ask or talk.asked != case.question
    assert (kept(talk), case.done in said) == (before, False)
    if talk.asked != case.question:
        talk.hears("affirm", "oui", answer=None)
        assert case.done not in talk.said
        assert kept(talk)[:-1] == before[:-1]


@each
def test_a_number_after_an_answered_question_is_the_confirmations(talk: Talk, case: Case) -> None:
    ask(talk, case)
    talk.hears("ask_privacy", "من يقرأ رسائلي؟", answer="neither")
    numbered = [option for told in talk.last for reply in told.replies for option in reply["options"]]
    assert [option["title_key"] for option in numbered] == [case.yes, case.no]


@each
@pytest.mark.parametrize(
    "text", ["autre chose en compta", "دورات المحاسبة", "بغيت لكونطابيليتي", "bghit l7isabat"]
)
def test_before_a_list_it_is_left_undone(talk: Talk, case: Case, text: str) -> None:
    before = ask(talk, case)
    said = talk.hears("find_course", text, entities={"topic": "accounting"}, answer="neither")
    assert (said[0], "courses-found" in said) == (case.left, True)
    assert kept(talk)[:-1] == before[:-1]
    assert talk.asked != case.question
    now = kept(talk)
    talk.hears("affirm", "oui", answer=None)
    assert kept(talk)[:-1] == now[:-1]
    assert case.done not in talk.said


@each
@pytest.mark.parametrize("text", ["non", "لا", "لا لا", "la"])
def test_a_no_leaves_it_undone(talk: Talk, case: Case, text: str) -> None:
    before = ask(talk, case)
    assert talk.hears("deny", text, answer="no") == [case.left]
    is_over(talk, case, before)


@each
def test_its_own_choice_of_no_leaves_it_undone(talk: Talk, case: Case) -> None:
    before = ask(talk, case)
    assert talk.picks(case.no) == [case.left]
    is_over(talk, case, before)


@each
@pytest.mark.parametrize(
    ("text", "intent", "entities", "key"),
    [
        ("non, plutôt un conseiller", "talk_to_adviser", {}, "adviser-requested"),
        ("لا، أريد دورة محاسبة", "find_course", {"topic": "accounting"}, "courses-found"),
        ("لا، فين وصل التسجيل ديالي", "registration_status", {}, "registrations"),
        ("la, chno tatkhebbiw 3liya", "ask_privacy", {}, "privacy"),
    ],
)
def test_a_no_with_a_wish_leaves_it_undone_and_does_the_wish(
    talk: Talk, case: Case, text: str, intent: str, entities: dict[str, str], key: str
) -> None:
    before = ask(talk, case)
    said = talk.hears(intent, text, entities=entities, answer="no")
    assert said[0] == case.left
    assert said[1].startswith(key)
    assert said.count(case.left) == 1
    assert case.ask not in said
    assert kept(talk)[:-1] == before[:-1]
    assert case.done not in said


@each
def test_what_is_sad_does_nothing(talk: Talk, case: Case) -> None:
    before = ask(talk, case)
    assert talk.hears("nlu_fallback", "rani 3eyyana bezzaf", answer="neither", concern=True) == ["concern"]
    assert kept(talk) == before
    assert talk.asked == "offer_adviser"
    assert talk.hears("affirm", "iyeh", asked="offer_adviser")[0] == "adviser-requested"
    assert kept(talk)[:-1] == before[:-1]


@each
def test_a_wish_that_comes_with_what_is_sad_is_answered_under_a_kind_word(talk: Talk, case: Case) -> None:
    before = ask(talk, case)
    said = talk.hears("talk_to_adviser", "توفي أبي وأريد مستشارا", answer="neither", concern=True)
    assert said[:2] == ["concern-word", "adviser-requested"]
    assert kept(talk) == before


# Stopping, starting again, completing: asked about below sureness.


def address(services: Services, person: UUID, channel: str) -> Address:
    with services.database.session() as session:
        return session.scalars(
            select(Address).where(Address.person_id == person, Address.channel == channel)
        ).one()


@pytest.mark.parametrize("channel", ["sms", "whatsapp", "telegram"])
@pytest.mark.parametrize("text", ["laissez mon numéro tranquille", "لا أريد رسائلكم", "متبقاوش تصيفطو ليا"])
def test_a_sure_stop_is_as_the_word_itself(services: Services, channel: str, text: str) -> None:
    with services.database.session() as session:
        person = people.find_or_create(session, channel, AMINA).id
        consents.record_consent(session, person, "alerts", "1", True)
        alerts.subscribe(session, person, ["cloud"])
    talk = Talk(services, person, channel)
    assert talk.hears("stop_messages", text, confidence=SURE) == ["opt-out-done"]
    assert talk.args("opt-out-done") == {"$last": True}
    stopped = address(services, person, channel)
    assert (stopped.state, stopped.state_reason) == ("opted_out", f"word:{channel}")
    with services.database.session() as session:
        assert alerts.of_person(session, person) == []


def test_an_unsure_stop_is_asked_about_and_then_as_sure(services: Services, amina: UUID) -> None:
    talk = Talk(services, amina, "sms")
    assert talk.hears("stop_messages", "j'en ai assez", **UNSURE) == ["ask-stop"]
    assert "$last" not in talk.args("ask-stop")
    assert address(services, amina, "sms").state == "active"
    with services.database.session() as session:
        assert len(alerts.of_person(session, amina)) == 1
    assert talk.hears("affirm", "oui", answer="yes") == ["opt-out-done"]
    assert talk.args("opt-out-done") == {"$last": True}
    assert address(services, amina, "sms").state_reason == "word:sms"
    with services.database.session() as session:
        assert alerts.of_person(session, amina) == []


@pytest.mark.parametrize("case", CASES[3:], ids=lambda case: case.do)
def test_what_is_said_again_so_that_it_is_sure_is_done_once(talk: Talk, case: Case) -> None:
    before = ask(talk, case)
    said = talk.hears(case.intent, "je vous l'ai dit clairement", answer="neither", confidence=0.95)
    assert said[0] == case.done
    assert not {case.ask, case.left} & set(said)
    assert talk.asked != case.question
    assert kept(talk) != before


def test_a_first_message_that_stops_gets_no_welcome(services: Services, amina: UUID) -> None:
    talk = Talk(services, amina, "sms", slots={})
    assert talk.hears("stop_messages", "ne m'écrivez plus", confidence=0.99) == ["opt-out-done"]


def test_a_stop_within_the_form_ends_it(services: Services, amina: UUID) -> None:
    talk = Talk(services, amina, "sms")
    talk.hears("register", entities={"course": OTHER})
    talk.hears("stop_messages", "stop à tout ça", confidence=0.99)
    assert (talk.said, talk.form) == (["opt-out-done"], None)


def test_erasing_is_not_even_offered_on_a_guess(talk: Talk) -> None:
    before = kept(talk)
    assert talk.hears("delete_my_data", "je veux tout laisser derrière moi", **UNSURE) == ["ask-if-erase"]
    assert talk.asked is None
    assert talk.hears("affirm", "oui") != ["erased"]
    assert kept(talk) == before


@pytest.mark.parametrize("confidence", [SURE, 1.0])
def test_erasing_is_asked_about_however_sure(talk: Talk, confidence: float) -> None:
    before = kept(talk)
    assert talk.hears("delete_my_data", "effacez mon dossier", confidence=confidence) == ["ask-erase"]
    assert kept(talk) == before


@pytest.mark.parametrize("has_registration", [True, False])
@pytest.mark.parametrize(
    "text", ["tout est terminé pour moi", "انتهى كل شيء", "سالينا كولشي", "salina kolchi"]
)
def test_nobody_is_congratulated_on_a_guess(
    services: Services, person: UUID, text: str, has_registration: bool
) -> None:
    if has_registration:
        registered(services, person)
    talk = Talk(services, person)
    (said,) = talk.hears("report_completion", text, **UNSURE)
    assert said == ("ask-complete" if has_registration else "ask-complete-elsewhere")
    with services.database.session() as session:
        assert {r.state for r in registrations.of_person(session, person)} <= {"requested"}
    assert talk.hears("deny", "non", answer="no") == ["not-completed"]
    with services.database.session() as session:
        assert {r.state for r in registrations.of_person(session, person)} <= {"requested"}


def test_a_sure_completion_is_noted(talk: Talk) -> None:
    assert talk.hears("report_completion", "j'ai eu mon attestation", confidence=SURE)[0] == "completed"


def test_a_completion_elsewhere_needs_a_yes_too(services: Services, person: UUID) -> None:
    talk = Talk(services, person)
    talk.hears("report_completion", "صافي كملت", **UNSURE)
    assert talk.hears("affirm", "ah", answer="yes")[0] == "congratulations"


# The registration form: consent, and the summary.


@pytest.fixture
def form(services: Services, person: UUID) -> Talk:
    talk = Talk(services, person)
    talk.hears("register", entities={"course": COURSE})
    assert (talk.said, talk.asked) == (["ask-consent"], "consent")
    return talk


@pytest.fixture
def summary(form: Talk) -> Talk:
    form.hears("affirm", "oui", answer="yes")
    form.slots |= {name: value for name, value in ANSWERED.items() if name != "person_education"}
    form.slots["requested_slot"] = "person_education"
    form.hears("inform", "licence", entities={"education": ANSWERED["person_education"]})
    assert (form.said, form.asked) == (["ask-confirmation"], "confirmed")
    return form


def nothing_is_kept(talk: Talk) -> bool:
    with talk.services.database.session() as session:
        answers = session.scalars(select(Consent).where(Consent.person_id == talk.person)).all()
        return (
            not answers
            and profiles.profile(session, talk.person) == profiles.Profile()
            and registrations.of_person(session, talk.person) == []
        )


@pytest.mark.parametrize("text", ["j'accepte", "أوافق", "كنوافق", "kanwafe9"])
def test_consent_in_words(form: Talk, text: str) -> None:
    assert form.hears("affirm", text, answer="yes") == ["ask-name"]
    assert form.slots["consent"] is True


def test_consent_by_its_choice(form: Talk) -> None:
    assert form.picks("option-agree") == ["ask-name"]


@pytest.mark.parametrize("question", ["offer_erase", "offer_cancel", "offer_alert", "confirmed", None])
def test_another_questions_yes_is_no_consent(form: Talk, question: str | None) -> None:
    old = {"intent": "affirm", "entities": [{"entity": "question", "value": question}] if question else []}
    form.taps(old)
    assert form.slots.get("consent") is None
    assert (form.said[-1], form.asked) == ("ask-consent", "consent")
    assert nothing_is_kept(form)


@pytest.mark.parametrize("question", ["offer_erase", "offer_cancel", "offer_stop", "confirmed", None])
def test_another_questions_no_takes_no_consent_back(form: Talk, question: str | None) -> None:
    """A no makes forgotten what was told before: it has to be a no to this question."""
    old = {"intent": "deny", "entities": [{"entity": "question", "value": question}] if question else []}
    form.taps(old)
    assert form.slots.get("consent") is None
    assert nothing_is_kept(form)


@pytest.mark.parametrize("asked", [None, "offer_alert", "confirmed", "person_name"])
def test_a_yes_to_something_else_is_no_consent(form: Talk, asked: str | None) -> None:
    form.hears("affirm", "oui", asked=asked, answer="yes" if asked else None)
    assert form.slots.get("consent") is None
    assert form.said[-1] == "ask-consent"
    assert nothing_is_kept(form)


@pytest.mark.parametrize(("intent", "text"), [*READ_AS, ("register", UNDECIDED[0])])
def test_neither_is_no_consent_and_is_asked_again_once(form: Talk, text: str, intent: str) -> None:
    assert form.hears(intent, text, answer="neither") == ["yes-or-no", "ask-consent"]
    assert form.slots.get("consent") is None
    assert form.hears(intent, text, answer="neither") == ["registration-left"]
    assert (form.form, form.slots.get("consent")) == (None, None)
    form.hears("affirm", "oui")
    assert nothing_is_kept(form)


@pytest.mark.parametrize("text", ["c'est long ?", "كم تدوم؟", "شحال فيها ديال الوقت؟", "ch7al katdoum?"])
def test_a_question_at_consent_is_answered_and_consent_asked_again(form: Talk, text: str) -> None:
    said = form.hears("ask_duration", text, answer="neither")
    assert (len(said), said[-1]) == (2, "ask-consent")
    assert form.slots.get("consent") is None
    assert nothing_is_kept(form)
    assert form.hears("affirm", "oui", answer="yes") == ["ask-name"]


def test_a_no_to_consent_is_kept_as_a_no(form: Talk) -> None:
    assert form.hears("deny", "non", answer="no") == ["registration-without-consent"]
    with form.services.database.session() as session:
        given = session.scalars(select(Consent.given).where(Consent.person_id == form.person)).all()
        assert given == [False]
        assert registrations.of_person(session, form.person) == []


def test_a_no_to_consent_with_a_wish_does_the_wish(form: Talk) -> None:
    said = form.hears("find_course", "لا بغيت لكونطابيليتي", entities={"topic": "accounting"}, answer="no")
    assert said == ["registration-without-consent", "courses-found"]
    assert form.form is None


@pytest.mark.parametrize("intent", ["register", "find_course", "nlu_fallback", "inform", "affirm"])
def test_what_is_sad_at_consent_is_no_answer(form: Talk, intent: str) -> None:
    entities = {"city": "fes"} if intent == "inform" else {}
    form.hears(intent, "mat lwalid dyali lbare7", answer="neither", concern=True, entities=entities)
    assert form.said[0] in ("concern", "concern-word")
    assert form.slots.get("consent") is None
    assert nothing_is_kept(form)


def test_the_summary_is_confirmed_in_words_or_by_its_choice(summary: Talk) -> None:
    assert summary.picks("option-confirm") == ["registered"]


@pytest.mark.parametrize("text", ["c'est exact", "صحيح", "هادشي هو هداك", "hadchi s7i7"])
def test_the_summary_is_confirmed_in_words(summary: Talk, text: str) -> None:
    assert summary.hears("affirm", text, answer="yes") == ["registered"]


@pytest.mark.parametrize("question", ["consent", "offer_erase", "offer_stop", None])
@pytest.mark.parametrize("intent", ["affirm", "deny"])
def test_another_questions_choice_does_not_register(summary: Talk, question: str | None, intent: str) -> None:
    old = {"intent": intent, "entities": [{"entity": "question", "value": question}] if question else []}
    summary.taps(old)
    assert "registered" not in summary.said
    assert nothing_is_kept(summary)


@pytest.mark.parametrize("asked", [None, "consent", "offer_erase"])
def test_a_yes_to_something_else_does_not_register(summary: Talk, asked: str | None) -> None:
    summary.hears("affirm", "oui", asked=asked, answer="yes" if asked else None)
    assert summary.said[-1] == "ask-confirmation"
    assert nothing_is_kept(summary)


@pytest.mark.parametrize(("intent", "text"), READ_AS)
def test_neither_does_not_register_and_is_asked_again_once(summary: Talk, text: str, intent: str) -> None:
    assert summary.hears(intent, text, answer="neither") == ["yes-or-no", "ask-confirmation"]
    assert nothing_is_kept(summary)
    assert summary.hears(intent, text, answer="neither") == ["registration-left"]
    assert summary.form is None
    summary.hears("affirm", "oui")
    assert nothing_is_kept(summary)


def test_a_question_at_the_summary_is_answered_and_the_summary_shown_again(summary: Talk) -> None:
    said = summary.hears("ask_duration", "w ch7al f lwe9t?", answer="neither")
    assert (len(said), said[-1]) == (2, "ask-confirmation")
    assert nothing_is_kept(summary)


def test_a_no_at_the_summary_asks_what_to_correct(summary: Talk) -> None:
    assert summary.hears("deny", "لا", answer="no") == ["ask-what-to-correct"]
    assert nothing_is_kept(summary)


@pytest.mark.parametrize("intent", ["register", "find_course", "nlu_fallback", "affirm", "inform"])
def test_what_is_sad_at_the_summary_registers_nobody(summary: Talk, intent: str) -> None:
    entities = {"topic": "accounting"} if intent == "find_course" else {}
    summary.hears(intent, "j'ai perdu ma mère hier", answer="neither", concern=True, entities=entities)
    assert summary.said[0] in ("concern", "concern-word")
    assert "registered" not in summary.said
    assert nothing_is_kept(summary)


def test_who_is_met_kindly_may_have_a_person(services: Services, person: UUID) -> None:
    talk = Talk(services, person)
    assert talk.hears("nlu_fallback", "كنحس براسي بوحدي", concern=True) == ["concern"]
    assert talk.picks("option-adviser") == ["adviser-requested"]
    with services.database.session() as session:
        (request,) = adviser_requests.of_person(session, person)
        assert request.reason == "concern"
