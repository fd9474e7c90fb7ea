"""What operators watch: messages in, turns, deliveries. Labels are codes and channels, never people."""

from prometheus_client import Counter, Histogram

INBOUND = Counter("takwin_inbound_messages", "Messages stored from providers.", ["channel"])
REPEATED = Counter("takwin_repeated_messages", "Messages a provider delivered again.", ["channel"])
REFUSED = Counter("takwin_webhooks_not_stored", "Webhook calls answered 503: the provider sends again.")
TURNS = Counter("takwin_turns", "Turns by how they ended.", ["outcome"])
TURN_SECONDS = Histogram(
    "takwin_turn_seconds",
    "From taking a message to its answer being stored.",
    buckets=(0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15, 60),
)
DELIVERIES = Counter("takwin_deliveries", "Deliveries by how they ended.", ["channel", "outcome"])
PUT_ASIDE = Counter("takwin_put_aside", "Messages put aside, by reason.", ["reason"])
