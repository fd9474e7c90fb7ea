"""Whatever JSON can say, PostgreSQL keeps."""

import json

from hypothesis import given
from hypothesis import strategies as st

from store.core.storable import storable_json, storable_text

_TEXT = st.text(st.characters(codec=None))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner),
    max_leaves=10,
)


@given(_TEXT)
def test_text_is_kept_but_for_what_cannot_be(text: str) -> None:
    kept = storable_text(text)
    assert len(kept) == len(text)
    assert all(
        new == old or old == "\0" or "\ud800" <= old <= "\udfff" for new, old in zip(kept, text, strict=True)
    )
    assert "\0" not in kept.encode("utf-8").decode("utf-8")


@given(_JSON)
def test_json_is_the_same_json_of_storable_text(value: object) -> None:
    written = storable_json(value)
    written.encode("utf-8")
    assert json.loads(written) == json.loads(json.dumps(_storable(value)))


def _storable(value: object) -> object:
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, list):
        return [_storable(one) for one in value]
    if isinstance(value, dict):
        return {storable_text(name): _storable(one) for name, one in value.items()}
    return value
