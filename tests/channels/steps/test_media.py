"""What is answered to a voice note, a picture, a sticker, and a pin on a map."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.contract.cities import City, kilometres, load_cities, nearest
from channels.contract.messages import Media, MediaKind
from channels.contract.steps import Meant
from channels.steps.media import (
    KEYS,
    NEAR_KM,
    REACTION,
    REPEATED_MEDIA,
    UNSUPPORTED,
    MediaAnswers,
    media_reply,
)
from channels.wording.segments import count_segments
from store.conversations.replies import Reply
from store.core.clock import utc_now
from store.core.vocabulary import CITIES as CITY_VALUES
from store.core.vocabulary import VARIETIES
from tests.channels.conftest import World
from tests.channels.stepping import Stepping, renderer

ROOT = Path(__file__).resolve().parents[3]
FILE = ROOT / "data" / "places" / "cities.csv"
CITIES = load_cities(FILE)

ALL_KEYS = sorted({*KEYS.values(), UNSUPPORTED})


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (MediaKind.VOICE, "media-voice"),
        (MediaKind.AUDIO, "media-voice"),
        (MediaKind.IMAGE, "media-image"),
        (MediaKind.VIDEO, "media-video"),
        (MediaKind.DOCUMENT, "media-document"),
        (MediaKind.STICKER, "media-sticker"),
        (MediaKind.CONTACT, "media-contact"),
        (MediaKind.UNSUPPORTED, "media-unsupported"),
    ],
)
def test_each_kind_says_what_to_do_instead(kind: MediaKind, key: str) -> None:
    assert media_reply(Media(kind, reference="x").stored(), CITIES) == Reply(key)


def test_every_kind_has_an_answer() -> None:
    for kind in MediaKind:
        answer = media_reply(Media(kind, latitude=33.5, longitude=-7.6).stored(), CITIES)
        assert (answer is None) == (kind is MediaKind.REACTION)


def test_a_kind_from_another_version_has_one_too() -> None:
    for media in ({}, {"kind": "hologram"}, {"kind": None}, {"kind": "location"}):
        assert media_reply(media, CITIES) == Reply(UNSUPPORTED)


@pytest.mark.parametrize("emoji", ["👍", "👍🏽", "❤️", None])
def test_a_thumb_is_no_yes(emoji: str | None) -> None:
    assert media_reply(Media(MediaKind.REACTION, emoji=emoji).stored(), CITIES) is None
    sticker = media_reply(Media(MediaKind.STICKER, emoji=emoji).stored(), CITIES)
    assert sticker == Reply("media-sticker")


@pytest.mark.parametrize(
    ("where", "latitude", "longitude", "city"),
    [
        ("Casablanca, Hay Hassani", 33.5518, -7.6736, "casablanca"),
        ("Rabat, Agdal", 33.9945, -6.8498, "rabat"),
        ("Salé, Tabriquet", 34.0600, -6.8000, "sale"),
        ("Témara, the beach", 33.9300, -6.9500, "temara"),
        ("Inezgane", 30.3553, -9.5364, "agadir"),
        ("Martil", 35.6166, -5.2752, "tetouan"),
        ("Azrou", 33.4344, -5.2213, "ifrane"),
        ("Fès, Saïss", 33.9273, -4.9780, "fes"),
        ("Tiflet", 33.8942, -6.3064, "khemisset"),
        ("Berkane", 34.9200, -2.3200, "oujda"),
        ("Smara", 26.7384, -11.6719, None),
        ("Tinghir", 31.5147, -5.5328, None),
        ("Figuig", 32.1089, -1.2269, None),
        ("Paris", 48.8566, 2.3522, None),
        ("the zero island", 0.0, 0.0, None),
        ("the other side", -33.5, 172.4, None),
    ],
)
def test_a_pin_says_the_nearest_city(where: str, latitude: float, longitude: float, city: str | None) -> None:
    answer = media_reply(Media(MediaKind.LOCATION, latitude=latitude, longitude=longitude).stored(), CITIES)
    if city is None:
        assert answer == Reply("media-location-far"), where
    else:
        assert answer == Meant("inform", ({"entity": "city", "value": city},)), where


def test_every_city_is_on_the_map_once() -> None:
    assert sorted(city.value for city in CITIES) == sorted(CITY_VALUES)


@pytest.mark.parametrize("city", CITIES, ids=lambda city: city.value)
def test_a_city_is_in_the_country_and_itself(city: City) -> None:
    assert 20.5 < city.latitude < 36
    assert -17.5 < city.longitude < -0.9
    assert nearest(CITIES, city.latitude, city.longitude, NEAR_KM) == city


@pytest.mark.parametrize(
    ("one", "other", "by_air"),
    [
        ("casablanca", "rabat", 86),
        ("rabat", "sale", 5),
        ("tanger", "tetouan", 47),
        ("fes", "meknes", 53),
        ("agadir", "dakhla", 969),
        ("tanger", "oujda", 376),
        ("marrakech", "ouarzazate", 130),
        ("laayoune", "guelmim", 371),
        ("taza", "fes", 93),
        ("safi", "essaouira", 101),
    ],
)
def test_distances_between_cities(one: str, other: str, by_air: float) -> None:
    places = {city.value: city for city in CITIES}
    a, b = places[one], places[other]
    measured = kilometres(a.latitude, a.longitude, b.latitude, b.longitude)
    assert measured == pytest.approx(by_air, rel=0.03, abs=2)


POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(POINTS, POINTS)
def test_a_distance_is_the_same_both_ways_and_at_most_half_round_the_earth(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    assert kilometres(*a, *b) == pytest.approx(kilometres(*b, *a), abs=1e-3)
    assert 0 <= kilometres(*a, *b) <= 20_016


def test_without_cities_every_pin_is_far() -> None:
    assert nearest((), 33.5, -7.6) is None


@pytest.mark.parametrize("variety", VARIETIES)
@pytest.mark.parametrize("key", ALL_KEYS)
def test_the_words(key: str, variety: str) -> None:
    said = {form: renderer().render(Reply(key), variety, form).text for form in ("full", "sms")}
    assert count_segments(said["sms"]).count == 1, f"{key} in {variety} takes more than one SMS"
    if variety in ("fr", "ary-Latn"):
        assert count_segments(said["sms"]).encoding == "GSM-7"
    assert len(said["full"]) < 200


@pytest.fixture
def phone(world: World) -> Stepping:
    return Stepping.out_of(world, MediaAnswers(FILE))


def said_to(phone: Stepping) -> list[str | None]:
    return [message.reply for message in phone.replies("+212600000001", "whatsapp")]


def test_a_voice_note_is_answered_and_flagged(phone: Stepping) -> None:
    message = phone.say(media=Media(MediaKind.VOICE, reference="v1"), channel="whatsapp")
    assert said_to(phone) == ["media-voice"]
    assert (message.state, message.flagged) == ("done", True)
    assert phone.engine.asked == []


def test_a_caption_is_for_the_engine(phone: Stepping) -> None:
    phone.say("formation f casa", media=Media(MediaKind.IMAGE, reference="i1"), channel="whatsapp")
    assert [question["text"] for question in phone.engine.asked] == ["formation f casa"]


def test_a_pin_is_told_the_engine_as_a_choice(phone: Stepping) -> None:
    pin = Media(MediaKind.LOCATION, latitude=34.02, longitude=-6.84)
    phone.say(media=pin, channel="whatsapp")
    (question,) = phone.engine.asked
    assert question["option"] == {"intent": "inform", "entities": [{"entity": "city", "value": "rabat"}]}


def test_a_reaction_is_kept_in_silence(phone: Stepping) -> None:
    message = phone.say(media=Media(MediaKind.REACTION, emoji="👍"), channel="whatsapp")
    assert (message.state, message.failure) == ("quiet", REACTION)
    assert said_to(phone) == []


def test_an_album_is_answered_once_and_a_later_picture_again(world: World) -> None:
    later = [timedelta(0)]
    phone = Stepping.out_of(world, MediaAnswers(FILE, lambda: utc_now() + later[0]))
    kept = [phone.say(media=Media(MediaKind.IMAGE, reference=f"i{n}"), channel="whatsapp") for n in range(4)]
    assert said_to(phone) == ["media-image"]
    assert [message.failure for message in kept] == [None, *[REPEATED_MEDIA] * 3]
    assert all(message.flagged for message in kept)
    later[0] = timedelta(minutes=1)
    phone.say(media=Media(MediaKind.IMAGE, reference="later"), channel="whatsapp")
    assert said_to(phone) == ["media-image"] * 2
