"""The terminal: the same conversation, numbered, and left without a fuss."""

from collections.abc import Callable

import httpx
import pytest

from takwin.cli.terminal import as_lines, chat


class Server:
    """Answers as the web API does: first still writing, then with what it was given to say."""

    def __init__(self, *messages: dict[str, object]) -> None:
        self.messages = list(messages)
        self.said: list[str] = []
        self.looks = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            self.said.append(request.content.decode())
            self.looks = 0
            return httpx.Response(202, json={})
        self.looks += 1
        waiting = bool(self.said) and self.looks == 1
        after = int(request.url.params["after"])
        shown = [] if waiting else [m for m in self.messages[: len(self.said)] if int(str(m["n"])) > after]
        return httpx.Response(200, json={"messages": shown, "typing": waiting})


def lines_then(ending: BaseException, *lines: str) -> Callable[[str], str]:
    left = list(lines)

    def read(prompt: str) -> str:
        assert prompt == "› "
        if not left:
            raise ending
        return left.pop(0)

    return read


MENU = {
    "n": 1,
    "text": "شنو بغيتي؟",
    "direction": "rtl",
    "options": [{"id": "a", "title": "Google IT"}, {"id": "b", "title": "القائمة"}],
}


def test_options_are_numbered_and_names_stay_whole() -> None:
    assert as_lines(MENU) == "شنو بغيتي؟\n  1. \u2068Google IT\u2069\n  2. القائمة"
    french = {
        "text": "1. Excel\n",
        "direction": "ltr",
        "options": [{"title": "Excel", "in_text": True}, {"title": "الدارجة"}],
    }
    assert as_lines(french) == "1. Excel\n\n  2. \u2068الدارجة\u2069"


@pytest.mark.parametrize("ending", [KeyboardInterrupt(), EOFError()])
def test_a_conversation_ends_cleanly(ending: BaseException) -> None:
    server = Server(MENU, {"n": 2, "text": "واخا", "direction": "rtl", "options": []})
    written: list[str] = []
    read = lines_then(ending, "salam", "2")
    status = chat("http://here", read=read, write=written.append, transport=httpx.MockTransport(server))
    assert status == 0
    assert [said.split('"text":')[1] for said in server.said] == ['"salam"}', '"2"}']
    assert "شنو بغيتي؟" in written[1]
    assert "واخا" in written[2]
    assert len(written) == 4


def test_without_a_server_it_says_how_to_start_one(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    assert chat("http://here", transport=httpx.MockTransport(refuse)) == 1
    assert "make run" in capsys.readouterr().err
