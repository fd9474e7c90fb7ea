"""What can go wrong between a message and its answer, and what is then done about it.

ChannelError
├── RetryLater     the same step is tried again, later and later; the person waits
└── GiveUp         trying again cannot help; the message is put aside with its reason

A reason is a short code for operators ("engine-unreachable"). It never holds text of a message nor an
address.
"""


class ChannelError(Exception):
    """Base of both policies. `reason` is the code kept with the message and written to the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RetryLater(ChannelError):
    """The step may succeed later: a server is down, a limit was reached, an answer did not come in time."""


class GiveUp(ChannelError):
    """The step cannot succeed: the request itself is refused."""
