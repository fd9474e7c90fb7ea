"""What the notifier works with here: words from the renderer, deliveries by the queue."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from channels.contract.capabilities import CAPABILITIES
from channels.queue.deferrer import Deferrer
from channels.wording.render import Renderer
from channels.wording.replies import to_records
from store.conversations import deliveries
from store.conversations.outbound import OutboundRecord
from store.conversations.replies import Reply
from store.outreach.notifier import Deliver, Notifier, Render
from store.tables import Message


def notifier_with(renderer: Renderer, deferrer: Deferrer) -> Notifier:
    """The notifier for every channel there is."""
    hours = {name: each.window_hours for name, each in CAPABILITIES.items() if each.window_hours}
    return Notifier(_render_with(renderer), _deliver_with(deferrer), hours)


def _deliver_with(deferrer: Deferrer) -> Deliver:
    """Defers the delivery of a stored message; where the person's side fetches messages, being there is being sent."""

    def deliver(session: Session, message: Message) -> None:
        if CAPABILITIES[message.channel].pushed:
            deferrer.delivery(session, message_id=message.id, conversation_id=message.conversation_id)
        else:
            deliveries.record_delivery(session, message.id, "sent")

    return deliver


def _render_with(renderer: Renderer) -> Render:
    """A reply in words of a variety, as a channel carries it."""

    def render(
        key: str,
        args: Mapping[str, Any],
        variety: str,
        channel: str,
        options: Sequence[Mapping[str, Any]] = (),
    ) -> OutboundRecord:
        capabilities = CAPABILITIES[channel]
        reply = Reply(key, args, options)
        rendered = renderer.render(reply, variety, capabilities.form, isolates=capabilities.isolates)
        return to_records([reply], [rendered], capabilities)[0]

    return render
