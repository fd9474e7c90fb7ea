"""Settings: one frozen object, read once from the environment and `.env`.

Every field names its variable and says what it is for; README's table is checked against this file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from channels.worker.pace import AT_ONCE

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: data/, models/, bot/ and var/ stand in it."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseSettings):
    """What an operator may set. Empty means: not set, and what it would switch on stays off."""

    model_config = SettingsConfigDict(
        env_file=ROOT / ".env", env_prefix="TAKWIN_", frozen=True, extra="ignore", populate_by_name=True
    )

    host: str = Field(
        "127.0.0.1", description="Address to serve on; anything but loopback needs a TLS proxy."
    )
    port: int = Field(8000, validation_alias="PORT", description="Port to serve on (variable PORT).")
    public_url: str = Field("", description="The address providers call, as they know it: https://...")
    secret: str = Field("", description="Signs turns and encrypts addresses; made under var/ when not set.")
    database_url: str = Field("", description="A PostgreSQL of yours; embedded under var/ when not set.")
    tracker_url: str = Field(
        "", description="The engine's own database; `takwin_tracker` beside ours when not set."
    )
    engine_url: str = Field(
        "", description="Engines already running, comma-separated; a child process when not set."
    )
    engine_port: int = Field(0, description="Port of the engine as a child; a free one when 0.")
    model: Path | None = Field(
        None, description="A trained model to use whatever the present data; for trials."
    )
    web_channel: bool | None = Field(None, description="The web phone; on by default only on loopback.")
    var: Path = Field(ROOT / "var", description="Where data, logs and secrets of this installation are kept.")
    assistant: bool = Field(
        True, description="Off: messages are kept for advisers, who answer; people are told."
    )
    workers: int = Field(AT_ONCE, ge=1, description="Turns and deliveries taken at once by this process.")

    keep_people_days: int = Field(
        730,
        ge=30,
        le=730,
        description="Days after which somebody who writes no more is erased; 730 are promised.",
    )
    keep_profiles_days: int = Field(
        730, ge=400, le=730,
        description="Days from their consent for which name, place and education are kept; 730 are promised.",
    )  # fmt: skip
    keep_messages_days: int = Field(
        730, ge=7, le=730, description="Days for which messages, notes and closed requests are kept."
    )
    keep_urgent_days: int = Field(
        365, ge=30, le=730, description="Days for which calls for help are kept after they are closed."
    )
    keep_raw_days: int = Field(
        90, ge=7, description="Days for which what providers sent is kept as it came, encrypted."
    )
    keep_audit_days: int = Field(1825, ge=365, description="Days for which it is kept who read and did what.")

    twilio_account_sid: str = Field("", description="Twilio account (AC...).")
    twilio_auth_token: str = Field("", description="Twilio auth token, also checks Twilio's signatures.")
    twilio_sms_from: str = Field("", description="Twilio number for SMS.")
    twilio_whatsapp_from: str = Field("", description="Twilio sender for WhatsApp.")
    twilio_signing_key: str = Field(
        "", description="Secret of Twilio's shared key, where webhooks are signed with one (SHA-256)."
    )
    twilio_templates: str = Field(
        "", description="Approved templates: NAME:LANGUAGE=HX..., several separated by commas."
    )
    twilio_api_url: str = Field("https://api.twilio.com", description="Twilio's API; a simulator in tests.")
    meta_app_secret: str = Field("", description="WhatsApp Cloud API: app secret, checks Meta's signatures.")
    meta_verify_token: str = Field(
        "", description="WhatsApp Cloud API: the word Meta's challenge must bring."
    )
    meta_access_token: str = Field("", description="WhatsApp Cloud API: access token.")
    meta_phone_number_id: str = Field("", description="WhatsApp Cloud API: id of the sending number.")
    meta_api_url: str = Field(
        "https://graph.facebook.com/v23.0", description="Meta's API; a simulator in tests."
    )
    telegram_bot_token: str = Field("", description="Telegram: token from @BotFather.")
    telegram_secret_token: str = Field("", description="Telegram: the secret its webhooks must bring.")
    telegram_api_url: str = Field(
        "https://api.telegram.org", description="Telegram's API; a simulator in tests."
    )
    sms_gateway_url: str = Field("", description="A two-way SMS gateway (Kannel-style): where to send.")
    sms_gateway_token: str = Field("", description="The token its inbound calls must bring.")
    sms_gateway_username: str = Field("", description="Account at the gateway.")
    sms_gateway_password: str = Field("", description="Password at the gateway.")
    sms_gateway_from: str = Field("", description="Our short code or number.")
    sms_gateway_method: Literal["GET", "POST"] = Field("GET", description="How the gateway is called.")
    sms_gateway_parameters: str = Field(
        "", description="What the gateway is sent: to={to}&text={text}...; Kannel's sendsms when empty."
    )
    sms_gateway_names: str = Field(
        "", description="Names of its inbound parameters where they differ: sender=msisdn,text=body..."
    )
    sms_gateway_per_second: float = Field(10.0, description="SMS a second that the gateway takes.")
    sms_price: float = Field(0.0, description="What one SMS segment costs, in dirhams; for the figures.")
    sms_budget: int = Field(
        30, description="SMS segments to one person after which the console warns; 0 never warns."
    )

    @property
    def on_loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def web_channel_on(self) -> bool:
        return self.on_loopback if self.web_channel is None else self.web_channel

    @property
    def engine_urls(self) -> tuple[str, ...]:
        return tuple(url.strip().rstrip("/") for url in self.engine_url.split(",") if url.strip())

    @property
    def address(self) -> str:
        """Where a person on this machine finds the app."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 - compared, not bound
        return f"http://{host}:{self.port}"
