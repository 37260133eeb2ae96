"""The importer: reports what changed, writes nothing twice, withdraws instead of deleting, all or nothing."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select, text

from backend.catalogue import facts, files, importer, service
from backend.catalogue.commands import catalogue
from backend.catalogue.models import MobileStop, Service, ServiceTerm
from backend.catalogue.types import AccessFeature, Address, OfficeKind
from backend.core.db import db
from tests.catalogue.conftest import SMALL, TODAY, import_now

MakeApp = Callable[..., Flask]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "files")
    return tmp_path / "files"


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def rows(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the tables of the catalogue, with the system column that changes on every write."""
    tables = ("authority", "life_situation", "office", "office_answer", "service", "service_answer")
    tables += ("service_authority", "service_office", "service_leika", "service_term", "mobile_stop", "catalogue_state")
    with app.app_context():
        return {t: [tuple(r) for r in db.session.execute(text(f"SELECT xmin::text, * FROM {t}"))] for t in tables}  # noqa: S608


def test_the_first_import_adds_everything(make_app: MakeApp) -> None:
    report = import_now(make_app(), SMALL)
    assert report["services"].added == ["wohnsitz-anmelden", "wunschkennzeichen", "personalausweis"]
    assert report["offices"].added == ["hb-mitte", "bhv-mobil", "hb-archiv"]
    assert report["authorities"].added == ["bremen", "bremerhaven"]
    assert len(report["mobile_stops"].added) == 27


def test_a_second_import_writes_nothing(make_app: MakeApp) -> None:
    app = make_app()
    import_now(app, SMALL)
    before = rows(app)
    report = import_now(app, SMALL)
    assert not any(report.values())
    assert len(report["services"].unchanged) == 3
    assert rows(app) == before


def test_a_changed_text_changes_that_service_and_what_shows_it(make_app: MakeApp, folder: Path) -> None:
    app = make_app()
    import_now(app, folder)
    edit(folder, "texts/de/services/wunschkennzeichen.yaml", "Für Ihr Auto.", "Für Ihr Motorrad.")
    report = import_now(app, folder)
    assert report["services"].changed == ["wunschkennzeichen"]
    assert report["life_situations"].changed == ["umzug"]
    assert not report["offices"]
    with app.app_context():
        document = service.get_service(db.session, "wunschkennzeichen", "de")
        assert document["summary"]["text"] == "Für Ihr Motorrad."
        assert [hit["slug"] for hit in find("motorrad")] == ["wunschkennzeichen"]
        assert find("auto") == []


def find(query: str) -> list[dict[str, object]]:
    wanted = service.ServiceFilter()
    return service.find_services(db.session, query=query, wanted=wanted, lang="de", page=1, page_size=50)[0]


def test_a_service_without_file_is_withdrawn_but_old_appointments_can_name_it(make_app: MakeApp, folder: Path) -> None:
    app = make_app()
    import_now(app, folder)
    (folder / "services/wunschkennzeichen.yaml").unlink()
    (folder / "texts/de/services/wunschkennzeichen.yaml").unlink()
    assert import_now(app, folder)["services"].removed == ["wunschkennzeichen"]
    with app.app_context():
        assert find("wunschkennzeichen") == []
        assert service.services_of_leika(db.session, "99115005104000", None) == ["wohnsitz-anmelden"]
        names = service.service_names(db.session, ["wunschkennzeichen"], "en")
        assert names["wunschkennzeichen"].text == "Wunschkennzeichen reservieren"
        assert names["wunschkennzeichen"].lang == "de"
    assert not import_now(app, folder)["services"]
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    assert import_now(app, folder)["services"].added == ["wunschkennzeichen"]


def test_ids_stay_when_facts_change(make_app: MakeApp, folder: Path) -> None:
    app = make_app()
    import_now(app, folder)
    with app.app_context():
        before = db.session.scalar(select(Service.id).where(Service.slug == "personalausweis"))
    edit(folder, "services/personalausweis.yaml", "duration_minutes: 15", "duration_minutes: 20")
    import_now(app, folder)
    with app.app_context():
        after = service.bookable_services(db.session, ["personalausweis"])["personalausweis"]
        assert (after.id, after.duration_minutes, after.further_person_minutes) == (before, 20, 20)


def test_a_bad_folder_changes_nothing(make_app: MakeApp, folder: Path) -> None:
    app = make_app()
    import_now(app, folder)
    before = rows(app)
    edit(folder, "texts/de/services/personalausweis.yaml", "Ja, einmal.", "Nein.")
    edit(folder, "services/wohnsitz-anmelden.yaml", "position: 1", "position: eins")
    result = CliRunner().invoke(catalogue, ["import", "--folder", str(folder)], obj=lambda: app)
    assert result.exit_code == 1
    assert f"{folder}/services/wohnsitz-anmelden.yaml:2: position: Not a valid integer." in result.stderr
    assert rows(app) == before


def test_an_import_that_fails_half_way_changes_nothing(make_app: MakeApp, folder: Path) -> None:
    app = make_app()
    import_now(app, folder)
    before = rows(app)
    with app.app_context():
        edit(folder, "texts/de/services/personalausweis.yaml", "Ja, einmal.", "Nein.")
        wanted = files.load(folder)
        broken = replace(wanted.services["personalausweis"], values={**wanted.services["personalausweis"].values})
        broken.values["max_quantity"] = 0
        wanted.services["personalausweis"] = broken
        with pytest.raises(Exception, match="max_quantity_positive"):
            importer.import_folder(db.session, wanted, TODAY)
        db.session.rollback()
    assert rows(app) == before


