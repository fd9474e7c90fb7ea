"""How each entity is written, in each variety: one line, its intent, and the values found in it."""

import pytest

from bot.nlu.entities.extractor import Extractor

# (message, intent, "entity=value ..."); nothing but these is found.
TOPICS_AND_JOBS = [
    ("je cherche un cours d'infographie", "find_course", "topic=graphic_design"),
    ("une formation en gestion des projets", "find_course", "topic=project_management"),
    ("formation cybersecurite", "find_course", "topic=cybersecurity"),
    ("je veux devenir développeuse web", "recommend_course", "occupation=web_developer"),
    ("analyste de données", "inform", "occupation=data_analyst"),
    ("أريد دورة في التسويق الرقمي", "find_course", "topic=digital_marketing"),
    ("دورة في قواعد البيانات", "find_course", "topic=databases"),
    ("أبحث عن عمل كسائق شاحنة", "ask_jobs", "occupation=driver"),
    ("بغيت نتعلم الانفورماتيك", "find_course", "topic=digital_basics"),
    ("كنقلب على كور ديال الفوتوشوب", "find_course", "topic=graphic_design"),
    ("باغي نولي شيفور", "recommend_course", "occupation=driver"),
    ("bghit n9ra l'infographie", "find_course", "topic=graphic_design"),
    ("bghit nkhdem f call center", "inform", "occupation=call_center_agent"),
    ("kayn chi cours dyal lmo7asaba", "find_course", "topic=accounting"),
    ("nt3llem python", "find_course", "topic=programming"),
]
PLACES_AND_PROVIDERS = [
    ("casa", "inform", "city=casablanca"),
    ("j'habite à Fès", "inform", "city=fes"),
    ("agence de Beni Mellal", "find_agency", "city=beni_mellal"),
    ("أسكن في الدار البيضاء", "inform", "city=casablanca"),
    ("أنا من العيون", "inform", "city=laayoune"),
    ("ساكن فكازا", "inform", "city=casablanca"),
    ("لانابيك ديال طنجة", "find_agency", "provider=anapec city=tanger"),
    ("ana mn kech", "inform", "city=marrakech"),
    ("f tanja wla titwan", "inform", "city=tanger city=tetouan"),
    ("sakn f dar lbida", "inform", "city=casablanca"),
    ("les cours Google", "find_course", "provider=google"),
    ("دورات كورسيرا", "find_course", "provider=coursera"),
    ("الجامعة الرقمية المغربية", "ask_provider", "provider=mun"),
    ("lofppt", "ask_provider", "provider=ofppt"),
    ("academia raqmiya", "ask_provider", "provider=add"),
]
CONSTRAINTS = [
    ("niveau débutant", "inform", "level=beginner"),
    ("من الصفر", "inform", "level=beginner"),
    ("نيفو متوسط", "inform", "level=intermediate"),
    ("mn zero", "inform", "level=beginner"),
    ("متقدم", "inform", "level=advanced"),
    ("en ligne", "inform", "mode=online"),
    ("حضوري", "inform", "mode=in_person"),
    ("عن بعد", "inform", "mode=online"),
    ("f dar", "inform", "mode=online"),
    ("hybride", "inform", "mode=hybrid"),
    ("gratuit", "inform", "cost=free"),
    ("مجانا", "inform", "cost=free"),
    ("فابور", "inform", "cost=free"),
    ("bla flous", "inform", "cost=free"),
    ("payant", "inform", "cost=paid"),
    ("avec attestation", "inform", "certificate=yes"),
    ("بشهادة", "inform", "certificate=yes"),
    ("b diplome", "inform", "certificate=yes"),
]
PEOPLE = [
    ("bac+2", "inform", "education=bac_plus_2"),
    ("niveau bac", "inform", "education=high_school"),
    ("licence fac", "inform", "education=bachelor"),
    ("DTS", "inform", "education=bac_plus_2"),
    ("عندي الباك", "inform", "education=baccalaureate"),
    ("لدي شهادة الماستر", "inform", "education=master"),
    ("الثالثة إعدادي", "inform", "education=middle_school"),
    ("9rit 7ta l 6eme", "inform", "education=primary"),
    ("3ndi lbac", "inform", "education=baccalaureate"),
    ("ma 9aritch", "inform", "education=none"),
    ("je suis au chômage", "inform", "employment_status=unemployed"),
    ("أنا عاطل عن العمل", "inform", "employment_status=unemployed"),
    ("بلا خدمة", "inform", "employment_status=unemployed"),
    ("jraw 3lia", "job_loss", "employment_status=lost_job"),
    ("ana talba", "inform", "employment_status=student"),
    ("j'ai perdu mon travail", "job_loss", "employment_status=lost_job"),
    ("porteuse de projet", "inform", "employment_status=project_leader"),
]
TIMES_AND_PLACES_IN_THE_LIST = [
    ("20h", "inform", "duration=PT20H"),
    ("6 mois", "inform", "duration=P6M"),
    ("trois semaines", "inform", "duration=P3W"),
    ("شهرين", "inform", "duration=P2M"),
    ("ستة أشهر", "inform", "duration=P6M"),
    ("عامين", "inform", "duration=P2Y"),
    ("جوج د السيمانات", "inform", "duration=P2W"),
    ("tlata d chhour", "inform", "duration=P3M"),
    ("20 sa3a", "inform", "duration=PT20H"),
    ("une formation courte", "find_course", "duration=short"),
    ("2", "inform", "ordinal=2"),
    ("٣", "inform", "ordinal=3"),
    ("le 2", "inform", "ordinal=2"),
    ("la dernière", "course_details", "ordinal=-1"),
    ("tania", "inform", "ordinal=2"),
    ("الثانية", "inform", "ordinal=2"),
    ("raqm 3", "inform", "ordinal=3"),
    ("nemra 1", "inform", "ordinal=1"),
    ("lowla", "inform", "ordinal=1"),
    ("اللخرة", "course_details", "ordinal=-1"),
]


@pytest.mark.parametrize(
    ("text", "intent", "expected"),
    TOPICS_AND_JOBS + PLACES_AND_PROVIDERS + CONSTRAINTS + PEOPLE + TIMES_AND_PLACES_IN_THE_LIST,
)
def test_values(extractor: Extractor, text: str, intent: str, expected: str) -> None:
    found = {f"{one.entity}={one.value}" for one in extractor.extract(text, intent)}
    assert found == set(expected.split())
