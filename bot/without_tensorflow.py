"""Lets Rasa be imported without loading TensorFlow, which nothing in our pipeline or policies uses.

Rasa imports TensorFlow, Keras, JAX and matplotlib for DIET and TED as soon as its server is imported: measured here,
12 of 20 seconds of start-up and 360 MB of resident memory. `stand_in()` puts empty modules in their place, whose names
can be imported and subclassed but do nothing. A pipeline that does need TensorFlow sets TAKWIN_ENGINE_TENSORFLOW=1.
See docs/adr/0006-no-tensorflow-in-memory.md.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
import types
from typing import Any, Optional, Sequence

REPLACED = frozenset(
    {"tensorflow", "keras", "tensorflow_addons", "tensorflow_hub", "jax", "jaxlib", "matplotlib"}
)
_ORIGIN = "bot.without_tensorflow"


class _Placeholder(type):
    """A class whose every attribute is again such a class: good to be named, subclassed and used as a decorator."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _placeholder(name)

    def __or__(cls, other: Any) -> Any:
        return cls

    def __ror__(cls, other: Any) -> Any:
        return cls


def _placeholder(name: str) -> _Placeholder:
    return _Placeholder(
        name,
        (object,),
        {
            "__module__": _ORIGIN,
            "__init__": lambda self, *args, **kwargs: None,
            # As a decorator with arguments it gives back what it decorates.
            "__call__": lambda self, *args, **kwargs: args[0] if args and callable(args[0]) else self,
            "__class_getitem__": classmethod(lambda cls, item: cls),
        },
    )


class _EmptyModule(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        placeholder = _placeholder(name)
        setattr(self, name, placeholder)
        return placeholder


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Optional[Sequence[str]], target: Optional[types.ModuleType] = None
    ) -> Optional[importlib.machinery.ModuleSpec]:
        if fullname.split(".")[0] not in REPLACED:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _EmptyModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing in it."""


def stand_in() -> None:
    """Put empty modules in the place of TensorFlow and its company. To be called before Rasa is imported."""
    if os.environ.get("TAKWIN_ENGINE_TENSORFLOW") == "1":
        return
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
