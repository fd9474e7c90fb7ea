"""Two slow paths of Rasa 3.6.21's reading of training data made cheaper, with the same results.

Measured on 9,700 lines: of 110 seconds outside our own components 55 went into checking the *schema* of entity
annotations, again before each annotation, and most of the rest into reading the same files three times.
"""

from __future__ import annotations

import functools
import json
from typing import Any

import jsonschema
from rasa.shared.exceptions import SchemaValidationError
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils import validation


@functools.lru_cache(maxsize=8)
def _validator(schema: str) -> Any:
    parsed = json.loads(schema)
    return jsonschema.validators.validator_for(parsed)(parsed)


def _validate(json_data: dict[str, Any], schema: dict[str, Any]) -> None:
    """As ``rasa.shared.utils.validation.validate_training_data``.

    Raises:
        SchemaValidationError: the annotation is not what Rasa asks for.
    """
    error = next(_validator(json.dumps(schema, sort_keys=True)).iter_errors(json_data), None)
    if error is not None:
        raise SchemaValidationError.create_from(error)


_read = RasaFileImporter.get_nlu_data


def _read_once(importer: RasaFileImporter, language: str | None = "en") -> TrainingData:
    known: TrainingData | None = getattr(importer, "_takwin_nlu_data", None)
    if known is None:
        known = importer._takwin_nlu_data = _read(importer, language)
    return known


def quicken() -> None:
    """Put both in place."""
    validation.validate_training_data = _validate
    RasaFileImporter.get_nlu_data = _read_once
