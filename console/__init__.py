"""The advisers' web pages."""

from console.building import build_console
from console.web.services import ChannelFacts, ConsoleServices, PasswordCost, SegmentCount, TemplateText

__all__ = [
    "ChannelFacts",
    "ConsoleServices",
    "PasswordCost",
    "SegmentCount",
    "TemplateText",
    "build_console",
]
