"""What must hold of every page's HTML."""

import re
import warnings
from collections import Counter
from xml.etree.ElementTree import Element

import html5lib

_FIELDS = ("input", "select", "textarea")


def check(html: str, language: str) -> Element:
    """The parsed page. Fails for invalid HTML5, doubled ids, fields without label, and more or less than one h1."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        root: Element = parser.parse(html)
    assert root.get("lang") == language
    assert root.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert len(list(root.iter("h1"))) == 1
    assert "".join(next(root.iter("title")).itertext()).strip()
    ids = Counter(each.get("id") for each in root.iter() if each.get("id"))
    assert not [name for name, times in ids.items() if times > 1]
    labelled = {each.get("for") for each in root.iter("label")}
    assert {each for each in labelled if each} <= set(ids)
    inside = {id(each) for label in root.iter("label") for each in label.iter() if each.tag in _FIELDS}
    for tag in _FIELDS:
        for field in root.iter(tag):
            if field.get("type") != "hidden":
                assert field.get("id") in labelled or id(field) in inside, field.attrib
    for link in (*root.iter("a"), *root.iter("button")):
        said = "".join(link.itertext()).strip()
        assert said or link.get("aria-label"), link.attrib
    for name in ("aria-labelledby", "aria-describedby"):
        assert {each.get(name) for each in root.iter() if each.get(name)} <= set(ids)
    _no_inline_code(root, html)
    return root


def _no_inline_code(root: Element, html: str) -> None:
    """Nothing that the content security policy would stop."""
    for each in root.iter():
        assert each.tag != "style"
        assert "style" not in each.attrib
        assert not [name for name in each.attrib if name.startswith("on")]
        assert not re.match(r"(https?:)?//", each.get("src") or "")
        if each.tag == "script":
            assert each.get("src")
    for address in re.findall(r'<link[^>]+href="([^"]+)"', html):
        assert address.startswith("/console/static/")


def texts(root: Element) -> str:
    """All that a page says."""
    return "\n".join(text.strip() for text in root.itertext() if text.strip())
