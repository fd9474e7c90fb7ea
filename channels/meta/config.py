"""What WhatsApp needs to be on."""

from dataclasses import dataclass, field

CHANNEL = "whatsapp"
PROVIDER = "whatsapp-cloud"


@dataclass(frozen=True)
class Config:
    """As the TAKWIN_META_* settings give it. `phone_number_id` is Meta's id of our number, not the number; `api_url`
    ends in the version. Times are in seconds.
    """

    phone_number_id: str
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    access_token: str = field(repr=False)
    api_url: str = "https://graph.facebook.com/v23.0"
    connect_timeout: float = 5.0
    total_timeout: float = 20.0
