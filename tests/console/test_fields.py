"""Forms as models: nothing that is sent is refused, what is too long is cut, what is no text is empty."""

from io import BytesIO
from typing import Annotated
from uuid import UUID

from starlette.datastructures import FormData, UploadFile

from console.web.fields import Fields, Ids, Yes, cut, first


class Form(Fields):
    name: Annotated[str, cut(5)]
    note: Annotated[str, cut(5, strip=True)]
    sure: Yes
    chosen: Annotated[list[str], first(2)]
    ids: Ids


def test_a_form_is_read_as_its_fields_say() -> None:
    sent = [("name", " abcdef"), ("note", " abcdef"), ("sure", "yes"), *(("chosen", each) for each in "abc")]
    form = Form.of(FormData(sent))
    assert (form.name, form.note, form.sure, form.chosen) == (" abcd", "abcd", True, ["a", "b"])


def test_what_was_not_sent_is_empty() -> None:
    form = Form.of(FormData([]))
    assert (form.name, form.note, form.sure, form.chosen) == ("", "", False, [])


def test_a_file_in_the_place_of_a_text_is_empty() -> None:
    file = UploadFile(BytesIO(b"x"))
    form = Form.of(FormData([("name", file), ("sure", file), ("chosen", file), ("chosen", "a")]))
    assert (form.name, form.sure, form.chosen) == ("", False, ["a"])


def test_of_several_the_last_is_taken() -> None:
    assert Form.of(FormData([("name", "a"), ("name", "b")])).name == "b"


def test_of_ids_what_is_none_is_left_out() -> None:
    known = "00000000-0000-0000-0000-000000000001"
    form = Form.of(FormData([("ids", known), ("ids", "nothing"), ("ids", UploadFile(BytesIO(b"x")))]))
    assert form.ids == [UUID(known)]
