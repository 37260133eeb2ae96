"""Signing in at every level, by every person, and coming back with something else than a good answer."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.accounts.conftest import Browser

LEVELS = [("none", "pwd"), ("basic", "pwd"), ("substantial", "elster"), ("high", "eid")]


def reason(address: str) -> str:
    parts = urlsplit(address)
    assert parts.path.endswith("/anmelden")
    return parse_qs(parts.query)["grund"][0]


@pytest.mark.parametrize(
    ("person", "level", "method", "name"),
    [
        ("thi-anh", "high", "eid", "Thị Ánh Nguyễn"),
        ("cagla", "substantial", "elster", "Çağla Işıl Karaağaçlı-Şahin"),
        ("mulyani", "substantial", "elster", "Mulyani"),
        ("rim", "basic", "pwd", "Rīm al-Ḥaddād"),
        ("jonne", "basic", "pwd", "Jonne Fritz Brodersen"),
    ],
)
def test_everybody_signs_in_at_their_level(browser: Browser, person: str, level: str, method: str, name: str) -> None:
    assert browser.sign_in(person, level, asked=level) == "/de"
    session = browser.session()
    assert (session["signed_in"], session["kind"], session["level"]) == (True, "citizen", level)
    assert (session["method"], session["name"]) == (method, name)


def test_the_wanted_page_comes_next_in_the_wanted_language(browser: Browser) -> None:
    to = {"page": "draft", "params": {"service": "gewerbe", "draft": "00000000-0000-4000-8000-000000000000"}}
    location = browser.start("basic", return_to=to, language="uk")
    assert browser.come_back(browser.idp.sign_in(location)) == (
        "/uk/antrag/gewerbe/00000000-0000-4000-8000-000000000000"
    )
