"""What leaves the portal as a file: whole, with checksums, without formulas, from one's own offices."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest

from backend.casework import queries_trail
from backend.casework.service import sheets
from tests.applications.people import Somebody, Town
from tests.casework.office import Colleague, Office
from tests.casework.test_case import erase

EVIL = '=HYPERLINK("http://evil.example")'


@pytest.fixture
def aylin(town: Town) -> Somebody:
    return town.citizen()


def package(who: Colleague, reference: str) -> zipfile.ZipFile:
    answer = who.get(f"/cases/{reference}/export")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip"), answer.json
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="vorgang-')
    return zipfile.ZipFile(io.BytesIO(answer.data))


def table(who: Colleague, query: str = "") -> list[list[str]]:
    answer = who.get(f"/cases/export?format=csv{query}")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv"), answer.json
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def cells(book: bytes) -> list[list[str]]:
    """Every cell of the first sheet with its type; ours are all of the type inline string."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own
    assert list(sheet.iter(f"{space}f")) == []  # no formula
    return [
        [f"{cell.get('t')}:{''.join(cell.itertext())}" for cell in row.iter(f"{space}c")]
        for row in sheet.iter(f"{space}row")
    ]


def test_a_case_as_a_package(office: Office, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk = office.colleague()
    clerk.post(f"/cases/{reference}/notes", {"text": "Ruft montags an"})
    with package(clerk, reference) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == ["vorgang.pdf", "vorgang.json", "ereignisse.jsonl", "paket.json", "SHA256SUMS"]
        sums = dict(reversed(line.split("  ")) for line in archive.read("SHA256SUMS").decode().splitlines())
        assert sums == {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names[:-1]}
        told = json.loads(archive.read("vorgang.json"))
        events = [json.loads(line) for line in archive.read("ereignisse.jsonl").splitlines()]
        about = json.loads(archive.read("paket.json"))
        assert about["exported_by"] == clerk.id
        assert (told["line"]["name"], told["notes"][0]["text"]) == ("Aylin Müge Yıldız", "Ruft montags an")
        assert not {"can", "present", "related"} & set(told)
        assert [each["type"] for each in events][-1] == "noted"
        with pikepdf.open(io.BytesIO(archive.read("vorgang.pdf"))) as pdf:
            assert len(pdf.pages) >= 1
            assert pdf.Root.MarkInfo.Marked
    assert len(office.audited(reference, "case.exported")) == 1
    stranger = office.colleague(offices=("bhv-mitte",))
    assert stranger.get(f"/cases/{reference}/export").status_code == 404
    assert len(office.audited(reference, "application.refused")) == 1


def test_an_erased_case_cannot_be_exported(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    erase(town, office.id_of(reference))
    assert office.colleague().get(f"/cases/{reference}/export").status_code == 404


def test_a_list_as_csv_has_the_filters_of_the_list(office: Office, town: Town, aylin: Somebody) -> None:
    mine, other = office.case(aylin), office.case(town.citizen())
    clerk = office.colleague()
    clerk.act(mine, "assign", {"assignee": clerk.id})
    whole = table(clerk)
    assert whole[0][:4] == ["Nummer", "Leistung", "Amt", "Name"]
    assert sorted(row[0] for row in whole[1:]) == sorted([mine, other])
    assert {row[5] for row in whole[1:]} == {"Eingegangen"}
    assert [row[0] for row in table(clerk, "&assigned=me")[1:]] == [mine]
    assert table(office.colleague(offices=("bhv-mitte",)))[1:] == []
    assert clerk.get("/cases/export?format=ods").status_code == 422
    assert clerk.get("/cases/export").status_code == 422
    entries = town.sql(
        "SELECT payload FROM audit_entry WHERE action = 'case.list_exported' AND actor_account = :id ORDER BY id",
        id=clerk.actor.account_id,
    )
    assert [json.loads(each.payload)["filters"].get("assigned") for each in entries] == [None, "me"]


def test_no_cell_becomes_a_formula(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    town.sql("UPDATE staff_case SET name = :name WHERE application_id = :id", name=EVIL, id=office.id_of(reference))
    clerk = office.colleague()
    assert table(clerk)[1][3] == f"'{EVIL}"
    book = clerk.get("/cases/export?format=xlsx")
    assert book.status_code == 200
    head, row = cells(book.data)
    assert head[0] == "inlineStr:Nummer"
    assert (row[3], {cell.split(":")[0] for cell in row if cell}) == (f"inlineStr:{EVIL}", {"inlineStr"})


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\tx", "\rx", "\0x"])
def test_what_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert sheets.harmless(cell) == f"'{cell}"
    assert sheets.harmless(f"a{cell}") == f"a{cell}"


def test_pages_of_an_export_miss_and_repeat_nothing(
    office: Office, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    references = [office.case(town.citizen()) for _ in range(5)]
    monkeypatch.setattr(sheets, "AT_ONCE", 2)
    rows = table(office.colleague())[1:]
    assert [row[0] for row in rows] == references
    assert [row[0] for row in table(office.colleague(), "&sort=-received")[1:]] == references[::-1]


def test_a_full_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LINES_IN_SHEET", 2)
    book = b"".join(sheets.xlsx_of(["a"], iter([["1"], ["2"], ["3"]])))
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert sum(name.startswith("xl/worksheets/sheet") for name in archive.namelist()) == 2


@pytest.mark.parametrize("few", [5_000, -1], ids=["looked up by case", "walked"])
def test_the_auditor_sees_the_trail_of_her_offices(
    office: Office, town: Town, aylin: Somebody, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(queries_trail, "FEW_CASES", few)
    reference, other = office.case(aylin), office.case(town.citizen())
    clerk = office.colleague()
    clerk.look(other)
    clerk.look(reference)
    town.sql("UPDATE staff_case SET office = 'bhv-mitte' WHERE application_id = :id", id=office.id_of(other))
    auditor, everywhere = office.colleague("auditor"), office.colleague("auditor", offices=())

    def seen(who: Colleague, query: str = "") -> list[dict[str, Any]]:
        answer = who.get(f"/audit{query}")
        assert answer.status_code == 200, answer.json
        return list(answer.json["items"])

    opened = next(each for each in seen(auditor) if each["action"] == "case.opened")
    assert (opened["reference"], opened["actor"], opened["actor_name"]) == (reference, clerk.id, "Wiebke Osterloh")
    assert other not in {each["reference"] for each in seen(auditor)}
    assert other in {each["reference"] for each in seen(everywhere)}
    assert {each["action"] for each in seen(auditor, f"?actor={clerk.id}&action=case.opened")} == {"case.opened"}
    assert {each["action"].split(".")[0] for each in seen(auditor, "?action=case")} == {"case"}
    assert {each["actor"] for each in seen(auditor, f"?actor={clerk.id}")} == {clerk.id}
    assert seen(auditor, "?action=cas") == seen(auditor, "?action=case_") == []
    assert seen(auditor, "?from=2020-01-01&to=2020-12-31") == []
    assert auditor.get("/audit?from=2021-01-01&to=2020-12-31").status_code == 422
    assert auditor.get("/audit?reference=%21%21").status_code == 422
    assert {each["reference"] for each in seen(auditor, f"?reference={reference}")} == {reference}
    listed = town.sql("SELECT 1 FROM audit_entry WHERE action = 'case.audit_listed'")
    assert len(listed) >= 7


def test_pages_of_the_trail(office: Office, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk, auditor = office.colleague(), office.colleague("auditor")
    for _ in range(60):
        clerk.look(reference)
    query = f"?reference={reference}&action=case.opened"
    first = auditor.get(f"/audit{query}").json
    second = auditor.get(f"/audit{query}&after={first['next']}").json
    ids = [each["id"] for each in first["items"] + second["items"]]
    assert (len(first["items"]), len(ids), second["next"]) == (50, 60, None)
    assert ids == sorted(set(ids), reverse=True)


def test_the_trail_as_csv(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk, auditor = office.colleague(name=EVIL), office.colleague("auditor")
    clerk.look(reference)
    answer = auditor.get(f"/audit/export?reference={reference}")
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert rows[0][0] == "Eintrag"
    opened = next(row for row in rows if "case.opened" in row)
    assert (opened[2], opened[3], opened[7]) == (clerk.id, f"'{EVIL}", reference)
    assert [int(row[0]) for row in rows[1:]] == sorted(int(row[0]) for row in rows[1:])
    assert town.sql("SELECT 1 FROM audit_entry WHERE action = 'case.audit_exported'")
    assert clerk.get("/audit/export").status_code == 403
    assert clerk.get("/audit").status_code == 403
