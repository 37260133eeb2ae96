"""The files in git: what is refused, and that the reason names file and line."""

import shutil
from pathlib import Path

import pytest

from backend.catalogue import files
from backend.catalogue.yaml_source import BadFileError

DATA = Path(__file__).parent / "data"
SERVICE = "services/wohnsitz-anmelden.yaml"
TEXT = "texts/de/services/wohnsitz-anmelden.yaml"
OFFICE = "offices/bhv-mobil.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path / "data"


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(BadFileError) as caught:
        files.load(folder)
    return [str(fault).removeprefix(f"{folder}/") for fault in caught.value.faults]


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_catalogue_is_well_formed() -> None:
    folder = files.load(files.DATA)
    assert len(folder.services) >= 28
    assert len(folder.offices) >= 12
    assert sum(office.values["kind"] == "mobile" for office in folder.offices.values()) >= 2


def test_every_shipped_service_costs_something_with_a_source_or_says_why_not() -> None:
    for slug, service in files.load(files.DATA).services.items():
        for fee in service.values["fees"]:
            assert fee["source"], slug
            assert fee["source_date"], slug


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        (SERVICE, "duration_minutes: 15", "duration_minutes: fifteen", f"{SERVICE}:9: duration_minutes: Not a valid"),
        (SERVICE, "duration_minutes: 15", "duration_minutes: null", f"{SERVICE}:9: duration_minutes: a bookable"),
        (SERVICE, "short_concern: false\n", "", f"{SERVICE}:1: short_concern: Missing data"),
        (SERVICE, "short_concern: false", "short_concern: no", f"{SERVICE}:8: short_concern: Not a valid boolean"),
        (SERVICE, "position: 1", "position: 1\nprise: 3", f"{SERVICE}:3: prise: Unknown field"),
        (SERVICE, "position: 1", "position: 1\nposition: 2", f"{SERVICE}:3: key position stands twice"),
        (SERVICE, '"99115005104001"', "99115005104001", f"{SERVICE}:3: leika: Not a valid string"),
        (SERVICE, '"99115005104001"', '"4711"', f"{SERVICE}:3: leika: must be 14 digits"),
        (SERVICE, "[hb-mitte, bhv-mobil]", "[hb-mitte, hb-nirgends]", f"{SERVICE}:14: offices.1: no office is called"),
        (SERVICE, "[hb-mitte, bhv-mobil]", "[]", f"{SERVICE}:14: offices: a bookable service needs an office"),
        (SERVICE, "[hb-mitte, bhv-mobil]", "[hb-mitte, hb-mitte]", f"{SERVICE}:14: offices: must not name anything"),
        (SERVICE, "life_situation: umzug", "life_situation: urlaub", f"{SERVICE}:5: life_situation: no life situation"),
        (SERVICE, "https://wohn", "http://wohn", f"{SERVICE}:17: ways.1.url: Not a valid URL"),
        (SERVICE, '"https://wohnsitzanmeldung.de"', '"javascript:alert(1)"', f"{SERVICE}:17: ways.1.url: Not a valid"),
        (SERVICE, "kind: online, possible: true", "kind: online, possible: false", f"{SERVICE}:17: ways.1.form: only"),
        (SERVICE, "form: umzug", "form: Umzug/..", f"{SERVICE}:17: ways.1.form: must be lower-case words"),
        (SERVICE, "amount_cents: 0,", "amount_cents: 0.5,", f"{SERVICE}:20: fees.0.amount_cents: Not a valid integer"),
        (SERVICE, "amount_cents: 0,", "amount_cents: -1,", f"{SERVICE}:20: fees.0.amount_cents: Must be greater"),
        (SERVICE, "amount_cents: 0,", "amount_cents: 9, up_to_cents: 9,", f"{SERVICE}:20: fees.0.up_to_cents: must be"),
        (SERVICE, 'source_date: "2026-01-01"', 'source_date: "1.1.26"', f"{SERVICE}:20: fees.0.source_date: Not a"),
        (SERVICE, "source: BMG, ", "", f"{SERVICE}:20: fees.0.source: Missing data"),
        (SERVICE, "related: [personalausweis]", "related: [perso]", f"{SERVICE}:22: related.0: no service is called"),
        (SERVICE, "slug: wohnsitz-anmelden", "slug: wohnsitz", f"{SERVICE}:1: slug: must be the file's name"),
        (SERVICE, "authorities: [bremen, bremerhaven]", "authorities: [bremen]", f"{SERVICE}:14: offices.1: bhv-mobil"),
        (SERVICE, "documents: [id,", "documents: [id, id,", f"{SERVICE}:18: documents.1: id id stands twice"),
        (TEXT, "  online_bremen: Mit Online-Ausweis.\n", "", f"{TEXT}:1: German text is missing: ways.online_bremen"),
        (TEXT, "online_bremen:", "post:", f"{TEXT}:7: ways.post: no entry of ways in the facts is called post"),
        (TEXT, "name: Wohnsitz anmelden", 'name: ""', f"{TEXT}:2: name: must not be empty"),
        (TEXT, "by: Erika Mustermann, ", "", f"{TEXT}:1: review.status: reviewed and tested need by and date"),
        (TEXT, "status: reviewed", "status: perfect", f"{TEXT}:1: review.status: Must be one of"),
        (TEXT, "ways:\n", "ways: [\n", f"{TEXT}:7: broken YAML"),
        (OFFICE, "kind: mobile", "kind: permanent", f"{OFFICE}:12: stops: only a mobile office has stops"),
        (OFFICE, 'opens: "10:00"', 'opens: "16:00"', f"{OFFICE}:20: stops.0.closes: must be after opens"),
        (OFFICE, 'opens: "10:00"', 'opens: "10 Uhr"', f"{OFFICE}:19: stops.0.opens: must be a time like 07:30"),
        (OFFICE, 'opens: "10:00"', 'opens: "10:02"', f"{OFFICE}:19: stops.0.opens: must be full 5 minutes"),
        (OFFICE, "valid_until: null", 'valid_until: "2020-01-01"', f"{OFFICE}:17: stops.0.valid_until: must not be"),
        (SERVICE, "position: 1", "position: {{place}}", f"{SERVICE}:2: broken YAML: a key must be a word"),
        (SERVICE, "position: 1", "position: &all [*all]", f"{SERVICE}:2: broken YAML: aliases are not read"),
        (OFFICE, "weekday: 2", "weekday: 0", f"{OFFICE}:14: stops.0.weekday: Must be greater"),
        ("authorities.yaml", "slug: bremerhaven", "slug: bremen", "authorities.yaml:3: authorities.1: slug bremen"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_file_line_and_reason(
    folder: Path, name: str, old: str, new: str, fault: str
) -> None:
    edit(folder, name, old, new)
    assert any(found.startswith(fault) for found in faults_of(folder)), faults_of(folder)


def test_all_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    edit(folder, SERVICE, "position: 1", "position: eins")
    edit(folder, OFFICE, "position: 2", "position: zwei")
    assert len(faults_of(folder)) == 2


def test_a_file_that_nobody_reads_is_a_fault(folder: Path) -> None:
    (folder / "services/neu.yml").write_text("slug: neu", encoding="utf-8")
    (folder / "texts/fr").mkdir()
    (folder / "texts/fr/authorities.yaml").write_text("review: {}", encoding="utf-8")
    assert [fault.split(":")[0] for fault in faults_of(folder)] == ["services/neu.yml", "texts/fr/authorities.yaml"]


def test_texts_without_facts_are_a_fault(folder: Path) -> None:
    (folder / "services/wunschkennzeichen.yaml").unlink()
    assert faults_of(folder) == ["texts/de/services/wunschkennzeichen.yaml:1: no service is called wunschkennzeichen"]


def test_facts_without_german_texts_are_a_fault(folder: Path) -> None:
    (folder / "texts/de/services/wunschkennzeichen.yaml").unlink()
    assert any("has no German texts" in fault for fault in faults_of(folder))


def test_missing_translations_are_named(folder: Path) -> None:
    lines = list(files.missing_lines(files.load(folder)))
    assert lines[0] == "de: 0 texts missing, 5 files draft, 1 files reviewed"
    english = lines[lines.index(next(line for line in lines if line.startswith("en:"))) :]
    assert "  services/wohnsitz-anmelden: summary" in english
    assert "  services/personalausweis: whole file" in english
    assert "  services/wohnsitz-anmelden: name" not in english
