"""Replies as JSON between app and engine: the form both sides know, and no other."""

import json

import pytest

from store.conversations.replies import Reply


def test_a_reply_is_the_same_after_the_way_there() -> None:
    said = Reply("courses-found", {"total": 2}, ({"id": "a"},), despite_opt_out=True)
    wire = said.to_wire()
    assert wire == {"reply": "courses-found", "args": {"total": 2, "$last": True}, "options": [{"id": "a"}]}
    assert Reply.from_wire(json.loads(json.dumps(wire))) == said
    assert Reply("greet").to_wire() == {"reply": "greet", "args": {}, "options": []}


@pytest.mark.parametrize("content", [{"reply": "greet"}, {"reply": "greet", "args": None, "options": []}])
def test_arguments_and_options_may_be_missing(content: object) -> None:
    assert Reply.from_wire(content) == Reply("greet")


@pytest.mark.parametrize(
    "content",
    [
        None,
        "greet",
        {},
        {"reply": None},
        {"args": {}},
        {"reply": "greet", "args": ["a"]},
        {"reply": "greet", "options": "a"},
    ],
)
def test_anything_else_is_no_reply(content: object) -> None:
    with pytest.raises(ValueError, match="reply"):
        Reply.from_wire(content)
