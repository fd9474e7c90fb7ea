"""Kinds of data that are kept for a time, one module each: what had its time is counted, and dropped in batches.

A module here is a kind by having `KIND`; `takwin/settings.py` has its days. What is kept for ever does not enter.
"""

import pkgutil
from importlib import import_module

from store.lifecycle.kinds.base import Kind


def kinds() -> tuple[Kind, ...]:
    """Every kind, in the order they are dropped."""
    modules = (import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    found = [module.KIND for module in modules if hasattr(module, "KIND")]
    return tuple(sorted(found, key=lambda kind: (kind.order, kind.name)))
