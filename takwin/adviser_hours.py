"""When advisers are there, as this installation has it."""

from store.advisers.hours import Hours, read_hours
from takwin.settings import ROOT

_FILE = ROOT / "data" / "console" / "hours.json"


def adviser_hours() -> Hours:
    """When advisers are there, as data/console/hours.json says."""
    return read_hours(_FILE)
