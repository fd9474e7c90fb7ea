"""Which channels have the credentials they need, and which have only half of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from takwin.settings import Settings

NEEDED: Mapping[str, tuple[str, ...]] = {
    "Twilio SMS": ("twilio_account_sid", "twilio_auth_token", "twilio_sms_from"),
    "Twilio WhatsApp": ("twilio_account_sid", "twilio_auth_token", "twilio_whatsapp_from"),
    "WhatsApp Cloud API": (
        "meta_app_secret",
        "meta_verify_token",
        "meta_access_token",
        "meta_phone_number_id",
    ),
    "Telegram": ("telegram_bot_token", "telegram_secret_token"),
    "SMS gateway": ("sms_gateway_url", "sms_gateway_token"),
}
_SHARED = frozenset({"twilio_account_sid", "twilio_auth_token"})


@dataclass(frozen=True)
class ChannelCredentials:
    """A channel's credentials: the variables set and those missing."""

    channel: str
    present: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def half_set(self) -> bool:
        """Some are set and some missing; Twilio's account alone belongs to two channels and counts for neither."""
        return bool(self.missing) and bool(set(self.present) - _SHARED)


def variable(field: str) -> str:
    return f"TAKWIN_{field.upper()}"


def channel_credentials(settings: Settings) -> list[ChannelCredentials]:
    return [
        ChannelCredentials(
            channel,
            tuple(f for f in fields if getattr(settings, f)),
            tuple(f for f in fields if not getattr(settings, f)),
        )
        for channel, fields in NEEDED.items()
    ]
