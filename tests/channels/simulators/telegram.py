"""A Bot API on loopback: it checks tokens and limits as Telegram does, keeps what was sent, and posts updates.

    with TelegramSimulator(token, webhook=f"{app}/channels/telegram", secret="...") as telegram:
        telegram.write(4201, "salam")
        telegram.sent[-1]["text"]

It stands alone (FastAPI and uvicorn in a thread) and may be used from any process that knows its `url`.
"""

import asyncio
import json
import re
import threading
import time
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

import httpx
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

BOT = {"id": 7000000001, "is_bot": True, "first_name": "Takwin", "username": "takwin_bot"}
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

#: How Telegram shows what was typed: fields that are JSON within the form.
_JSON_FIELDS = frozenset(
    {"reply_markup", "link_preview_options", "allowed_updates", "commands", "entities", "reply_parameters"}
)


@dataclass(frozen=True)
class Failure:
    """What the next call of a method answers. `accepted`: it is done all the same, only its answer is lost;
    `seconds`: how long the connection hangs before.
    """

    status: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None
    accepted: bool = False
    seconds: float = 0.0
    body: bytes | None = None


@dataclass
class TelegramSimulator:
    """One bot and the people who write to it. `sent` has the messages people see, `answered` the callbacks answered,
    `calls` every call as (method, parameters as they were sent).
    """

    token: str
    webhook: str = ""
    secret: str = ""
    per_chat_a_second: float = 0.0  # 0: nobody is told to slow down
    sent: list[dict[str, Any]] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    failures: dict[str, deque[Failure]] = field(default_factory=lambda: defaultdict(deque))
    blocked: set[int] = field(default_factory=set)
    unknown: set[int] = field(default_factory=set)
    hook: dict[str, Any] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    url: str = ""

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._updates = count(910_000_001)
        self._numbers: dict[int, count[int]] = defaultdict(lambda: count(1))
        self._last: dict[int, float] = {}
        self._pressed: set[str] = set()
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    # -- the server

    def start(self, port: int = 0) -> Self:
        config = uvicorn.Config(
            self.app(), host="127.0.0.1", port=port, log_level="error", access_log=False, lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the simulator of Telegram did not start")
            time.sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        return self

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.should_exit = self._server.force_exit = True
            self._thread.join(5)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def app(self) -> FastAPI:
        app = FastAPI(openapi_url=None)

        @app.post("/bot{token}/{method}")
        async def call(token: str, method: str, request: Request) -> Response:
            params = {name: str(value) for name, value in (await request.form()).items()}
            if token != self.token:
                return _no(401, "Unauthorized")
            with self._lock:
                self.calls.append((method, params))
                failure = self.failures[method].popleft() if self.failures[method] else None
            if failure is None:
                return self._do(method, params)
            if failure.accepted:
                self._do(method, params)
            await asyncio.sleep(failure.seconds)
            if failure.body is not None:
                return Response(failure.body, failure.status)
            return _no(failure.status, failure.description, failure.retry_after)

        return app

    def fail(self, method: str = "sendMessage", times: int = 1, **failure: Any) -> None:
        """Have the next calls of a method fail."""
        self.failures[method].extend(Failure(**failure) for _ in range(times))

    def _do(self, method: str, params: Mapping[str, str]) -> JSONResponse:
        read = {name: json.loads(v) if name in _JSON_FIELDS else v for name, v in params.items()}
        with self._lock:
            match method:
                case "getMe":
                    return _yes({**BOT, "can_join_groups": False, "can_read_all_group_messages": False,
                                 "supports_inline_queries": False})  # fmt: skip
                case "sendMessage":
                    return self._send_message(read)
                case "answerCallbackQuery":
                    return self._answer_callback(read)
                case "setWebhook":
                    return self._set_webhook(read)
                case "deleteWebhook":
                    self.hook = {}
                    return _yes(True)
                case "getWebhookInfo":
                    shown = {
                        k: v
                        for k, v in self.hook.items()
                        if k in ("url", "max_connections", "allowed_updates")
                    }
                    return _yes(
                        {"url": "", **shown, "has_custom_certificate": False, "pending_update_count": 0}
                    )
                case "setMyCommands":
                    return self._set_commands(read)
        return _no(404, "Not Found")

    def _send_message(self, read: Mapping[str, Any]) -> JSONResponse:
        chat, text = int(read["chat_id"]), read.get("text", "")
        if chat in self.blocked:
            return _no(403, "Forbidden: bot was blocked by the user")
        if chat in self.unknown:
            return _no(400, "Bad Request: chat not found")
        if not text.strip():
            return _no(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            return _no(400, "Bad Request: message is too long")
        rows = (read.get("reply_markup") or {}).get("inline_keyboard", [])
        for button in (button for row in rows for button in row):
            if not button.get("text", "").strip():
                return _no(400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed")
            if not 1 <= len(button.get("callback_data", "").encode()) <= 64:
                return _no(400, "Bad Request: BUTTON_DATA_INVALID")
        now = time.monotonic()
        if self.per_chat_a_second and now - self._last.get(chat, -1e9) < 1 / self.per_chat_a_second:
            return _no(429, "Too Many Requests: retry after 1", 1)
        self._last[chat] = now
        message = {
            "message_id": next(self._numbers[chat]),
            "from": BOT,
            "chat": private_chat(chat),
            "date": int(time.time()),
            "text": text.strip(),
            **({"reply_markup": read["reply_markup"]} if rows else {}),
        }
        self.sent.append(message)
        return _yes(message)

    def _answer_callback(self, read: Mapping[str, Any]) -> JSONResponse:
        callback_id = read.get("callback_query_id", "")
        if callback_id not in self._pressed:
            return _no(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        self.answered.append(callback_id)
        return _yes(True)

    def _set_webhook(self, read: Mapping[str, Any]) -> JSONResponse:
        if not re.fullmatch(r"https://.+", read.get("url", "")):
            return _no(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", read.get("secret_token", "x")):
            return _no(400, "Bad Request: secret token contains unallowed characters")
        self.hook = {**read, "max_connections": int(read.get("max_connections", 40))}
        return _yes(True)

    def _set_commands(self, read: Mapping[str, Any]) -> JSONResponse:
        for command in read["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                return _no(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                return _no(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[read.get("language_code", "")] = read["commands"]
        return _yes(True)

    # -- the people

    def seen_by(self, chat: int) -> list[dict[str, Any]]:
        """The messages that reached one person, oldest first."""
        return [message for message in list(self.sent) if message["chat"]["id"] == chat]

    def write(self, chat: int, text: str, **more: Any) -> int:
        """A person writes; the status that the webhook answered. Posting the same again needs `post`."""
        return self.post(self.message(chat, text=text, **more))

    def press(self, chat: int, data: str, under: Mapping[str, Any] | None = None, **more: Any) -> int:
        """A person presses a button under a message (the last one they were sent)."""
        return self.post(self.callback(chat, data, under, **more))

    def message(self, chat: int, **content: Any) -> dict[str, Any]:
        """The update of a new message in a private chat."""
        with self._lock:
            number, update = next(self._numbers[chat]), next(self._updates)
        base = {
            "message_id": number,
            "from": person(chat),
            "chat": private_chat(chat),
            "date": int(time.time()),
        }
        text = content.get("text", "")
        if text.startswith("/"):
            length = len(text.split()[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return {"update_id": update, "message": {**base, **content}}

    def callback(
        self, chat: int, data: str, under: Mapping[str, Any] | None = None, **more: Any
    ) -> dict[str, Any]:
        """The update of a press."""
        seen = self.seen_by(chat)
        under = under if under is not None else (seen[-1] if seen else None)
        with self._lock:
            update = next(self._updates)
            callback_id = str(4_382_000_000_000_000_000 + update)
            self._pressed.add(callback_id)
        query = {
            "id": callback_id,
            "from": person(chat),
            "chat_instance": "-3141592653589793238",
            "data": data,
        }
        shown = {} if under is None else {"message": dict(under)}
        return {"update_id": update, "callback_query": {**query, **shown, **more}}

    def member(self, chat: int, status: str) -> dict[str, Any]:
        """The update of a person who blocked ("kicked") or unblocked ("member") the bot."""
        self.blocked.add(chat) if status == "kicked" else self.blocked.discard(chat)
        before = "member" if status == "kicked" else "kicked"
        with self._lock:
            update = next(self._updates)
        return {
            "update_id": update,
            "my_chat_member": {
                "chat": private_chat(chat),
                "from": person(chat),
                "date": int(time.time()),
                "old_chat_member": _membership(before),
                "new_chat_member": _membership(status),
            },
        }

    def post(self, update: Mapping[str, Any], secret: str | None = None) -> int:
        """Post one update to the webhook; the status it answered, 0 where nobody did."""
        headers = {SECRET_HEADER: self.secret if secret is None else secret}
        try:
            answer = httpx.post(self.webhook, json=update, headers=headers, timeout=30, trust_env=False)
        except httpx.HTTPError:
            return 0
        return answer.status_code

    def insist(self, update: Mapping[str, Any], seconds: float = 60.0, pause: float = 0.2) -> bool:
        """Post an update until it is taken, as Telegram does (for a day, and further apart)."""
        end = time.monotonic() + seconds
        while not 200 <= self.post(update) < 300:
            if time.monotonic() > end:
                return False
            time.sleep(pause)
        return True


def person(chat: int) -> dict[str, Any]:
    """The writer in a private chat: their id is the chat's."""
    return {"id": chat, "is_bot": False, "first_name": "Amina", "last_name": "B.", "language_code": "fr"}


def private_chat(chat: int) -> dict[str, Any]:
    return {"id": chat, "first_name": "Amina", "last_name": "B.", "type": "private"}


def _membership(status: str) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": BOT, "status": status, **until}


def _yes(result: Any) -> JSONResponse:
    return JSONResponse({"ok": True, "result": result})


def _no(status: int, description: str, retry_after: int | None = None) -> JSONResponse:
    more = {} if retry_after is None else {"parameters": {"retry_after": retry_after}}
    return JSONResponse({"ok": False, "error_code": status, "description": description, **more}, status)
