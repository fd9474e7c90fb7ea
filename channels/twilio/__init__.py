"""Twilio: SMS and WhatsApp, in and out.

`signature` and `routes` let in what Twilio signed; `inbound` and `statuses` read it; `sender` sends, with buttons and
lists by `shapes` and `forms`; `errors` has a policy for each code; `backfill` fetches what no call brought; `transport`
carries the SDK.
"""

from twilio.rest import Client

from channels.contract.provider import Limits, Provider
from channels.intake.webhook import Webhook
from channels.twilio.addresses import SMS, WHATSAPP, twilio_address
from channels.twilio.backfill import Backfill, LastInbound
from channels.twilio.config import Config
from channels.twilio.forms import Forms
from channels.twilio.inbound import PROVIDER
from channels.twilio.routes import build_router
from channels.twilio.seen import Seen
from channels.twilio.sender import TwilioSender
from channels.twilio.transport import Transport
from store.conversations.deliveries import find_sent
from store.core.database import Database

__all__ = ["PROVIDER", "Config", "LastInbound", "build"]

#: To one person on WhatsApp: one message in six seconds, after 45 at once (Meta's error 131056). To all: what a
#: WhatsApp sender takes at least; beyond a number's own speed Twilio queues.
LIMITS = Limits(per_second=50.0, per_person_every=6.0, per_person_burst=45)


def build(
    config: Config, webhook: Webhook, database: Database, last_inbound: LastInbound | None = None
) -> Provider:
    """Twilio as it is set up: a channel for each sender of the config. `last_inbound`, asked now and before any route
    serves, tells from when on messages may be missing; without it they are looked for ten minutes back.
    """
    transport = Transport(config.api_url)
    client = Client(
        config.account_sid,
        config.auth_token,
        http_client=transport,
        # Not from the environment: a region or an edge would be another address than the configured one.
        environment={"TWILIO_REGION": "", "TWILIO_EDGE": ""},
    )
    forms = Forms(client, database, config.account_sid)

    def claimed(channel: str, sid: str) -> str | None:
        with database.session() as session:
            found = find_sent(session, channel, sid)
            return None if found is None else str(found.id)

    numbers = {SMS: config.sms_from, WHATSAPP: config.whatsapp_from}
    senders = {
        channel: TwilioSender(channel, number, client, forms, config, claimed)
        for channel, number in numbers.items()
        if number
    }
    receiving = {
        twilio_address(channel, number): None if last_inbound is None else last_inbound(channel)
        for channel, number in numbers.items()
        if _receives(channel, number)
    }
    seen = Seen()
    backfill = Backfill(client, webhook, receiving, seen)
    return Provider(
        name=PROVIDER,
        router=build_router(config, webhook, seen),
        senders=senders,
        periodic=[backfill.periodic] if receiving else [],
        close=transport.close,
        limits=LIMITS,
    )


def _receives(channel: str, number: str) -> bool:
    """A number can be written to; a name or a Messaging Service cannot."""
    return (
        bool(number) and not number.startswith("MG") and (channel == WHATSAPP or number.lstrip("+").isdigit())
    )
