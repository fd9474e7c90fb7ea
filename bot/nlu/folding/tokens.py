"""Words of a message, with their places in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bot.nlu.folding.letters import SHADDA, normal_form, script
from bot.nlu.folding.skeleton import fold_word

# A digit before one of these counts things ("3 mois"), it does not spell a sound ("3am").
_UNIT = re.compile(
    r"(?:h|hr|hrs|heures?|mois|m|j|jrs?|jours?|semaines?|sem|ans|annees?|dh|dhs|mad|min|mn|eme|e|er|ere|nd|nde|g|k|x)$"
)
# Digits that stand for Arabic sounds inside Latin words.
_SOUND_DIGITS = "23456789"
_RUN_OF_THREE = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True)
class Token:
    """One word, number or symbol: ``start`` and ``end`` are offsets in the message, ``plain`` is its normal form."""

    start: int
    end: int
    plain: str
    script: str

    @cached_property
    def folded(self) -> str:
        """The skeleton of the word; "" for a symbol."""
        return "" if self.script == "S" else fold_word(self.plain)


@dataclass
class _Piece:
    """``parts`` are joined once the piece is whole: a string that grows by a letter is copied for each."""

    parts: list[str]
    kind: str
    start: int
    end: int

    @property
    def chars(self) -> str:
        if len(self.parts) > 1:
            self.parts = ["".join(self.parts)]
        return self.parts[0]


def tokenize(text: str) -> list[Token]:
    """The words, numbers and symbols of ``text`` in order; scripts glued together are told apart (``لexcel``)."""
    pieces = _pieces(text)
    for piece in pieces:
        if piece.kind in "LAO":
            piece.parts = [squash(piece.chars)]
    return [Token(piece.start, piece.end, piece.chars, piece.kind) for piece in _spell(pieces)]


def squash(word: str) -> str:
    """An elongation back to one letter: ``salaaam`` → ``salam``; a plain doubling stays."""
    return _RUN_OF_THREE.sub(r"\1", word)


def _pieces(text: str) -> list[_Piece]:
    """Runs of one script, each with its place."""
    pieces: list[_Piece] = []
    glued = False
    for index, char in enumerate(text):
        if char == SHADDA:
            if glued and pieces[-1].kind == "A":
                # Only a doubling that ends a word of two letters tells words apart (3am, 3amm).
                parts = pieces[-1].parts
                if sum(map(len, parts[:3])) == 2 and not text[index + 1 : index + 2].isalpha():
                    parts.append(parts[-1][-1])
                pieces[-1].end = index + 1
            continue
        normal = normal_form(char)
        if not normal:
            # Marks and tatweel belong to the word they stand in; blanks end it.
            if char.isspace():
                glued = False
            elif glued:
                pieces[-1].end = index + 1
            continue
        for letter in normal:
            kind = script(letter)
            if not kind:
                glued = False
            elif glued and pieces[-1].kind == kind and kind != "S":
                pieces[-1].parts.append(letter)
                pieces[-1].end = index + 1
            else:
                pieces.append(_Piece([letter], kind, index, index + 1))
                glued = True
    return pieces


def _spell(pieces: list[_Piece]) -> list[_Piece]:
    """Digits that spell sounds joined to the Latin letters around them: ``n9ra`` is one word, ``24ans`` two."""
    joined: list[_Piece] = []
    for index, piece in enumerate(pieces):
        before = joined[-1] if joined else None
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        touches = before is not None and before.kind == "L" and before.end == piece.start
        if piece.kind == "D" and _spells(piece.chars):
            if touches and before is not None:
                before.parts += piece.parts
                before.end = piece.end
                continue
            if (
                after is not None
                and after.kind == "L"
                and after.start == piece.end
                and not _counts(piece.chars, pieces, index + 1)
            ):
                joined.append(_Piece([*piece.parts], "L", piece.start, piece.end))
                continue
        if piece.kind == "L" and touches and before is not None and before.parts[-1][-1] in _SOUND_DIGITS:
            before.parts += piece.parts
            before.end = piece.end
            continue
        joined.append(piece)
    return joined


def _spells(digits: str) -> bool:
    return digits[0] in _SOUND_DIGITS and len(set(digits)) == 1


def _counts(digits: str, pieces: list[_Piece], at: int) -> bool:
    """Whether ``digits`` before the word at ``at`` are a number and not a sound."""
    return len(digits) > 1 or bool(_UNIT.match(pieces[at].chars))
