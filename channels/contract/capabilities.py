"""What each channel can carry, as its provider documents it."""

from collections.abc import Mapping

from channels.contract.messages import FULL, SMS, Capabilities

WHATSAPP = Capabilities(
    form=FULL,
    max_text=4096,
    max_text_with_options=1024,  # the body of an interactive message
    isolates=True,
    max_buttons=3,
    button_title=20,
    max_rows=10,
    row_title=24,
    row_description=72,
    one_message_a_turn=True,  # each one is charged since October 2026
    window_hours=24,
    may_arrive_disordered=True,
)

TELEGRAM = Capabilities(
    form=FULL,
    max_text=4096,
    isolates=True,
    max_buttons=12,  # one under another; more would push the question off a small screen
    button_title=60,
    max_rows=0,
    row_title=0,
)

PLAIN_SMS = Capabilities(
    form=SMS,
    max_text=670,  # ten segments of Arabic, the most that networks put together reliably
    isolates=False,
    max_buttons=0,
    button_title=0,
    max_rows=0,
    row_title=0,
    one_message_a_turn=True,
    counts_segments=True,
    may_arrive_disordered=True,
)

WEB = Capabilities(
    form=FULL,
    max_text=16_384,
    isolates=True,
    max_buttons=50,
    button_title=200,
    max_rows=0,
    row_title=0,
    pushed=False,
)

CAPABILITIES: Mapping[str, Capabilities] = {
    "whatsapp": WHATSAPP,
    "telegram": TELEGRAM,
    "sms": PLAIN_SMS,
    "web": WEB,
}
