"""The answer to what is no text: a kind word that says what to do instead. A pin on a map says a city.

A thumb is no "yes", neither as a sticker nor as a reaction: the question may be a consent, and stickers carry emoji
that whoever drew them chose. Who sends a sticker is asked for words; a reaction, which can be put under any old
message, gets no answer.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from channels.contract.cities import City, load_cities, nearest
from channels.contract.messages import MediaKind
from channels.contract.steps import Incoming, Meant, Settled
from store.conversations import rates
from store.conversations.replies import Reply
from store.core.clock import utc_now

REACTION = "reaction"
REPEATED_MEDIA = "media-again"

NEAR_KM = 60.0
"""A pin further than this from every city is in none of them: two neighbouring cities are rarely further apart."""

ALBUM_WITHIN = timedelta(seconds=10)

KEYS: Mapping[str, str] = {
    MediaKind.VOICE: "media-voice",
    MediaKind.AUDIO: "media-voice",
    MediaKind.IMAGE: "media-image",
    MediaKind.VIDEO: "media-video",
    MediaKind.DOCUMENT: "media-document",
    MediaKind.STICKER: "media-sticker",
    MediaKind.CONTACT: "media-contact",
    MediaKind.LOCATION: "media-location-far",
}
UNSUPPORTED = "media-unsupported"


def media_reply(media: Mapping[str, Any], cities: Sequence[City]) -> Reply | Meant | None:
    """What is answered to media as it is stored (`Media.stored`): a reply, what it says to the engine, or nothing."""
    kind = media.get("kind")
    if kind == MediaKind.REACTION:
        return None
    if kind == MediaKind.LOCATION:
        latitude, longitude = media.get("latitude"), media.get("longitude")
        if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
            return Reply(UNSUPPORTED)
        city = nearest(cities, latitude, longitude, NEAR_KM)
        if city is not None:
            return Meant("inform", ({"entity": "city", "value": city.value},))
    return Reply(KEYS.get(str(kind), UNSUPPORTED))


class MediaAnswers:
    """The step that answers media without words; with words (a caption), those are for the engine.

    The pictures of an album come as so many messages: the first is answered.
    """

    def __init__(self, cities: Path, now: Callable[[], datetime] = utc_now) -> None:
        """`cities` is `data/places/cities.csv`. Raises OSError, ValueError, KeyError."""
        self._cities = load_cities(cities)
        self._now = now

    def __call__(self, session: Session, incoming: Incoming) -> Settled | Meant | None:
        if incoming.media is None or incoming.text:
            return None
        answer = media_reply(incoming.media, self._cities)
        if answer is None:
            return Settled(quiet=REACTION)
        if isinstance(answer, Meant):
            return answer
        since = self._now() - ALBUM_WITHIN
        if rates.was_replied(session, incoming.conversation_id, answer.key, since):
            return Settled(quiet=REPEATED_MEDIA, flag=True)
        return Settled((answer,), flag=True)
