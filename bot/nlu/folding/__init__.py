"""Script folding: one skeleton for a word, however its writer spelt it.

Moroccans write Darija in Arabic letters and in Latin letters, with digits for the sounds Latin lacks, with the
spelling of the moment, and French words in either script. Folding gives every message a second view in which the
spellings meet: ``n9ra``, ``nqra`` and ``نقرا`` fold to the same word, and so do ``ch7al``, ``chhal`` and ``شحال``.

The skeleton is written in Arabic letters: consonants only, one letter per sound class, so that folding what is
already folded changes nothing. Text and offsets of the message itself are never touched.

>>> fold("bghit n9ra l'informatique") == fold("بغيت نقرا ل انفورماتيك")
True
"""

from bot.nlu.folding.clitics import stems
from bot.nlu.folding.plain import plain
from bot.nlu.folding.skeleton import LONGEST_WORD, fold_word, shortened
from bot.nlu.folding.tokens import Token, tokenize

__all__ = ["LONGEST_WORD", "Token", "fold", "fold_word", "plain", "shortened", "stems", "tokenize"]


def fold(text: str) -> str:
    """The skeleton of ``text``: its words folded, one space between them, symbols and punctuation left out."""
    return " ".join(token.folded for token in tokenize(text) if token.folded)
