"""WhatsApp through Meta's own Cloud API, in and out.

routes    the challenge, the signature, what is acknowledged
inbound   a signed body becomes messages, statuses and updates of addresses
outbound  a message becomes the body of one request
client    that request, and what Meta's answer means
errors    Meta's codes and what is done about each
"""

import logging

from channels.contract.provider import Limits, Provider
from channels.intake.webhook import Webhook
from channels.meta.client import CloudSender
from channels.meta.config import CHANNEL, PROVIDER, Config
from channels.meta.routes import build_router

#: 80 messages a second for a number, and to one person one every 6 seconds after 45 at once: Meta's "Throughput" and
#: "Pair rate limit" (developers.facebook.com/docs/whatsapp/cloud-api/overview).
LIMITS = Limits(per_second=80.0, per_person_every=6.0, per_person_burst=45)

__all__ = ["CHANNEL", "LIMITS", "PROVIDER", "CloudSender", "Config", "build"]


def build(config: Config, webhook: Webhook) -> Provider:
    """WhatsApp, on: its routes and its way out."""
    for name in ("httpx", "httpcore"):  # they log the address of every request
        logging.getLogger(name).setLevel(logging.WARNING)
    sender = CloudSender(config)
    return Provider(
        name=PROVIDER,
        router=build_router(config, webhook),
        senders={CHANNEL: sender},
        close=sender.close,
        limits=LIMITS,
    )
