"""What stands around a phrase decides whether it is marked, and as what."""

import pytest

from bot.nlu.entities.extractor import Extractor

NEGATION = [
    ("machi online", "inform", "mode=in_person"),
    ("pas en ligne", "inform", "mode=in_person"),
    ("ماشي أونلاين", "inform", "mode=in_person"),
    ("بلا شهادة", "inform", "certificate=no"),
    ("sans diplôme", "inform", "certificate=no"),
    ("bla certificat", "inform", "certificate=no"),
    ("machi casa", "inform", ""),
    ("pas marketing", "deny", ""),
    ("machi online, casa", "inform", "mode=in_person city=casablanca"),
]
LANGUAGES = [
    ("b l3arbia", "ask_course_language", "language=ar"),
    ("formation google en français", "find_course", "provider=google language=fr"),
    ("دورة تحليل البيانات بالعربية", "find_course", "topic=data_analysis language=ar"),
    ("nt3llem l'anglais", "find_course", "topic=english"),
    ("cours de français", "find_course", "topic=french"),
    ("parle moi en français", "change_language", "language=fr"),
    ("هضر معايا بالدارجة", "change_language", "language=ary"),
]
ASKED_ABOUT = [
    ("c'est gratuit ?", "ask_cost", ""),
    ("واش أونلاين", "ask_mode", ""),
    ("wach kayna chahada", "ask_certificate", ""),
    ("faut le bac ?", "ask_prerequisites", ""),
    ("واش خاص الباك", "ask_prerequisites", ""),
    ("j'ai juste le brevet, on me prend ?", "ask_prerequisites", "education=middle_school"),
    ("3ndi bac+2, kafi?", "ask_prerequisites", "education=bac_plus_2"),
]
TIME_OF_WHAT = [
    ("chomeur depuis 2 ans", "job_loss", "employment_status=unemployed"),
    ("j'ai 24 ans", "inform", ""),
    ("عندي 38 عام", "ask_prerequisites", ""),
    ("كم شهر", "ask_duration", ""),
    ("c'est 6 mois ou plus ?", "ask_duration", "duration=P6M"),
]
SAFI = [
    ("safi salit", "report_completion", ""),
    ("ana f safi", "inform", "city=safi"),
    ("صافي شكرا", "thank", ""),
    ("أنا من آسفي", "inform", "city=safi"),
]


@pytest.mark.parametrize(
    ("text", "intent", "expected"), NEGATION + LANGUAGES + ASKED_ABOUT + TIME_OF_WHAT + SAFI
)
def test_context(extractor: Extractor, text: str, intent: str, expected: str) -> None:
    found = {f"{one.entity}={one.value}" for one in extractor.extract(text, intent)}
    assert found == set(expected.split())
