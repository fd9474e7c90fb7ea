"""Twilio's side of its API on loopback: messages taken, listed and fetched, forms made, and what it refuses."""

import base64
import json
import re
import secrets
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, quote

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

Record = dict[str, Any]

_ERRORS = {
    20003: (401, "Authenticate"),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too many requests"),
    21211: (400, "Invalid 'To' Phone Number"),
    21604: (400, "A 'To' phone number is required"),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21619: (400, "A text message body, media URLs or a ContentSid is required"),
    21655: (400, "The ContentSid is Invalid"),
    21656: (400, "The ContentVariables Parameter is invalid"),
    63016: (400, "Outside messaging window"),
}
_PLACE = re.compile(r"\{\{(\w+)\}\}")


@dataclass
class Trouble:
    """What becomes of the next call: an error (`status`, `code`), or an answer `hang` seconds late, taken or not."""

    status: int = 0
    code: int | None = None
    retry_after: str | None = None
    hang: float = 0.0
    accept: bool = False


@dataclass
class TwilioApi:
    """One account. `sent` holds every message it took, with what was asked (`To`, `Body`, ...) and the resource."""

    account_sid: str
    auth_token: str
    public_url: str = "https://takwin.example"
    app_url: str = "http://127.0.0.1:8000"
    automatic: Sequence[str] = ()  # statuses that follow each message by themselves
    sent: list[Record] = field(default_factory=list)
    contents: dict[str, Record] = field(default_factory=dict)
    requests: list[tuple[str, str, bytes]] = field(default_factory=list)  # method, path with query, body
    refused_numbers: dict[str, int] = field(default_factory=dict)  # number -> code
    troubles: deque[Trouble] = field(default_factory=deque)
    content_troubles: deque[Trouble] = field(default_factory=deque)
    records: list[Record] = field(default_factory=list)

    def app(self) -> FastAPI:
        app = FastAPI(openapi_url=None)
        base = "/2010-04-01/Accounts/{account}/Messages"

        @app.middleware("http")
        async def keep(request: Request, call_next: Any) -> Response:
            body = await request.body()
            self.requests.append((request.method, f"{request.url.path}?{request.url.query}", body))
            if not self._authentic(request):
                return _error(20003)
            answer: Response = await call_next(request)
            return answer

        @app.post(base + ".json")
        async def create(account: str, request: Request) -> Response:
            body = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
            return await run_in_threadpool(self._create, account, body)

        @app.get(base + ".json")
        def read(account: str, request: Request) -> Response:
            return self._list(request) if account == self.account_sid else _error(20404)

        @app.get(base + "/{sid}.json")
        def fetch(account: str, sid: str) -> Response:
            found = [each for each in self.records if each["sid"] == sid and account == self.account_sid]
            return JSONResponse(found[0]) if found else _error(20404)

        @app.get(base + "/{sid}/Media.json")
        def media(account: str, sid: str) -> Response:  # noqa: ARG001
            record = next((each for each in self.records if each["sid"] == sid), None)
            return JSONResponse({"media_list": record["_media"], "page": 0}) if record else _error(20404)

        @app.post("/v1/Content")
        async def content(request: Request) -> Response:
            return await run_in_threadpool(self._content, await request.body())

        return app

    def _authentic(self, request: Request) -> bool:
        expected = base64.b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        return secrets.compare_digest(request.headers.get("Authorization", ""), f"Basic {expected}")

    def _create(self, account: str, body: dict[str, str]) -> Response:
        trouble = self.troubles.popleft() if self.troubles else Trouble()
        code = 20404 if account != self.account_sid else self._refusal(body)
        if code or trouble.status:
            time.sleep(trouble.hang)
            return _error(code) if code else _error(trouble.code, trouble.status, trouble.retry_after)
        if trouble.hang and not trouble.accept:
            time.sleep(trouble.hang)
            return _error(None, 504)
        sid = new_sid("SM")
        resource = self.resource(sid, body, "outbound-api", "queued")
        resource["body"] = self._words(body)
        self.records.append(resource)
        self.sent.append({**body, "sid": sid, "resource": resource})
        self.taken(sid)
        time.sleep(trouble.hang)
        return JSONResponse(_shown(resource), 201)

    def _refusal(self, body: Mapping[str, str]) -> int | None:
        """The code of what Twilio would not take; None where all is well."""
        if not body.get("To"):
            return 21604
        if body["To"] in self.refused_numbers:
            return self.refused_numbers[body["To"]]
        if not re.fullmatch(r"(whatsapp:)?\+\d{8,15}|\d{3,8}|whatsapp:[A-Za-z]{2}\.[\w.]+", body["To"]):
            return 21211
        if "ContentSid" in body:
            form = self.contents.get(body["ContentSid"])
            return 21655 if form is None else None if self._fills(form, body) else 21656
        if not body.get("Body"):
            return 21619
        return 21617 if len(body["Body"]) > 1600 else None

    def _fills(self, form: Mapping[str, Any], body: Mapping[str, str]) -> bool:
        try:
            values = json.loads(body.get("ContentVariables") or "{}")
        except ValueError:
            return False
        wanted = set(_PLACE.findall(json.dumps(form["types"])))
        bad = re.compile(r"[\n\r\t]| {5,}")
        sound = all(
            isinstance(each, str) and 0 < len(each) <= 1600 and not bad.search(each)
            for each in values.values()
        )
        return sound and len(values) <= 100 and wanted <= set(values)

    def filled(self, body: Mapping[str, Any]) -> Any:
        """The form of a message with its places filled: what the person sees."""
        values = json.loads(body.get("ContentVariables") or "{}")

        def fill(part: Any) -> Any:
            if isinstance(part, str):
                return _PLACE.sub(lambda place: values[place[1]], part)
            if isinstance(part, dict):
                return {name: fill(each) for name, each in part.items()}
            return [fill(each) for each in part] if isinstance(part, list) else part

        return fill(self.contents[body["ContentSid"]]["types"])

    def _words(self, body: Mapping[str, str]) -> str:
        if "ContentSid" not in body:
            return body.get("Body", "")
        return str(next(iter(self.filled(body).values()))["body"])

    def _content(self, raw: bytes) -> Response:
        if self.content_troubles:
            trouble = self.content_troubles.popleft()
            time.sleep(trouble.hang)
            return _error(trouble.code, trouble.status or 504, trouble.retry_after)
        form = json.loads(raw)
        form["sid"] = new_sid("HX")
        self.contents[form["sid"]] = form
        return JSONResponse({**form, "account_sid": self.account_sid}, 201)

    def _list(self, request: Request) -> Response:
        query = request.query_params
        since = datetime.fromisoformat(query["DateSent>"]) if "DateSent>" in query else None
        found = [
            each
            for each in reversed(self.records)
            if query.get("To", each["to"]) == each["to"]
            and query.get("From", each["from"]) == each["from"]
            and (since is None or (each["_sent"] is not None and each["_sent"] >= since))
        ]
        size, page = int(query.get("PageSize", 50)), int(query.get("Page", 0))
        here = found[page * size : (page + 1) * size]
        more = len(found) > (page + 1) * size
        rest = "&".join(f"{quote(name)}={quote(value)}" for name, value in query.items() if name != "Page")
        following = f"{request.url.path}?{rest}&Page={page + 1}" if more else None
        return JSONResponse(
            {
                "messages": [_shown(each) for each in here],
                "page": page, "page_size": size, "start": page * size, "end": page * size + len(here) - 1,
                "first_page_uri": f"{request.url.path}?{rest}&Page=0", "next_page_uri": following,
                "previous_page_uri": None, "uri": f"{request.url.path}?{request.url.query}",
            }
        )  # fmt: skip

    def resource(
        self, sid: str, body: Mapping[str, str], direction: str, status: str, at: datetime | None = None
    ) -> Record:
        moment = (at or datetime.now(UTC)).replace(microsecond=0)
        path = f"/2010-04-01/Accounts/{self.account_sid}/Messages/{sid}"
        return {
            "sid": sid, "account_sid": self.account_sid, "api_version": "2010-04-01",
            "from": body.get("From"), "to": body.get("To"), "body": body.get("Body", ""),
            "messaging_service_sid": body.get("MessagingServiceSid"), "direction": direction, "status": status,
            "num_media": body.get("NumMedia", "0"), "num_segments": "1", "price": None, "price_unit": None,
            "error_code": None, "error_message": None, "date_created": format_datetime(moment),
            "date_updated": format_datetime(moment),
            # A message that waits in the queue has not been sent.
            "date_sent": None if status == "queued" else format_datetime(moment),
            "uri": f"{path}.json", "subresource_uris": {"media": f"{path}/Media.json"},
            "_sent": None if status == "queued" else moment,
            "_media": [
                {"sid": new_sid("ME"), "account_sid": self.account_sid, "parent_sid": sid,
                 "content_type": body["MediaContentType0"], "uri": f"{path}/Media/ME1.json"}
            ] if "MediaContentType0" in body else [],
        }  # fmt: skip

    def taken(self, sid: str) -> None:
        """What follows when a message was taken."""


def _shown(record: Record) -> Record:
    return {name: value for name, value in record.items() if not name.startswith("_")}


def _error(code: int | None, status: int = 0, retry_after: str | None = None) -> Response:
    known, message = _ERRORS.get(code or 0, (400, "Error"))
    status = status or known
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    if code is None:
        return Response("<html>Bad gateway</html>", status, headers)
    content = {"code": code, "message": message, "more_info": f"https://www.twilio.com/docs/errors/{code}"}
    return JSONResponse({**content, "status": status}, status, headers)


def new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)
