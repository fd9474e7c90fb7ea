"""Telegram, in and out, over the Bot API (https://core.telegram.org/bots/api) through python-telegram-bot.

In: `routes` checks the secret, `inbound` and `media` read the update, the door stores it, `callbacks` answers a button.
Out: `outbound` makes one call of one message, `errors` says what a failure means. `webhook` is for the operator.
"""

from channels.contract.provider import Limits, Provider
from channels.intake.webhook import Webhook
from channels.telegram.api import MESSAGES_PER_SECOND, close_bot, open_bot
from channels.telegram.callbacks import Callbacks
from channels.telegram.config import Config
from channels.telegram.inbound import CHANNEL, PROVIDER
from channels.telegram.outbound import TelegramSender
from channels.telegram.routes import build_router

__all__ = ["Config", "build"]

#: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: a message a second in one chat,
#: short bursts allowed; 30 a second over all chats.
LIMITS = Limits(per_second=MESSAGES_PER_SECOND, per_person_every=1.0, per_person_burst=3)


def build(config: Config, webhook: Webhook) -> Provider:
    """The provider. It calls nobody before there is something to send."""
    bot = open_bot(config)
    callbacks = Callbacks(bot)

    async def close() -> None:
        await callbacks.close()
        await close_bot(bot)

    return Provider(
        name=PROVIDER,
        router=build_router(config.secret_token, webhook, callbacks.answer),
        senders={CHANNEL: TelegramSender(bot)},
        close=close,
        limits=LIMITS,
    )
