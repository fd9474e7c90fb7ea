"""What we ask of Twilio, and what our account on loopback answers, held to Twilio's published specification."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from jsonschema import Draft202012Validator

from channels.contract.messages import Template
from channels.contract.provider import Provider
from tests.channels.simulators.twilio import TwilioSimulator
from tests.channels.twilio.conftest import AMINA, SMS_FROM, Ours, menu, message, sms
from tests.channels.twilio.test_backfill import WA_FROM, backfill_of
from tests.channels.twilio.test_sender import find

SPECIFICATION = Path("/work/shared/contract/providers/twilio_api_v2010_patched.json")
MESSAGES = "/2010-04-01/Accounts/{AccountSid}/Messages.json"

pytestmark = pytest.mark.skipif(not SPECIFICATION.exists(), reason="the specification is not on this machine")


@pytest.fixture(scope="module")
def specification() -> Any:
    return json.loads(SPECIFICATION.read_text(encoding="utf-8"))


def validator(specification: Any, schema: Any) -> Draft202012Validator:
    """OpenAPI 3.0 says `nullable` where JSON Schema has a type more."""

    def plain(part: Any) -> Any:
        if isinstance(part, list):
            return [plain(each) for each in part]
        if not isinstance(part, dict):
            return part
        known = {name: plain(value) for name, value in part.items() if name not in ("nullable", "example")}
        if part.get("nullable"):
            return {"anyOf": [known, {"type": "null"}]}
        return known

    return Draft202012Validator({**plain(schema), "components": plain(specification["components"])})


def test_every_message_is_one_that_twilio_documents(
    ours: Ours, twilio: TwilioSimulator, specification: Any
) -> None:
    twilio.contents["HX" + "c3" * 16] = {"types": {"twilio/text": {"body": "{{1}}"}}}
    ours.config = replace(ours.config, templates={"new_course:ar": "HX" + "c3" * 16})
    template = message("", template=Template("new_course", "ar", ("Amina",)))
    ours.send(sms("é" * 1600), message("سلام"), menu(3), menu(10, kind="list"), template)
    ours.config = replace(ours.config, sms_from="MG" + "b2" * 16)
    ours.send(sms())
    form = specification["paths"][MESSAGES]["post"]["requestBody"]["content"][
        "application/x-www-form-urlencoded"
    ]
    schema = {**form["schema"], "additionalProperties": False}
    check = validator(specification, schema)
    assert len(twilio.sent) == 6
    for _, path, raw in twilio.requests:
        if path.startswith("/2010-04-01"):
            body = {name: value[0] for name, value in parse_qs(raw.decode(), keep_blank_values=True).items()}
            assert list(check.iter_errors(body)) == []
            assert len([name for name in ("Body", "ContentSid") if name in body]) == 1
            assert len([name for name in ("From", "MessagingServiceSid") if name in body]) == 1


def test_every_lookup_is_one_that_twilio_documents(
    ours: Ours, twilio: TwilioSimulator, specification: Any
) -> None:
    async def look(provider: Provider) -> None:
        await backfill_of(provider).look(WA_FROM)

    find(ours, sms())
    ours.use(look)
    known = {
        each["name"]: validator(specification, each["schema"])
        for each in specification["paths"][MESSAGES]["get"]["parameters"]
        if each["in"] == "query"
    }
    asked = [parse_qs(urlsplit(path).query) for method, path, _ in twilio.requests if method == "GET"]
    assert len(asked) == 3
    for query in asked:
        for name, (value,) in query.items():
            assert list(known[name].iter_errors(int(value) if value.isdigit() else value)) == [], name
    assert asked[0]["DateSent>"][0].endswith("Z")


def test_the_account_on_loopback_answers_as_twilio_does(
    ours: Ours, twilio: TwilioSimulator, specification: Any
) -> None:
    import httpx

    ours.send(sms(), menu(2))
    twilio.write(AMINA, SMS_FROM, Body="salam")
    schema = specification["paths"][MESSAGES]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    auth = (ours.config.account_sid, ours.config.auth_token)
    url = twilio.url + MESSAGES.format(AccountSid=auth[0])
    answer = httpx.get(url, auth=auth, trust_env=False).json()
    assert len(answer["messages"]) == 3
    assert list(validator(specification, schema).iter_errors(answer)) == []
    assert httpx.get(url, auth=(auth[0], "wrong"), trust_env=False).status_code == 401
