"""What is settled before the engine is asked, in this order."""

from __future__ import annotations

from pathlib import Path

from bot.nlu.folding import plain
from channels.busy import WhenBusy
from channels.guards import Looping, TooOld
from channels.held import HeldAnswers
from channels.limits import Repeated, TooFast
from channels.linking import Linking, LinkWords
from channels.media import MediaAnswers
from channels.opt_out import OptOut
from channels.queue import Deferrer
from channels.steps import Step
from channels.switched_off import switched_off
from channels.urgent import Urgent
from channels.with_adviser import with_adviser
from takwin.settings import ROOT, Settings
from takwin.words import word_list

WORDS = ROOT / "data" / "words"


def steps(settings: Settings) -> tuple[Step, ...]:
    """The steps of a turn. "Stop" comes before all; danger and an adviser's conversation before anything that
    would answer.
    """
    # On loopback the web phone is a machine of one's own.
    unlimited = ("web",) if settings.on_loopback else ()
    link_words = LinkWords(
        ask=messages(WORDS / "link.txt"),
        yes=messages(WORDS / "link-yes.txt"),
        no=messages(WORDS / "link-no.txt"),
    )
    return (
        OptOut(stop=messages(WORDS / "opt-out.txt"), start=messages(WORDS / "opt-in.txt")),
        HeldAnswers(Deferrer()),
        Urgent(messages(WORDS / "urgent.txt")),
        with_adviser,
        *(() if settings.assistant else (switched_off,)),
        TooOld(),
        WhenBusy((TooFast(), Repeated(), Looping()), unlimited=unlimited),
        Linking(link_words, plain),
        MediaAnswers(ROOT / "data" / "places" / "cities.csv"),
    )


def messages(path: Path) -> frozenset[str]:
    """The lines of a list as whole messages, in the form in which they are compared."""
    return frozenset(plain(line) for line in word_list(path))
