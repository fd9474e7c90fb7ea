"""What an operator says of a gateway: where it is, how it is called, how it calls us."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal
from urllib.parse import parse_qsl, urlencode

Method = Literal["GET", "POST"]

#: What Kannel's sendsms takes. 31 asks for every report: delivered, failed, queued, accepted, rejected.
KANNEL_PARAMETERS = (
    "username={username}&password={password}&from={from}&to={to}&text={text}"
    "&charset=UTF-8&coding={coding}&dlr-mask=31&dlr-url={report_url}"
)

_PLACEHOLDERS = ("username", "password", "from", "to", "text", "coding", "report_url", "message")


@dataclass(frozen=True)
class Names:
    """What the parameters of inbound calls are called. Those of Kannel's reports (`message`, `type`, `answer`) are in
    the address that we give it ourselves.
    """

    sender: str = "from"
    text: str = "text"
    id: str = "id"
    token: str = "token"  # noqa: S105 - what the parameter is called
    time: str = "time"
    coding: str = "coding"
    charset: str = "charset"
    message: str = "message"
    type: str = "type"
    answer: str = "answer"


@dataclass(frozen=True)
class Config:
    """`url` is where to send, `token` what inbound calls must bring, `public_url` where the gateway reaches us (empty:
    no reports are asked for). `parameters`: name → template, with {to}, {text} and the like (`parameters_of`).
    `country` is that of numbers written without a code (ISO 3166). Raises ValueError for what could not work.
    """

    url: str
    token: str
    username: str = ""
    password: str = ""
    sender: str = ""
    public_url: str = ""
    method: Method = "GET"
    parameters: Mapping[str, str] = field(default_factory=lambda: parameters_of(""))
    names: Names = Names()
    country: str = "MA"
    per_second: float = 10.0
    connect_timeout: float = 5.0
    timeout: float = 20.0

    def __post_init__(self) -> None:
        if not self.url or not self.token:
            raise ValueError("an SMS gateway needs its URL and a token")
        if self.method not in ("GET", "POST"):
            raise ValueError("an SMS gateway is called by GET or POST")

    def report_url(self, message_id: str) -> str:
        """Where Kannel says what became of this message; it fills in %d (type) and %A (the network's answer)."""
        if not self.public_url:
            return ""
        known = urlencode({"token": self.token, "message": message_id})
        return f"{self.public_url.rstrip('/')}/channels/sms/report?{known}&type=%d&answer=%A"


def parameters_of(template: str) -> dict[str, str]:
    """`to={to}&text={text}` as name → template; Kannel's where empty. Raises ValueError for an unknown {place}, or
    where nothing would say to whom and what.
    """
    found = dict(parse_qsl(template or KANNEL_PARAMETERS, keep_blank_values=True))
    whole = " ".join(found.values())
    bare = whole
    for placeholder in _PLACEHOLDERS:
        bare = bare.replace(f"{{{placeholder}}}", "")
    if "{" in bare or "}" in bare:
        raise ValueError(f"parameters of the SMS gateway know the places {', '.join(_PLACEHOLDERS)}")
    if "{to}" not in whole or "{text}" not in whole:
        raise ValueError("parameters of the SMS gateway name {to} and {text}")
    return found


def names_of(text: str) -> Names:
    """`sender=msisdn,text=body` as Names, the others as they are. Raises ValueError for an unknown one."""
    known = {each.name for each in fields(Names)}
    names: dict[str, str] = {}
    for pair in filter(None, text.replace(" ", "").split(",")):
        name, _, value = pair.partition("=")
        if name not in known or not value:
            raise ValueError(
                f"inbound names are written sender=from,text=body; known: {', '.join(sorted(known))}"
            )
        names[name] = value
    return Names(**names)
