"""The portal's addresses over HTTP: language, title, status, redirects, files, no script or style inside the page."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from backend.core.db import db
from backend.core.i18n import LANGUAGES, direction
from backend.core.security import new_reference
from backend.core.settings import Settings
from backend.shell import directory, events
from backend.shell.directory import Directories
from backend.shell.pages import EXTENSION
from backend.shell.portal import Portal
from backend.shell.shells import BadShellError, PortalNotBuilt, Shells
from tests.catalogue.conftest import SMALL, import_now

MakeApp = Callable[..., Flask]
SHELL = """<!doctype html>
<html lang="{lang}" dir="{dir}">
  <head>
    <meta charset="utf-8">
    <title>Amtsweg: Portal {lang}</title>
    <script type="module" crossorigin src="/assets/index-AbC123.js"></script>
  </head>
  <body><div id="root"></div><noscript><p>115</p><!--offices--></noscript></body>
</html>
"""


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built portal in miniature."""
    built = tmp_path_factory.mktemp("dist")
    (built / "shells").mkdir(parents=True)
    (built / "assets").mkdir()
    for lang in LANGUAGES:
        page = SHELL.format(lang=lang, dir=direction(lang))
        (built / f"shells/{lang}.html").write_text(page, encoding="utf-8")
    staff = SHELL.format(lang="de", dir="ltr").replace("<!--offices-->", "")
    (built / "shells/amt.html").write_text(staff, encoding="utf-8")
    (built / "assets/index-AbC123.js").write_bytes(b"let a = 1;")
    (built / "assets/index-AbC123.js.gz").write_bytes(gzip.compress(b"let a = 1;"))
    (built / "assets/font-1.woff2").write_bytes(b"wOF2")
    (built / "assets/notes.php").write_bytes(b"not for you")
    return built


@pytest.fixture(scope="module")
def running(dist: Path, app: Flask) -> Flask:
    """The application on the small catalogue, with that portal."""
    app.extensions[EXTENSION] = Portal(dist)
    import_now(app, SMALL)
    return app


@pytest.fixture(scope="module")
def settings(settings: Settings) -> Settings:
    """A public address that is another one than the Host header's."""
    return replace(settings, public_url="https://termine.example.org", demo=True)


@pytest.fixture
def portal(running: Flask) -> FlaskClient:
    """A client of that portal, which has read nothing of the catalogue yet."""
    shell: Portal = running.extensions[EXTENSION]
    shell.directories = Directories(lambda: db.session)
    return running.test_client()


