"""The garbage collector of a process that serves for months."""

import gc

#: New objects between two looks at the young ones; Python's own 700 has a server look at every few statements.
_YOUNG = 50_000


def settle() -> None:
    """What is there once a process has started stays: it is not looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 50)
