"""The words of a text as the console's search knows them: folded, with and without what is written onto them."""

from collections.abc import Callable
from functools import lru_cache

from bot.nlu.extent import extent
from bot.nlu.folding import fold_word, stems, tokenize

#: Shorter skeletons than this are left alone: taking more off them leaves nothing that tells words apart.
_SHORTEST_STEM = 3
_PLURAL = "ات"
_ARTICLES = frozenset(
    {"ال", "لل", "وال", "فال", "بال", "كال", "دال", "ولل", "l", "el", "al", "il", "fel", "bel", "lel"}
)


def index_words(text: str) -> list[list[str]]:
    """What each word of a text is found by: its skeleton, and those without what is written onto its front. A long
    text is found by its beginning and its end.
    """
    return [list(_index_forms(token.plain)) for token in tokenize(extent(text).text)]


@lru_cache(maxsize=32768)
def _index_forms(plain: str) -> tuple[str, ...]:
    return tuple(_forms(plain, lambda _: True))


def query_words(text: str) -> list[list[str]]:
    """What each word of a search is looked for as: its skeleton, and that without an article. `*` ends a beginning."""
    found = []
    for each in text.split():
        starred = "*" if each.endswith("*") and len(each) > 1 else ""
        for token in tokenize(each):
            forms = _forms(token.plain, _ARTICLES.__contains__)
            found.append([form + starred for form in forms])
    return found


def _forms(plain: str, taken_off: Callable[[str], bool]) -> list[str]:
    bases = [plain, plain[: -len(_PLURAL)]] if plain.endswith(_PLURAL) else [plain]
    shorter = [
        fold_word(stem)
        for base in bases
        for off, stem in stems(base)
        if (off and taken_off(off)) or base != plain
    ]
    return list(dict.fromkeys([fold_word(plain), *(form for form in shorter if len(form) >= _SHORTEST_STEM)]))