class Reader(HTMLParser):
    """Collects what the tests ask a page for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def first(self, tag: str, **wanted: str) -> dict[str, str | None] | None:
        return next((a for t, a in self.tags if t == tag and wanted.items() <= a.items()), None)


def title(page: str) -> str:
    found = re.search("<title>(.*)</title>", page)
    assert found
    return found[1]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["", "suche", "leistungen/personalausweis", "standorte/hb-mitte", "lage/umzug"])
def test_every_address_has_its_language_and_direction(portal: FlaskClient, lang: str, path: str) -> None:
    answer = portal.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    assert answer.content_type == "text/html; charset=utf-8"
    html = Reader(answer.text).first("html")
    assert html is not None
    assert (html["lang"], html["dir"]) == (lang, "rtl" if lang == "ar" else "ltr")
    assert answer.headers["Content-Language"] == lang


def test_titles_say_what_the_page_is(portal: FlaskClient) -> None:
    assert title(portal.get("/de/").text) == "Amtsweg: Portal de"
    assert title(portal.get("/en/suche").text) == "Search - Amtsweg"
    assert title(portal.get("/en/leistungen/wohnsitz-anmelden").text) == "Register your address - Amtsweg"
    assert title(portal.get("/de/standorte/hb-mitte").text) == "BürgerServiceCenter-Mitte - Amtsweg"
    assert title(portal.get("/ar/buchen/zeit?service=x:1").text) == "حجز موعد - Amtsweg"


@pytest.mark.parametrize(
    "path",
    [
        "/de/gibt-es-nicht",
        "/de/leistungen/gibt-es-nicht",
        "/de/standorte/gibt-es-nicht",
        "/de/lage/gibt-es-nicht",
        "/de/termin/KEINE-NUMMER",
        "/de/buchen/x",
        "/fr/",
        "/gibt/es/nicht",
        "/de//suche",
        "/wp-login.php",
        "/.env",
        "/leistung/99999999999999",
        "/leistung/abc",
    ],
)
def test_unknown_addresses_are_404_and_load_the_shell(portal: FlaskClient, path: str) -> None:
    answer = portal.get(path)
    assert answer.status_code == 404
    assert title(answer.text) == "Diese Seite gibt es nicht - Amtsweg"
    assert "index-AbC123.js" in answer.text
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("path", ["//evil.example/de", "//de/", "/de//", "/\\evil.example"])
def test_no_address_leads_to_another_host(portal: FlaskClient, path: str) -> None:
    answer = portal.get("/", environ_overrides={"PATH_INFO": path, "HTTP_HOST": "evil.example"})
    assert answer.status_code in (200, 308, 404)
    assert answer.headers.get("Location", "/de/") == "/de/"


def test_the_404_page_outside_a_language_is_in_the_persons_language(portal: FlaskClient) -> None:
    answer = portal.get("/nichts", headers={"Accept-Language": "uk"})
    assert title(answer.text) == "Такої сторінки немає - Amtsweg"
    assert answer.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1/nichts", "/api/v2", "/health/nichts", "/assets/nichts.js"])
def test_machines_get_problem_documents_instead(portal: FlaskClient, path: str) -> None:
    answer = portal.get(path)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    ("accepted", "target"), [("ar,en;q=0.5", "/ar/"), ("fr,en;q=0.5", "/en/"), ("", "/de/"), ("tr-TR", "/tr/")]
)
def test_the_root_leads_to_the_persons_language(portal: FlaskClient, accepted: str, target: str) -> None:
    answer = portal.get("/", headers={"Accept-Language": accepted, "Host": "evil.example"})
    assert (answer.status_code, answer.headers["Location"]) == (302, target)
    assert answer.headers["Vary"] == "Accept-Language"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/de", "/de/"),
        ("/en/leistungen/", "/en/leistungen"),
        ("/en/leistungen/personalausweis/", "/en/leistungen/personalausweis"),
        ("/de/suche/?q=a%26b", "/de/suche?q=a%26b"),
    ],
)
def test_one_spelling_per_address(portal: FlaskClient, asked: str, target: str) -> None:
    answer = portal.get(asked, headers={"Host": "evil.example"})
    assert (answer.status_code, answer.headers["Location"]) == (308, target)


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/leistung/99008001012000", "/de/leistungen/personalausweis"),
        ("/leistung/99008001012000?ars=040110000000", "/de/leistungen/personalausweis"),
        ("/leistung/99115005104000", "/de/suche?leika=99115005104000"),
        ("/leistung/99115005104000?ars=040110000000", "/de/leistungen/wohnsitz-anmelden"),
        ("/leistung/99115005104000?ars=04", "/de/suche?leika=99115005104000&ars=04"),
    ],
)
def test_deep_links_of_the_portal_network(portal: FlaskClient, asked: str, target: str) -> None:
    answer = portal.get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (302, target)


def test_a_deep_link_with_a_strange_region_finds_nothing_and_breaks_nothing(portal: FlaskClient) -> None:
    assert portal.get("/leistung/99008001012000?ars=%0d%0aX: y").status_code == 404
    assert portal.get("/leistung/99008001012000?ars=" + "0" * 5000).status_code in (302, 404)


def test_without_javascript_there_are_offices_hours_and_the_honest_word(portal: FlaskClient) -> None:
    page = portal.get("/tr/").text
    inside = page[page.index("<noscript>") : page.index("</noscript>")]
    assert "Tanıtım sürümü" in inside
    assert (
        '<span lang="de" dir="ltr"><b>BürgerServiceCenter-Mitte</b><br>Beispielstraße 1, 28195 Bremen</span>' in inside
    )
    assert "Açık: Pazartesi, Salı <bdi>07:30–17:00</bdi><br>Randevusuz: Pazartesi <bdi>13:00–16:45</bdi>" in inside
    assert "Bu saatler eski." in inside
    assert inside.index("Tanıtım") < inside.index("115") < inside.index("Mitte")
    assert inside.index("Mitte") < inside.index("Mobiler") < inside.index("Archiv")


def test_texts_of_the_catalogue_cannot_break_the_page(portal: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    evil = "</title></noscript><script>alert(1)</script>"
    office = {
        "slug": "x", "name": evil, "address": {"street": evil, "postcode": None, "city": "B"}, "hours": [],
        "hours_status": "current",
    }  # fmt: skip
    service = {"slug": "x", "name": {"text": evil, "lang": "de"}}
    monkeypatch.setattr(directory.catalogue, "everything", lambda *_: ([service], [office], []))
    answer = portal.get("/de/leistungen/x")
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert answer.text.count("&lt;script&gt;") == 3


def test_nothing_inside_the_page_that_the_policy_forbids(portal: FlaskClient) -> None:
    for path in ("/de/", "/ar/leistungen/personalausweis", "/de/nichts"):
        for tag, attributes in Reader(portal.get(path).text).tags:
            assert tag != "style"
            assert tag != "script" or "src" in attributes
            assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_search_engines_are_told_the_public_address_only(portal: FlaskClient) -> None:
    page = portal.get("/en/leistungen/personalausweis", headers={"Host": "evil.example"}).text
    assert "evil" not in page
    reader = Reader(page)
    canonical = reader.first("link", rel="canonical")
    assert canonical is not None
    assert canonical["href"] == "https://termine.example.org/en/leistungen/personalausweis"
    others = [a["hreflang"] for t, a in reader.tags if t == "link" and a.get("rel") == "alternate"]
    assert others == ["de", "en", "tr", "ar", "uk"]


@pytest.mark.parametrize("path", ["/de/termin", "/de/buchen/daten", "/de/nichts"])
def test_private_pages_are_not_for_search_engines(portal: FlaskClient, path: str) -> None:
    reader = Reader(portal.get(path).text)
    assert reader.first("meta", name="robots") == {"name": "robots", "content": "noindex"}
    assert reader.first("link", rel="canonical") is None


def test_the_number_of_an_appointment_is_not_written_into_its_page(portal: FlaskClient) -> None:
    reference = new_reference()
    answer = portal.get(f"/de/termin/{reference}")
    assert answer.status_code == 200
    assert title(answer.text) == "Mein Termin - Amtsweg"
    assert reference not in answer.text


def test_files_of_the_build_may_be_kept_for_ever_and_are_sent_packed(portal: FlaskClient) -> None:
    packed = portal.get("/assets/index-AbC123.js", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed.content_type == "text/javascript; charset=utf-8"
    assert gzip.decompress(packed.data) == b"let a = 1;"
    plain = portal.get("/assets/index-AbC123.js", headers={"Accept-Encoding": "identity"})
    assert (plain.data, "Content-Encoding" in plain.headers) == (b"let a = 1;", False)
    font = portal.get("/assets/font-1.woff2", headers={"Accept-Encoding": "gzip"})
    assert (font.data, "Vary" in font.headers) == (b"wOF2", False)


@pytest.mark.parametrize(
    "name",
    ["notes.php", "../shells/de.html", "..%2fshells%2fde.html", "", "index-AbC123.js.gz", "%00", "%2fetc/passwd"],
)
def test_nothing_else_is_served(portal: FlaskClient, name: str) -> None:
    answer = portal.get(f"/assets/{name}")
    assert answer.status_code == 404
    assert b"not for you" not in answer.data


def test_a_page_is_checked_again_and_not_sent_twice(portal: FlaskClient) -> None:
    first = portal.get("/de/")
    assert first.headers["Cache-Control"] == "no-cache"
    again = portal.get("/de/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_robots_are_kept_out_of_bookings(portal: FlaskClient) -> None:
    robots = portal.get("/robots.txt")
    assert robots.content_type == "text/plain; charset=utf-8"
    assert "Disallow: /ar/termin\n" in robots.text
    assert "Disallow: /api/\n" in robots.text


def test_browsers_that_ask_for_an_icon_unasked_get_none(portal: FlaskClient) -> None:
    answer = portal.get("/favicon.ico")
    assert (answer.status_code, answer.data) == (204, b"")


@pytest.mark.parametrize(
    "path", ["/", "/de/", "/robots.txt", "/favicon.ico", "/leistung/99008001012000", "/assets/index-AbC123.js"]
)
def test_pages_are_only_read(portal: FlaskClient, path: str) -> None:
    assert portal.post(path, json={}).status_code == 405
    assert portal.options(path).status_code == 405
    assert portal.head(path).status_code < 400


def test_the_shell_loads_while_the_database_is_away(portal: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(directory.catalogue, "everything", away)
    answer = portal.get("/en/leistungen/personalausweis")
    assert answer.status_code == 200, "what cannot be looked up is not called missing"
    assert title(answer.text) == "Amtsweg: Portal en"


def test_the_directory_is_read_once_a_minute(portal: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert title(portal.get("/de/leistungen/personalausweis").text).startswith("Personalausweis")
    monkeypatch.setattr(directory.catalogue, "everything", lambda *_: ([], [], []))
    assert portal.get("/de/leistungen/personalausweis").status_code == 200
    monkeypatch.setattr(directory, "SECONDS_KEPT", 0.0)
    assert portal.get("/de/leistungen/personalausweis").status_code == 404


def test_without_a_build_the_person_gets_a_problem_and_the_api_works(
    tmp_path: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "DIST", tmp_path / "nothing")
    client = make_app().test_client()
    client.may_fail = True  # type: ignore[attr-defined]  # this 503 is the answer that is wanted
    answer = client.get("/de/")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["code"] == "portal_not_built"
    assert client.get("/api/v1/services").status_code == 200
    assert client.get("/api/docs").json["code"] == "documentation_not_built"  # type: ignore[index]  # a document


@pytest.mark.parametrize("lost", ["<!--offices-->", "<title>", "</head>", "<noscript>"])
def test_a_build_without_the_places_to_fill_is_refused_at_start(dist: Path, tmp_path: Path, lost: str) -> None:
    page = (dist / "shells/tr.html").read_text(encoding="utf-8")
    (tmp_path / "tr.html").write_text(page.replace(lost, ""), encoding="utf-8")
    with pytest.raises(BadShellError, match=lost):
        Shells(tmp_path)


def test_staff_have_one_german_shell_that_search_engines_leave_alone(portal: FlaskClient) -> None:
    for path in ("/amt", "/amt/briefe", f"/amt/vorgang/{new_reference()}"):
        answer = portal.get(path, headers={"Accept-Language": "tr"})
        assert answer.status_code == 200
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Content-Language"] == "de"
        assert '<html lang="de"' in answer.text
        assert '<meta name="robots" content="noindex">' in answer.text
        assert "<noscript><p>" in answer.text
    missing = portal.get("/amt/gibt-es-nicht")
    assert (missing.status_code, '<html lang="de"' in missing.text) == (404, True)
    tidy = portal.get("/amt/?x=1")
    assert (tidy.status_code, tidy.headers["Location"]) == (308, "/amt?x=1")
    assert portal.get("/amt/briefe/").headers["Location"] == "/amt/briefe"


def test_without_the_pages_of_staff_the_rest_is_served(tmp_path: Path) -> None:
    with pytest.raises(PortalNotBuilt):
        Shells(tmp_path).staff_page(notice="")
