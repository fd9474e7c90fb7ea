"""What our components that learn have in common in Rasa's graph: they are made, trained, kept in a model and loaded."""

from __future__ import annotations

import logging
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, ClassVar, Dict, Generic, List, Optional, Tuple, Type, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.fingerprint import fingerprint

log = logging.getLogger("takwin.training")

Learnt = TypeVar("Learnt")
Component = TypeVar("Component", bound="TrainedComponent[Any]")


class TrainedComponent(GraphComponent, Generic[Learnt]):
    """A component says what it learns from training data, how that is kept in a folder of the model, and what it makes
    of messages. Where there is nothing to learn from nothing is kept, and ``learnt`` is None.
    """

    #: Settings that name files and folders which training reads beside the training data.
    reads: ClassVar[Tuple[str, ...]] = ()
    #: Packages imported when a model is trained or loaded.
    packages: ClassVar[Tuple[str, ...]] = ("sklearn", "scipy")

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        learnt: Optional[Learnt] = None,
    ) -> None:
        self.config = {**self.get_default_config(), **config}
        self.learnt = learnt
        self._storage = model_storage
        self._resource = resource

    @classmethod
    def required_packages(cls) -> List[str]:
        """As Rasa asks for them."""
        return list(cls.packages)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Other files call for new training even when ``config.yml`` is as it was."""
        return fingerprint(*(path for name in cls.reads for path in _paths(config.get(name))))

    @classmethod
    def create(
        cls: Type[Component],
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Component:
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: Type[Component],
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Component:
        """A trained component, or an untrained one where training found nothing to learn from.

        Raises:
            ValueError, OSError, KeyError: what the model holds cannot be read; nothing is answered without it.
        """
        with ExitStack() as opened:
            try:
                folder = opened.enter_context(model_storage.read_from(resource))
            except ValueError:
                log.info("the model holds nothing that %s learnt", cls.__name__)
                return cls(config, model_storage, resource)
            return cls(config, model_storage, resource, cls.read(Path(folder)))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn, and keep what was learnt in the model."""
        self.learnt = self.learn(training_data)
        if self.learnt is not None:
            with self._storage.write_to(self._resource) as folder:
                self.save(self.learnt, Path(folder))
        return self._resource

    @abstractmethod
    def learn(self, training_data: TrainingData) -> Optional[Learnt]:
        """What training data and files teach; None where there is nothing to learn from."""

    @abstractmethod
    def save(self, learnt: Learnt, folder: Path) -> None:
        """Write what was learnt to a folder of the model."""

    @classmethod
    @abstractmethod
    def read(cls, folder: Path) -> Learnt:
        """Read what ``save`` wrote, ready for the first message."""

    @abstractmethod
    def process(self, messages: List[Message]) -> List[Message]:
        """Say what the component makes of each message."""


def _paths(setting: Any) -> Iterator[Optional[str]]:
    yield from setting if isinstance(setting, (list, tuple)) else (setting,)