def test_the_command_says_what_it_did(make_app: MakeApp) -> None:
    app = make_app()
    first = CliRunner().invoke(catalogue, ["import", "--folder", str(SMALL), "--days", "14"], obj=lambda: app)
    assert first.exit_code == 0, first.output
    assert "services added: wohnsitz-anmelden, wunschkennzeichen, personalausweis" in first.output
    again = CliRunner().invoke(catalogue, ["import", "--folder", str(SMALL), "--days", "14"], obj=lambda: app)
    assert again.output.startswith("catalogue: added 0, changed 0, removed 0, unchanged ")


def test_check_needs_no_database() -> None:
    def no_app() -> Flask:
        raise AssertionError("asked for the application")

    result = CliRunner().invoke(catalogue, ["import", "--check", "--folder", str(SMALL)], obj=no_app)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1] == "3 services and 3 offices are well-formed"


def test_stops_are_expanded_every_second_week_without_the_exception(make_app: MakeApp) -> None:
    app = make_app()
    import_now(app, SMALL)
    with app.app_context():
        office = service.bookable_offices(db.session)["bhv-mobil"]
        stops = service.mobile_stops(db.session, [office.id], TODAY, TODAY + timedelta(days=60))
        assert [stop.day for stop in stops] == [date(2026, 12, 1), date(2026, 12, 29), date(2027, 1, 12)]
        assert stops[0].address == Address("Musterweg 2", "27578", "Bremerhaven", "Beispielbibliothek")
        assert stops[0].assumption
        assert service.mobile_stops(db.session, [], TODAY, TODAY + timedelta(days=60)) == []


def test_a_changed_rule_withdraws_the_stops_that_are_no_more(make_app: MakeApp, folder: Path) -> None:
    app = make_app()
    import_now(app, folder)
    edit(folder, OFFICE_FILE, "weekday: 2", "weekday: 3")
    report = import_now(app, folder, TODAY + timedelta(days=14))["mobile_stops"]
    assert "bhv-mobil/bibliothek/2026-12-29" in report.removed
    assert "bhv-mobil/bibliothek/2026-12-30" in report.added
    with app.app_context():
        past = select(func.count()).where(MobileStop.day == date(2026, 12, 1), MobileStop.active)
        assert db.session.scalar(past) == 1


OFFICE_FILE = "offices/bhv-mobil.yaml"


def test_a_later_import_adds_the_days_that_came_into_the_horizon(make_app: MakeApp) -> None:
    app = make_app()
    import_now(app, SMALL)
    report = import_now(app, SMALL, TODAY + timedelta(days=28))["mobile_stops"]
    assert not report.removed
    assert not report.changed
    assert len(report.added) == 2


def test_facts_for_booking(make_app: MakeApp) -> None:
    app = make_app()
    import_now(app, SMALL)
    with app.app_context():
        found = service.bookable_services(db.session, ["wohnsitz-anmelden", "wunschkennzeichen", "gibt-es-nicht"])
        assert list(found) == ["wohnsitz-anmelden"]
        moving = found["wohnsitz-anmelden"]
        assert (moving.duration_minutes, moving.further_person_minutes, moving.max_quantity) == (15, 5, 5)
        assert moving.combinable_with == {"personalausweis"}
        offices = service.bookable_offices(db.session)
        assert list(offices) == ["hb-mitte", "bhv-mobil"]
        assert offices["bhv-mobil"].kind is OfficeKind.MOBILE
        assert offices["bhv-mobil"].access_features is None
        assert offices["hb-mitte"].access_features == {AccessFeature.STEP_FREE, AccessFeature.LIFT}
        card = service.bookable_services(db.session, ["personalausweis"])["personalausweis"]
        assert moving.office_ids & card.office_ids == {offices["hb-mitte"].id}


def test_facts_are_new_at_once_after_an_import_and_kept_between(make_app: MakeApp, folder: Path) -> None:
    app = make_app()
    import_now(app, folder)
    with app.app_context():
        first = facts.facts(db.session)
        assert facts.facts(db.session) is first
    edit(folder, "services/personalausweis.yaml", "max_quantity: 5", "max_quantity: 4")
    import_now(app, folder)
    with app.app_context():
        second = facts.facts(db.session)
        assert second.version == first.version + 1
        assert second.services["personalausweis"].max_quantity == 4


def test_documents_to_bring_differ_by_authority_and_fall_back_to_german(make_app: MakeApp) -> None:
    app = make_app()
    import_now(app, SMALL)
    with app.app_context():
        slugs = ["wohnsitz-anmelden"]
        english = service.documents_to_bring(db.session, slugs, "en")["wohnsitz-anmelden"]
        assert [(text.text, text.lang) for text in english] == [
            ("Identity card", "en"),
            ("Wohnungsgeberbestätigung", "de"),
        ]
        there = service.documents_to_bring(db.session, slugs, "de", "bremerhaven")["wohnsitz-anmelden"]
        assert [text.text for text in there] == ["Ausweis"]
        assert service.office_directions(db.session, "bhv-mobil", "en")[1] is not None
        assert service.office_summaries(db.session, ["hb-mitte"])["hb-mitte"]["short_name"] == "Mitte"


def test_search_terms_are_plain_ascii(make_app: MakeApp) -> None:
    app = make_app()
    import_now(app, files.DATA)
    with app.app_context():
        terms = list(db.session.scalars(select(ServiceTerm.term).distinct()))
        assert len(terms) > 300
        assert all(term.isascii() and term.replace(" ", "").isalnum() for term in terms)
