"""A stock Rasa server with its own Twilio connector, run by the engine's Python; only Twilio's address is another.

    python -m benchmarks.stock.server MODEL.tar.gz PORT TWILIO_URL [TRACKER_URL ACTIONS_URL]

Without a tracker's URL conversations are kept in memory, as Rasa does by default.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

CREDENTIALS = """twilio:
  account_sid: "{account}"
  auth_token: "{token}"
  twilio_number: "{number}"
"""
ENDPOINTS = """tracker_store:
  type: SQL
  dialect: postgresql
  url: "{tracker}"
action_endpoint:
  url: "{actions}"
"""


def main() -> None:
    model, port, api = sys.argv[1:4]
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints
    from twilio.rest import Client

    from benchmarks.rig.wires import Twilio

    Client.get_hostname = lambda self, uri: uri.replace("https://api.twilio.com", api)  # noqa: ARG005
    with tempfile.TemporaryDirectory() as at:
        credentials, endpoints = Path(at) / "credentials.yml", Path(at) / "endpoints.yml"
        credentials.write_text(
            CREDENTIALS.format(account=Twilio.account, token=Twilio.token, number=Twilio.number)
        )
        given = sys.argv[4:6]
        endpoints.write_text(ENDPOINTS.format(tracker=given[0], actions=given[1]) if given else "")
        serve_application(
            model_path=model,
            interface="127.0.0.1",
            port=int(port),
            credentials=str(credentials),
            endpoints=AvailableEndpoints.read_endpoints(str(endpoints)),
        )


if __name__ == "__main__":
    main()
