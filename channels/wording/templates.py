"""Forms that a provider approved beforehand: the only thing it lets through a day after a person's last message.

Their texts are data (data/templates): what an operator submits to the provider, word for word. A provider knows no
Darija, so each variety has its own form: another name under the nearest language the provider has.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from channels.contract.messages import Template
from channels.wording.bidi import isolate
from channels.wording.words import RIGHT_TO_LEFT
from store.core.vocabulary import VARIETIES

MAX_TEXT = 1024  # characters, with its values filled in

_NAME = re.compile(r"[a-z][a-z0-9_]{0,511}", re.ASCII)
_PLACEHOLDER = re.compile(r"\{\{(\d+)\}\}")


class TemplatesError(Exception):
    """The file of templates, or what is asked of it, is not right. The message says where and why."""


@dataclass(frozen=True)
class TemplateForm:
    """One template in one variety: the name and language it is submitted under, the text with places {{1}}, {{2}}."""

    key: str
    variety: str
    name: str
    language: str
    category: str
    text: str
    values: tuple[str, ...]
    examples: tuple[str, ...]


Templates = Mapping[tuple[str, str], TemplateForm]
"""Forms by key and variety."""


def load(path: Path) -> Templates:
    """Read a file of templates. Raises TemplatesError where a provider would refuse what it says."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        forms = {(form.key, form.variety): form for form in _forms(content)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TemplatesError(f"{path}: {type(error).__name__}: {error}") from None
    names = [(form.name, form.language) for form in forms.values()]
    for form in forms.values():
        _check(form, f"{path}: {form.key} ({form.variety})")
        if names.count((form.name, form.language)) > 1:
            raise TemplatesError(f"{path}: two forms are named {form.name} in {form.language}")
    return forms


def template_for(templates: Templates, key: str, variety: str, values: Sequence[str] = ()) -> Template:
    """The form to send, filled in. Raises TemplatesError for an unknown key or another number of values."""
    form = templates.get((key, variety))
    if form is None:
        raise TemplatesError(f"no template {key} in {variety}")
    if len(values) != len(form.values):
        raise TemplatesError(f"{key}: {len(form.values)} values are needed, {len(values)} given")
    whole = [" ".join(value.split()) for value in values]
    if variety in RIGHT_TO_LEFT:
        whole = [isolate(value, "rtl") for value in whole]
    return Template(key=form.name, language=form.language, values=tuple(whole))


def text_of(templates: Templates, template: Template) -> str:
    """What the person reads. Raises TemplatesError for a template that is not in the file."""
    for form in templates.values():
        if (form.name, form.language) == (template.key, template.language):
            return _fill(form.text, template.values)
    raise TemplatesError(f"no template {template.key} in {template.language}")


def describe(templates: Templates) -> list[str]:
    """What an operator submits to the provider, line by line."""
    lines: list[str] = []
    for form in templates.values():
        lines += [
            f"{form.name}   language: {form.language}   category: {form.category}   (variety: {form.variety})",
            f"    {form.text}",
            *(
                f"    {{{{{number}}}}} {value}, for example: {example}"
                for number, (value, example) in enumerate(zip(form.values, form.examples, strict=True), 1)
            ),
            "",
        ]
    return lines[:-1]


def _forms(content: Mapping[str, Any]) -> Iterator[TemplateForm]:
    for key, template in content["templates"].items():
        for variety in VARIETIES:
            where = content["varieties"][variety]
            yield TemplateForm(
                key=key,
                variety=variety,
                name=key + where["suffix"],
                language=where["language"],
                category=template["category"],
                text=template["texts"][variety],
                values=tuple(template["values"]),
                examples=tuple(template["examples"][variety]),
            )


def _check(form: TemplateForm, where: str) -> None:
    placeholders = [int(number) for number in _PLACEHOLDER.findall(form.text)]
    if not _NAME.fullmatch(form.name):
        raise TemplatesError(f"{where}: the name is of small letters, digits and _ only")
    if placeholders != list(range(1, len(form.values) + 1)):
        raise TemplatesError(f"{where}: the places are {placeholders}, the values {len(form.values)}")
    if len(form.examples) != len(form.values):
        raise TemplatesError(f"{where}: an example for each value is needed")
    if not form.text.strip() or _PLACEHOLDER.match(form.text) or _PLACEHOLDER.search(form.text[-5:]):
        raise TemplatesError(f"{where}: the text may neither be empty nor begin or end with a place")
    if len(_fill(form.text, form.examples)) > MAX_TEXT:
        raise TemplatesError(f"{where}: over {MAX_TEXT} characters")


def _fill(text: str, values: Sequence[str]) -> str:
    def value_at(placeholder: re.Match[str]) -> str:
        number = int(placeholder.group(1))
        return values[number - 1] if 0 < number <= len(values) else placeholder.group()

    return _PLACEHOLDER.sub(value_at, text)
