"""What conversations are found by: what comes is added, what is gone is found no more, and no text is too much."""

from collections.abc import Sequence
from itertools import islice, product

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bot.nlu.folding import fold
from store.conversations.inbound import InboundRecord, store_inbound
from store.conversations.messages import record_understanding
from store.core.database import Database
from store.inbox import search_index
from store.tables import ConversationIndex, Message, SearchBacklog
from takwin.search_words import index_words


def _says(database: Database, *texts: str, sender: str = "s-1") -> None:
    with database.session() as session:
        for said in texts:
            number = session.scalar(select(func.count()).select_from(Message))
            store_inbound(session, InboundRecord("web", sender, f"{sender}-{number}", text=said))


def _found(session: Session) -> set[str]:
    while search_index.take_in(session, index_words):
        pass
    return {
        lexeme for vector in session.scalars(select(ConversationIndex.facts)) for lexeme in _lexemes(vector)
    }


def _lexemes(vector: str) -> Sequence[str]:
    return [part.strip("'") for part in vector.split("' '")]


def test_what_comes_is_added(database: Database) -> None:
    _says(database, "bghit formation")
    with database.session() as session:
        _found(session)
    _says(database, "choukran")
    with database.session() as session:
        assert {fold("formation"), fold("choukran")} <= _found(session)


def test_a_new_message_has_the_others_not_read_again(database: Database) -> None:
    _says(database, "bghit formation")
    with database.session() as session:
        _found(session)
    _says(database, "choukran")
    read = []
    with database.session() as session:
        search_index.take_in(session, lambda said: read.append(said) or index_words(said))  # type: ignore[func-returns-value]
    assert read == ["choukran"]


def test_a_corrected_understanding_is_found_and_the_earlier_one_is_not(database: Database) -> None:
    _says(database, "bghit formation")
    for intent in ("greet", "find_course"):
        with database.session() as session:
            message_id = session.scalars(select(Message.id)).one()
            record_understanding(session, message_id, {"intent": intent, "confidence": 0.9})
        with database.session() as session:
            found = _found(session)
    assert "i:find_course" in found
    assert "i:greet" not in found


def test_a_first_understanding_leaves_nothing_to_be_put_together_anew(database: Database) -> None:
    _says(database, "bghit formation")
    with database.session() as session:
        message_id = session.scalars(select(Message.id)).one()
        record_understanding(session, message_id, {"intent": "greet", "confidence": 0.9})
    with database.session() as session:
        assert session.scalars(select(SearchBacklog.rebuild)).all() == [False]


def test_more_words_than_can_be_kept_leave_the_newest(database: Database) -> None:
    words = ["".join(letters) for letters in islice(product("bdfglmnrst", repeat=5), 0, 100_000, 16)]
    _says(database, *(" ".join(words[n : n + 75]) for n in range(0, len(words), 75)))
    with database.session() as session:
        found = _found(session)
        kept = session.scalar(select(func.length(ConversationIndex.facts)))
    assert kept is not None
    assert search_index.MOST_LEXEMES // 2 < kept <= search_index.MOST_LEXEMES
    assert fold(words[-1]) in found
    assert fold(words[0]) not in found


def test_long_words_of_any_script_fit(database: Database) -> None:
    """PostgreSQL refuses a vector of 1 MiB, and everybody's messages with it that are taken in at the same time."""
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    words = [letters[n % 28] + letters[n // 28 % 28] + letters[n // 784] + "س" * 60 for n in range(5000)]
    _says(database, *(" ".join(words[n : n + 12]) for n in range(0, 5000, 12)))
    with database.session() as session:
        assert _found(session)
        assert session.scalar(text("select count(*) from search_backlog")) == 0
