"""What the Telegram channel is set up with."""

import re
from dataclasses import dataclass, field

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True)
class Config:
    """`token` is BotFather's, `secret_token` what every webhook call must bring (1 to 256 of A-Z a-z 0-9 _ -, which is
    what setWebhook takes). Neither is shown when the object is printed. Raises ValueError where one cannot be used.
    """

    token: str = field(repr=False)
    secret_token: str = field(repr=False)
    api_url: str = "https://api.telegram.org"

    def __post_init__(self) -> None:
        if not self.token:
            raise ValueError("Telegram needs the token of a bot")
        if not _SECRET.fullmatch(self.secret_token):
            raise ValueError("Telegram's secret token has 1 to 256 letters, digits, _ or -")
