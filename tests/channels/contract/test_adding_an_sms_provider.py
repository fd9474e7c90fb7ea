"""docs/adding/sms-provider.md, followed: who writes through a new provider of SMS is answered through it."""

from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from channels.contract.messages import Outbound
from channels.contract.provider import Provider, Sent
from channels.delivery.outbox import Outbox
from channels.intake.webhook import Webhook
from tests.channels.conftest import TRIES, World
from tests.channels.contract.test_adding_a_channel import TOKEN, Pager, code_of_the_page, served
from tests.house.test_guides import block

GUIDE = "sms-provider"


class Another:
    """The way out of another provider of SMS, which is on too."""

    def __init__(self) -> None:
        self.sent: list[Outbound] = []

    async def send(self, message: Outbound) -> Sent:
        self.sent.append(message)
        return Sent()


@pytest.fixture
def page() -> dict[str, Any]:
    """The code of both guides: routes and sender are written as for any channel."""
    code = code_of_the_page()
    code["AggregatorSender"] = code["PagerSender"]
    for file in ("channels/aggregator/inbound.py", "channels/aggregator/__init__.py"):
        exec(block(GUIDE, file), code)
    return code


def test_a_person_is_answered_through_whom_they_wrote_to(world: World, page: dict[str, Any]) -> None:
    service, another = Pager(), Another()
    with served(service.app) as url:
        provider = page["build"](f"{url}/send", TOKEN, Webhook(world.database, world.deferrer))
        other = Provider("another", SimpleNamespace(), {"sms": another})  # type: ignore[arg-type]
        world.outbox = Outbox(world.database, {"another": other, "aggregator": provider}, tries=TRIES)
        app = FastAPI()
        app.include_router(provider.router)
        client = TestClient(app)
        for written in ("00212600000001", "212600000001"):
            body = {"id": "1", "from": written, "text": "je cherche une formation"}
            assert client.post("/channels/pager", json=body, headers={"X-Pager-Token": TOKEN}).is_success
        number = "+212600000001"
        world.work_until(lambda: bool(service.sent) and world.outbox_is_empty("sms", number))
    assert [each["to"] for each in service.sent] == [number]
    assert another.sent == []
