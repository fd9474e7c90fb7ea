"""What is settled before the engine is asked, in this order."""

from __future__ import annotations

from pathlib import Path

from bot.nlu.folding import plain
from channels.contract.steps import Step
from channels.queue.deferrer import Deferrer
from channels.steps.busy import WhenBusy
from channels.steps.danger import AdvisersAway, Danger
from channels.steps.deferred_replies import DeferredReplies
from channels.steps.guards import Looping, TooOld
from channels.steps.limits import Repeated, TooFast
from channels.steps.linking import Linking, LinkWords
from channels.steps.media import MediaAnswers
from channels.steps.opt_out import OptOut
from channels.steps.switched_off import switched_off
from channels.steps.with_adviser import with_adviser
from store.catalogue.helplines import read_helplines
from takwin.settings import ROOT, Settings
from takwin.words import word_list

WORDS = ROOT / "data" / "words"


def steps(settings: Settings) -> tuple[Step, ...]:
    """The steps of a turn. "Stop" comes before all but danger; an adviser's conversation before anything that would
    answer.
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
        DeferredReplies(Deferrer()),
        with_adviser,
        *(() if settings.assistant else (switched_off,)),
        TooOld(),
        WhenBusy((TooFast(), Repeated(), Looping()), unlimited=unlimited),
        Linking(link_words, plain),
        MediaAnswers(ROOT / "data" / "places" / "cities.csv"),
    )


def danger(advisers_away: AdvisersAway = lambda _: None) -> Danger:
    """What answers danger, before any step: the lists, and the numbers to call."""
    lists = {path.stem: messages(path) for path in sorted((WORDS / "danger").glob("*.txt"))}
    helplines = read_helplines(ROOT / "data" / "places" / "helplines.csv")
    return Danger(lists, helplines, advisers_away)


def messages(path: Path) -> frozenset[str]:
    """The lines of a list as whole messages, in the form in which they are compared."""
    return frozenset(plain(line) for line in word_list(path))
