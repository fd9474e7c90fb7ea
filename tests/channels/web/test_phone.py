"""The phone's page: in two languages, with nothing from elsewhere and nothing inline."""

import json
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from channels.web import build_phone_router

LABELS = Path(__file__).parents[3] / "data" / "try" / "labels.json"


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    app.include_router(build_phone_router(LABELS))
    return TestClient(app)


@pytest.mark.parametrize(
    ("query", "accepts", "opening"),
    [
        ("?lang=fr", "ar", '<html lang="fr" dir="ltr">'),
        ("?lang=ar", "fr", '<html lang="ar" dir="rtl">'),
        ("", "ar-MA,fr;q=0.8", '<html lang="ar" dir="rtl">'),
        ("", "en,fr;q=0.8,ar;q=0.5", '<html lang="fr" dir="ltr">'),
        ("", "", '<html lang="fr" dir="ltr">'),
        ("?lang=<script>", "de", '<html lang="fr" dir="ltr">'),
    ],
)
def test_the_page_speaks_french_or_arabic(client: TestClient, query: str, accepts: str, opening: str) -> None:
    page = client.get(f"/try{query}", headers={"Accept-Language": accepts})
    assert page.status_code == 200
    assert opening in page.text


def test_nothing_comes_from_elsewhere_and_nothing_is_inline(client: TestClient) -> None:
    page = client.get("/try")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert not re.search(r"https?://|//[a-z]", page.text)
    assert not re.search(r"\son\w+=|\sstyle=|<style", page.text)
    assert re.findall(r"<script[^>]*>", page.text) == [
        '<script src="/try/phone.js" defer>',
        '<script type="application/json" id="labels">',
    ]
    for name in re.findall(r'(?:src|href)="(/try/[^"]+)"', page.text):
        assert client.get(name).status_code == 200


@pytest.mark.parametrize("name", ["../phone.py", "phone.html", "%2e%2e/phone.py"])
def test_only_the_files_of_the_page_are_served(client: TestClient, name: str) -> None:
    assert client.get(f"/try/{name}").status_code == 404


def test_every_label_of_the_script_exists() -> None:
    script = (Path(__file__).parents[3] / "channels/web/static/phone.js").read_text(encoding="utf-8")
    labels = json.loads(LABELS.read_text(encoding="utf-8"))
    assert set(re.findall(r"labels\.(\w+)", script)) <= set(labels["fr"])


def test_labels_that_differ_stop_the_start(tmp_path: Path) -> None:
    path = tmp_path / "labels.json"
    path.write_text('{"fr": {"a": "x"}, "ar": {}}', encoding="utf-8")
    with pytest.raises(ValueError, match="labels"):
        build_phone_router(path)
