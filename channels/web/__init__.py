"""The web channel: its API, and the phone page that shows a conversation as other channels would."""

from channels.web.api import build_web_router
from channels.web.phone import build_phone_router

__all__ = ["build_phone_router", "build_web_router"]
