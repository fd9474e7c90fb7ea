"""SMS through a plain HTTP gateway, Kannel-style: what operators and aggregators in Morocco offer for two-way SMS.

    GET, POST /channels/sms          a message came in: from, to, text, id and the shared token
    GET, POST /channels/sms/report   what became of one of ours: token, message, type

The runbook (docs/runbook/sms-gateway.md) shows the set-up with Kannel.
"""

from channels.contract.provider import Limits, Provider
from channels.intake.webhook import Webhook
from channels.kannel.config import Config, Names, names_of, parameters_of
from channels.kannel.outbound import GatewaySender
from channels.kannel.routes import build_router

__all__ = ["Config", "Names", "build", "names_of", "parameters_of"]


def build(config: Config, webhook: Webhook) -> Provider:
    """The gateway as the application uses it."""
    sender = GatewaySender(config)
    return Provider(
        name="sms-gateway",
        router=build_router(config, webhook),
        senders={"sms": sender},
        close=sender.close,
        limits=Limits(per_second=config.per_second, per_person_every=1.0, per_person_burst=3),
    )
