"""What Twilio's door needs to know: the account, the numbers, our public address."""

from collections.abc import Mapping
from dataclasses import dataclass, field

API_URL = "https://api.twilio.com"
CONTENT_URL = "https://content.twilio.com"


@dataclass(frozen=True)
class Config:
    """The account and its senders; a sender left empty leaves its channel off.

    `public_url` is our address as Twilio calls it: signatures are computed over it, and no request may say what it is.
    `sms_from` is a number, an alphanumeric sender or a Messaging Service (MG...). `signing_key` is the secret of a
    shared key, for accounts whose webhooks are signed with one instead of the auth token. `templates` gives the
    ContentSid (HX...) of each approved template, under "<key>:<language>". `api_url` other than Twilio's own gets every
    call, those of the Content API too.
    """

    account_sid: str
    auth_token: str
    public_url: str
    sms_from: str = ""
    whatsapp_from: str = ""
    api_url: str = API_URL
    signing_key: str = ""
    templates: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (self.account_sid and self.auth_token and self.public_url):
            raise ValueError("Twilio needs the account SID, the auth token and the public URL")

    def public(self, path: str) -> str:
        """One of our routes as Twilio calls it."""
        return self.public_url.rstrip("/") + path
