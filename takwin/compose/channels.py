"""Which channels are on: each provider built from the settings that have its credentials."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from channels import kannel as sms
from channels import meta as whatsapp
from channels import telegram, twilio
from channels.contract.messages import Template
from channels.contract.periodic import Periodic
from channels.contract.provider import Provider
from channels.delivery.outbox import Words
from channels.intake.webhook import Webhook
from channels.queue.deferrer import Deferrer
from channels.wording import templates
from channels.wording.render import Renderer
from store.conversations.messages import last_inbound_at
from store.conversations.replies import Reply
from store.core.database import Database
from takwin.credentials import channel_credentials
from takwin.settings import ROOT, Settings

TEMPLATES = ROOT / "data" / "templates" / "whatsapp.json"


@dataclass(frozen=True)
class Channels:
    """The providers that are on, by name."""

    providers: Mapping[str, Provider]

    @property
    def periodic(self) -> tuple[Periodic, ...]:
        return tuple(each for provider in self.providers.values() for each in provider.periodic)

    async def close(self) -> None:
        """End every connection."""
        closing = [provider.close() for provider in self.providers.values() if provider.close is not None]
        await asyncio.gather(*closing, return_exceptions=True)


def build_channels(
    settings: Settings, database: Database, deferrer: Deferrer, executor: Executor | None = None
) -> Channels:
    """Every provider whose credentials are set. Raises ValueError for credentials that cannot work."""
    webhook = Webhook(database, deferrer, executor)
    on = {each.channel for each in channel_credentials(settings) if each.complete}
    makers: Mapping[str, Callable[[], Provider]] = {
        "WhatsApp Cloud API": lambda: whatsapp.build(whatsapp_config(settings), webhook),
        "Telegram": lambda: telegram.build(telegram_config(settings), webhook),
        "SMS gateway": lambda: sms.build(sms_config(settings), webhook),
    }
    built = [make() for name, make in makers.items() if name in on]
    if on & {"Twilio SMS", "Twilio WhatsApp"}:
        config = twilio_config(settings, on)
        built.append(twilio.build(config, webhook, database, partial(_last_inbound, database)))
    return Channels({provider.name: provider for provider in built})


def outbox_words(renderer: Renderer) -> Words:
    """The words of a channel's form: the label of a list, the approved templates."""
    forms = templates.load(TEMPLATES)

    def menu_label(variety: str) -> str:
        return renderer.render(Reply("list-label"), variety, isolates=False).text

    def template(key: str, variety: str, values: list[str]) -> Template:
        return templates.template_for(forms, key, variety, values)

    return Words(menu_label, template)


def telegram_config(settings: Settings) -> telegram.Config:
    return telegram.Config(
        settings.telegram_bot_token, settings.telegram_secret_token, settings.telegram_api_url
    )


def whatsapp_config(settings: Settings) -> whatsapp.Config:
    return whatsapp.Config(
        phone_number_id=settings.meta_phone_number_id,
        app_secret=settings.meta_app_secret,
        verify_token=settings.meta_verify_token,
        access_token=settings.meta_access_token,
        api_url=settings.meta_api_url,
    )


def sms_config(settings: Settings) -> sms.Config:
    return sms.Config(
        url=settings.sms_gateway_url,
        token=settings.sms_gateway_token,
        username=settings.sms_gateway_username,
        password=settings.sms_gateway_password,
        sender=settings.sms_gateway_from,
        public_url=public_address(settings),
        method=settings.sms_gateway_method,
        parameters=sms.parameters_of(settings.sms_gateway_parameters),
        names=sms.names_of(settings.sms_gateway_names),
        per_second=settings.sms_gateway_per_second,
    )


def twilio_config(settings: Settings, on: set[str]) -> twilio.Config:
    return twilio.Config(
        account_sid=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_token,
        public_url=public_address(settings),
        sms_from=settings.twilio_sms_from if "Twilio SMS" in on else "",
        whatsapp_from=settings.twilio_whatsapp_from if "Twilio WhatsApp" in on else "",
        api_url=settings.twilio_api_url,
        signing_key=settings.twilio_signing_key,
        templates=_pairs(settings.twilio_templates),
    )


def public_address(settings: Settings) -> str:
    """Our address as providers know it; without one, the one on this machine: for simulators beside us."""
    return settings.public_url.rstrip("/") or settings.address


def threads_for_webhooks() -> int:
    """Threads that store what webhooks bring; they mostly wait for the database."""
    return 4 + 2 * (os.cpu_count() or 1)


def _last_inbound(database: Database, channel: str) -> datetime | None:
    with database.session() as session:
        return last_inbound_at(session, channel, twilio.PROVIDER)


def _pairs(text: str) -> dict[str, str]:
    """`a=b,c=d` as a mapping. Raises ValueError."""
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if not all(sign for _, sign, _ in pairs):
        raise ValueError("TAKWIN_TWILIO_TEMPLATES is KEY:LANGUAGE=HX..., several separated by commas")
    return {name.strip(): value.strip() for name, _, value in pairs}
