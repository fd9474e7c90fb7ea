"""What a page is refused with; the route turns it into a page of its own."""


class Refusal(Exception):
    """A request that is not served: an HTTP status, and why (a key of words)."""

    def __init__(self, status: int, key: str) -> None:
        self.status = status
        self.key = key
        super().__init__(key)


class SignInNeeded(Refusal):
    """Nobody is signed in; `to` is where that can be done."""

    def __init__(self, to: str) -> None:
        self.to = to
        super().__init__(401, "refused-sign-in")


def not_found() -> Refusal:
    """There is no such thing, or it is not theirs to see: nobody learns which."""
    return Refusal(404, "refused-not-found")
