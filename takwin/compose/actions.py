"""What the actions work with: the store, the catalogue's first filling, and the word lists of `data/`."""

from functools import cache, partial
from pathlib import Path

from actions.base import Services
from actions.reading.remarks import Remarks
from bot.nlu.folding import fold
from store.advisers.hours import out_of_hours
from store.catalogue.helplines import read_helplines
from store.catalogue.importing import apply, is_empty, read_csv_catalogue, refold
from store.core.database import Database
from takwin.adviser_hours import adviser_hours
from takwin.settings import ROOT
from takwin.words import cities, concept_words, consent_versions, phrases, remarks, word_key, words


def services(database: Database) -> Services:
    """What the actions work with, their word lists read."""
    lists = ROOT / "data" / "words"
    return Services(
        database=database,
        fold=fold,
        consent_versions=consent_versions(ROOT / "data" / "consent.json"),
        word_key=word_key,
        calm_words=words(lists / "calm.txt"),
        common_words=concept_words(ROOT / "data" / "concepts.yml"),
        negations=words(lists / "negations.txt"),
        undecided=phrases(lists / "undecided.txt"),
        little_time=phrases(lists / "little-time.txt"),
        compare_words=words(lists / "compare.txt"),
        copy_words=words(lists / "copy.txt"),
        one_words=words(lists / "one.txt"),
        name_openers=phrases(lists / "name-openers.txt"),
        not_names=words(lists / "not-names.txt"),
        question_words=words(lists / "questions.txt"),
        remarks_in=_remarks(lists / "remarks.yml").made_in,
        level_in=_remarks(lists / "levels.yml").longest_in,
        city_of=lambda text: cities(ROOT / "data" / "gazetteer" / "city.yml").get(word_key(text)),
        helplines={
            line.service: line.number for line in read_helplines(ROOT / "data" / "places" / "helplines.csv")
        },
        no_subject=words(lists / "no-subject.txt"),
        advisers_away=partial(out_of_hours, adviser_hours()),
    )


@cache
def _remarks(path: Path) -> Remarks:
    """Put together once: the phrases are thousands."""
    return Remarks(remarks(path), word_key)


def load_catalogue_once(database: Database) -> int:
    """The first start fills an empty catalogue from data/catalogue; returns the number of courses loaded.

    Later starts only fold the catalogue's texts anew where the folding of the program changed.
    """
    with database.session() as session:
        if not is_empty(session):
            refold(session, fold)
            return 0
        catalogue = read_csv_catalogue(ROOT / "data" / "catalogue")
        apply(session, catalogue, fold)
        return len(catalogue.courses)
