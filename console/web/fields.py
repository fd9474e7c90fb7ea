"""Forms as models: each field a page reads, with the longest text it takes.

Nothing is refused here: what is missing or no text is empty, what is too long is cut. Whether it may be so is the
page's to say, in its own words.
"""

from typing import Annotated, Any, Self, get_origin
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict
from starlette.datastructures import FormData


class Fields(BaseModel):
    """The fields of a form, read by what they are annotated with: `cut`, `first`, `Ids`, `Yes`."""

    model_config = ConfigDict(frozen=True)

    @classmethod
    def of(cls, form: FormData) -> Self:
        """What was sent; of a field that was sent several times the last, but all for one that is a list."""
        sent = {
            name: form.getlist(name) if get_origin(field.annotation) is list else form.get(name)
            for name, field in cls.model_fields.items()
        }
        return cls.model_validate(sent)


def cut(longest: int, *, strip: bool = False) -> BeforeValidator:
    """At most so many characters of a text; `strip`: without the white space around them."""

    def read(value: Any) -> str:
        text = value[:longest] if isinstance(value, str) else ""
        return text.strip() if strip else text

    return BeforeValidator(read)


def first(most: int) -> BeforeValidator:
    """At most so many of the texts that were chosen."""

    def read(values: list[Any]) -> list[str]:
        return [value for value in values if isinstance(value, str)][:most]

    return BeforeValidator(read)


def _ids(values: list[Any]) -> list[UUID]:
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except (ValueError, AttributeError):
            continue
    return found


#: Ids that were chosen, without what is none.
Ids = Annotated[list[UUID], BeforeValidator(_ids)]
#: A box that was ticked.
Yes = Annotated[bool, BeforeValidator(lambda value: value == "yes")]
