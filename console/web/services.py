"""What the console works with, handed in by takwin/."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from console.web.reviewing import Reviewing
from store.advisers.hours import Hours
from store.advisers.sign_ins import Lasting, Throttle
from store.conversations.outbound import OutboundRecord
from store.core.clock import utc_now
from store.core.database import Database
from store.core.folding import Fold
from store.inbox.filters import QueryWords
from store.inbox.search_index import IndexWords
from store.lifecycle.retention import Periods
from store.outreach.notifier import Notifier


@dataclass(frozen=True)
class PasswordCost:
    """What argon2id spends on one password: passes, KiB of memory, threads. The default is RFC 9106's second choice."""

    passes: int = 3
    memory: int = 64 * 1024
    threads: int = 4


@dataclass(frozen=True)
class SegmentCount:
    """How a text travels by SMS: its encoding, its length in units of it, and the messages paid for."""

    encoding: str
    units: int
    count: int


@dataclass(frozen=True)
class ChannelFacts:
    """What a channel can carry: characters of one message, and whether segments count."""

    max_text: int
    counts_segments: bool = False


@dataclass(frozen=True)
class TemplateText:
    """A form that may be sent outside the window: its name, its words by variety, the names of its places."""

    key: str
    texts: Mapping[str, str]
    placeholders: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConsoleServices:
    """What the console may use of the world.

    notifier: tells people what answers nothing they wrote, and carries what advisers write
    write: words of an adviser as a channel carries them (SMS: folded to GSM-7 where they can be, segments counted)
    segments: how many SMS a text takes, as `write` would send it
    index_words, query_words: the folded forms of each word of a text, to be found by, and to look for
    slots_of: what the engine holds of a person's dialogue now
    forget: erases what the engine holds of a person, now where it can be
    keep: how long each kind of data is kept
    fold: the common skeleton of a text in any script, by which courses are found
    stopping: whether the server is being stopped: streams that never end would hold it up
    sms_cost: what so many SMS segments cost, in dirhams; sms_budget: how many one conversation should take (0: any)
    try_url: where the assistant can be tried like a person would (the web phone); empty where it is not served
    data: the folder of the console's words (`fr/`, `ar/`); terms: replies, for the names of values
    """

    database: Database
    secret: str
    data: Path
    terms: Path
    notifier: Notifier
    write: Callable[[str, str], OutboundRecord]
    segments: Callable[[str], SegmentCount]
    index_words: IndexWords
    query_words: QueryWords
    slots_of: Callable[[UUID], Mapping[str, Any]]
    forget: Callable[[UUID], object]
    keep: Periods
    fold: Fold
    channels: Mapping[str, ChannelFacts]
    hours: Hours
    templates: Sequence[TemplateText] = ()
    now: Callable[[], datetime] = utc_now
    public_url: str = ""
    try_url: str = ""
    password_cost: PasswordCost = field(default_factory=PasswordCost)
    lasting: Lasting = field(default_factory=Lasting)
    throttle: Throttle = field(default_factory=Throttle)
    give_back_after: timedelta = timedelta(hours=4)
    heartbeat: float = 15.0
    reviewing: Reviewing = field(default_factory=Reviewing)
    sms_cost: Callable[[int], Decimal] = lambda _: Decimal(0)
    sms_budget: int = 0
    stopping: Callable[[], bool] = lambda: False

    @property
    def secure(self) -> bool:
        """Whether advisers come by https, so that cookies may demand it."""
        return self.public_url.startswith("https://")
