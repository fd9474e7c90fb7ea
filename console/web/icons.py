"""Line icons, drawn here: 20 by 20, in the colour of the text around them."""

from markupsafe import Markup

_PATHS = {
    "whatsapp": "M3.5 16.5l1.1-3.4A7 7 0 1 1 7 15.5zM7.5 7.2c0 3 2.3 5.3 5.3 5.3",
    "telegram": "M17 3.5L2.8 9.2l4.4 1.6L17 3.5zM17 3.5L14.4 16l-4.6-3.4M7.2 10.8l.6 4.7 2-2.9",
    "sms": "M3 4h14v9.5H9.5L6 16.8v-3.3H3zM6.5 8.7h.1M10 8.7h.1M13.5 8.7h.1",
    "web": "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM3 10h14M10 3c2.4 2.2 2.4 11.8 0 14M10 3c-2.4 2.2-2.4 11.8 0 14",
    "clock": "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4l2.6 1.8",
    "person": "M10 3.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM4 16.5c.6-3.3 3-5 6-5s5.4 1.7 6 5",
    "pin": "M10 17.5s-5.2-5-5.2-8.8a5.2 5.2 0 0 1 10.4 0c0 3.8-5.2 8.8-5.2 8.8zM10 6.9a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8z",  # noqa: E501
    "search": "M8.8 3.5a5.3 5.3 0 1 0 0 10.6 5.3 5.3 0 0 0 0-10.6zM12.8 12.8l4 4",
    "flag": "M5 17V3.5M5 4.2c3-1.6 6 1.6 9.5 0v6.6c-3.5 1.6-6.5-1.6-9.5 0",
    "tag": "M3.5 3.5h6l7 7-6 6-7-7zM7 7h.1",
    "note": "M4.5 3.5h11v9l-3.5 4H4.5zM12 16.3v-4h3.4M7 7h6M7 10h3.5",
    "back": "M12.5 4l-6 6 6 6",
    "forward": "M7.5 4l6 6-6 6",
    "check": "M4 10.5l4 4 8-9",
    "sent": "M4 10.5l4 4 8-9",
    "delivered": "M2.5 10.5l4 4 8-9M9.8 14l.7.5 7.5-8.5",
    "failed": "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6.2v4.6M10 13.6h.1",
    "menu": "M3 5.5h14M3 10h14M3 14.5h14",
    "filter": "M3 5h14M5.5 10h9M8 15h4",
    "eye": "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z",
    "spark": "M10 3l1.6 4.6L16 9.4l-4.4 1.8L10 16l-1.6-4.8L4 9.4l4.4-1.8z",
    "out": "M8 3.5H4v13h4M12.5 6.5L16 10l-3.5 3.5M16 10H8",
}  # fmt: skip
_FOLLOW_READING = ("back", "forward", "out", "telegram")


def icon(name: str) -> Markup:
    """An icon beside words that say the same: screen readers pass over it. An unknown name draws nothing."""
    path = _PATHS.get(name)
    if path is None:
        return Markup("")
    turns = " turns" if name in _FOLLOW_READING else ""
    return Markup('<svg class="icon{}" viewBox="0 0 20 20" aria-hidden="true"><path d="{}"/></svg>').format(
        turns, path
    )
