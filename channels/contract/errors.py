"""What can go wrong between a message and its answer, and what is then done about it.

ChannelError
├── RetryLater     the same step is tried again, later and later; the person waits
│   └── Ambiguous  it may have happened after all: it is looked up before it is done again
└── GiveUp         trying again cannot help; the message is put aside with its reason

A reason is a short code for operators ("engine-unreachable"). It never holds text of a message nor an
address.
"""

from uuid import UUID

from channels.contract.messages import Refusal


class ChannelError(Exception):
    """Base of all policies. `reason` is the code kept with the message and written to the log.

    `message_id` is filled in where the error speaks of another message than the one that was asked for.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.message_id: UUID | None = None


class RetryLater(ChannelError):
    """The step may succeed later: a server is down, a limit was reached, an answer did not come in time.

    `after`: seconds the provider asked us to wait. `counts`: whether it speaks against this very message; a server that
    nobody reaches, or that answers nobody, does not (`channels/turn/engine.py`), and such tries go on for as long as
    the message is worth an answer.
    """

    def __init__(self, reason: str, *, after: float | None = None, counts: bool = True) -> None:
        super().__init__(reason)
        self.after = after
        self.counts = counts


class Ambiguous(RetryLater):
    """A request was sent and no answer came: the provider may have taken the message."""


class GiveUp(ChannelError):
    """The step cannot succeed: the request itself is refused. `refusal`: what this says of the address."""

    def __init__(self, reason: str, *, refusal: Refusal | None = None) -> None:
        super().__init__(reason)
        self.refusal = refusal
