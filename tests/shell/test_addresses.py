"""Which addresses exist, which languages a browser gets."""

import pytest
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from backend.core.security import new_reference
from backend.shell.addresses import Thing, address, is_staff_address
from backend.shell.pages import preferred_language


@pytest.mark.parametrize(
    "path",
    [
        "", "suche", "leistungen", "standorte", "termin", "barrierefreiheit", "rueckmeldung", "impressum",
        "datenschutz", "leichte-sprache", "buchen/leistungen", "buchen/orte", "buchen/zeit", "buchen/daten",
        "buchen/pruefen", "buchen/fertig", "anmelden", "konto", "konto/daten", "konto/loeschen", "antrag-status",
        "antrag/weiter", "antrag/gewerbe", "echtheit",
    ],
)  # fmt: skip
def test_fixed_pages_exist(path: str) -> None:
    assert address(path) is not None


@pytest.mark.parametrize(
    "path",
    [
        "x",
        "suche/x",
        "buchen",
        "buchen/x",
        "leistungen/x/y",
        "leistungen/",
        "Suche",
        "termin/x/y/z",
        "lage",
        "lage/Ü",
        "antrag",
        "antrag/x/y",
        "antraege/x",
        "konto/x",
        "echtheit/x",
    ],
)
def test_other_pages_do_not(path: str) -> None:
    assert address(path) is None


def test_things_are_named_by_kind_and_slug() -> None:
    found = address("leistungen/personalausweis")
    assert found is not None
    assert (found.thing, found.slug, found.private) == (Thing.SERVICE, "personalausweis", False)


@pytest.mark.parametrize("ending", ["", "/verschieben", "/absagen", "/bestaetigen"])
def test_an_own_appointment_exists_only_with_a_well_formed_number(ending: str) -> None:
    reference = new_reference()
    found = address(f"termin/{reference}{ending}")
    assert found is not None
    assert found.private
    wrong = reference[:-1] + ("A" if reference[-1] != "A" else "C")
    assert address(f"termin/{wrong}{ending}") is None
    assert address(f"termin/{reference}/loeschen") is None


@pytest.mark.parametrize("ending", ["", "/bestaetigung", "/bezahlt", "/nachreichen", "/zuruecknehmen"])
def test_an_own_application_exists_only_with_a_well_formed_number(ending: str) -> None:
    reference = new_reference()
    found = address(f"antraege/{reference}{ending}")
    assert found is not None
    assert found.private
    assert address(f"antraege/{reference}/verschieben") is None
    assert address(f"termin/{reference}/bezahlt") is None


def test_a_form_is_public_and_what_somebody_filled_in_is_not() -> None:
    draft = "antrag/bewohnerparkausweis/0190a6f2-0000-7000-8000-000000000000"
    for path, private in [("antrag/bewohnerparkausweis", False), (draft, True), (f"{draft}/fahrzeug", True)]:
        found = address(path)
        assert found is not None
        assert found.private is private
    assert address(f"{draft}/kind.2") is not None
    assert address(f"{draft}/fahrzeug/x") is None


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("", True),
        ("briefe", True),
        ("anmelden", True),
        ("vorgang/K7M3DX9P3", True),
        ("vorgang/1", False),
        ("vorgang", False),
        ("leistungen", False),
    ],
)
def test_pages_of_staff_exist(path: str, known: bool) -> None:
    assert is_staff_address(path) is known


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "de"),
        ("*", "de"),
        ("de-DE,de;q=0.9,en;q=0.8", "de"),
        ("en-GB,en;q=0.9", "en"),
        ("ar-SY", "ar"),
        ("tr,en;q=0.5", "tr"),
        ("uk-UA,uk;q=0.9,ru;q=0.8", "uk"),
        ("fr-FR,fr;q=0.9,en;q=0.4,de;q=0.3", "en"),
        ("fr", "de"),
        ("de-simple", "de-simple"),
        ("de;q=0.1,de-AT", "de"),
        ("x;q=2;;;,", "de"),
    ],
)
def test_the_language_of_a_browser(header: str, lang: str) -> None:
    assert preferred_language(parse_accept_header(header, LanguageAccept)) == lang
