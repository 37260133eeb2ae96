"""Decisions: previews that say what is sent, blocks and translations, fees, closing, a second person, bad luck."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import page
import pypdfium2 as pdfium
import pytest
import typst

from backend.applications import queries as applications
from backend.applications import sealed
from backend.applications.models import Application
from backend.applications.remedy import last_day
from backend.applications.service import letters as delivery
from backend.casework import queries, rules
from backend.casework.jobs import leave
from backend.casework.models import Proposal
from backend.casework.service import letters as entry
from backend.core import pdf
from backend.core.clock import db_now
from backend.core.db import db
from backend.core.settings import get_settings
from backend.notifications import delivery as delivery_of_mail
from tests.applications.people import BY_CLERK, Somebody, Town
from tests.casework.office import Office

REASON = "Im Register steht eine andere Anschrift."
TURKISH = "Kayıtta başka bir adres var."
REFUSED = {
    "outcome": "refused",
    "reason": REASON,
    "blocks": ["decision.refused.contradiction", "decision.questions"],
    "translation": {"text": TURKISH, "confirmed": True},
}


def case_in(office: Office, person: Somebody, language: str) -> str:
    """A case of somebody who applied in another language."""
    person.begin(language=language)
    person.fill(BY_CLERK)
    assert person.send(language=language).status_code == 201
    assert person.act("send-now").status_code == 200
    return str(person.sent["reference"])


@pytest.fixture
def aylin(town: Town) -> Somebody:
    return town.citizen()


def worked(town: Town) -> None:
    """What the worker does with all decisions whose time is over."""
    with town.app.app_context():
        for each in list(queries.leaving_unchecked(db.session(), 100)):
            leave(str(each))


def left(office: Office, town: Town, reference: str) -> None:
    office.time_passes(reference)
    worked(town)


def words_of(document: bytes) -> str:
    """All words of a PDF, without its line breaks."""
    made = pdfium.PdfDocument(document)
    return " ".join(" ".join(each.get_textpage().get_text_bounded() for each in made).split())


def test_the_preview_is_what_the_citizen_gets(office: Office, town: Town, aylin: Somebody) -> None:
    reference = case_in(office, aylin, "tr")
    clerk = office.colleague()
    seen = clerk.look(reference)["revision"]
    told = clerk.post(f"/cases/{reference}/decision/preview", REFUSED).json
    assert clerk.look(reference)["revision"] == seen  # nothing was kept
    assert (told["language"], told["delivery"], told["fee_cents"]) == ("tr", "electronic", None)
    assert told["summary"][0].startswith("Başvurduğunuz şeyi alamıyorsunuz.")
    assert TURKISH in told["body"]["own"]
    assert REASON in told["body"]["de"]
    assert REASON not in told["body"]["own"]
    assert told["body"]["translated"] is True
    assert told["second"] == {"needed": False, "why": None}
    remedy = told["remedy"]
    assert "innerhalb eines Monats" in remedy["text_de"]
    assert remedy["court_or_office"].startswith("BürgerServiceCenter-Mitte")
    assert remedy["note"] == "unchecked"
    with town.app.app_context():
        announced = delivery.announced_on(db_now(db.session()))
    assert remedy["last_day"] == last_day(announced, {"months": 1}).isoformat()
    draft = clerk.post(f"/cases/{reference}/decision/preview.pdf", REFUSED)
    assert draft.mimetype == "application/pdf"
    assert "Taslak, gönderilmedi" in words_of(draft.data)
    proposed = clerk.act(reference, "decision", REFUSED).json["proposal"]
    assert proposed["preview"] == told
    assert (proposed["reason"], proposed["translation"]) == (REASON, TURKISH)
    assert proposed["blocks"] == REFUSED["blocks"]
    left(office, town, reference)
    letter = aylin.look()["letters"][0]
    assert letter["remedy"] == {"kind": "widerspruch", "last_day": remedy["last_day"]}
    sent = aylin.get(f"/applications/{reference}/letters/{letter['id']}")
    words = words_of(sent.data)
    for line in [*told["summary"], *told["body"]["own"], *told["body"]["de"], remedy["text_de"]]:
        assert " ".join(line.split()) in words, line
    assert "Taslak" not in words
    assert page.is_pdf_compliant_bytes(sent.data, profile=page.ValidationProfile.PDF_UA_1)


@pytest.mark.parametrize("lang", ["de", "de-simple", "ar"])
def test_the_letter_is_read_in_every_language(office: Office, town: Town, aylin: Somebody, lang: str) -> None:
    reference = case_in(office, aylin, "tr")
    office.colleague().act(reference, "decision", REFUSED)
    left(office, town, reference)
    letter = aylin.look()["letters"][0]
    document = aylin.get(f"/applications/{reference}/letters/{letter['id']}?lang={lang}").data
    words = words_of(document)
    if lang != "ar":  # text that runs both ways comes out of a PDF in another order
        assert REASON in words
    assert "Rechtsbehelfsbelehrung" in words
    assert page.is_pdf_compliant_bytes(document, profile=page.ValidationProfile.PDF_UA_1)
    if lang == "de-simple":
        assert "Wir sagen Nein zu Ihrem Antrag." in words
        assert "Das Amt hat diesen Text geprüft." not in words  # the translation was into Turkish


def test_the_approver_sees_the_very_letter(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    office.four_eyes(monkeypatch, "on_refusal")
    reference = office.case()
    clerk, second = office.colleague(), office.colleague("second_approver")
    assert clerk.post(f"/cases/{reference}/decision/preview", REFUSED | {"translation": None}).json["second"] == {
        "needed": True,
        "why": "on_refusal",
    }
    clerk.act(reference, "decision", REFUSED | {"translation": None})
    shown = second.look(reference)["proposal"]
    assert (shown["state"], shown["second_why"]) == ("waiting", "on_refusal")
    assert REASON in shown["preview"]["body"]["de"]
    draft = second.get(f"/cases/{reference}/decision/letter.pdf")
    assert "Entwurf, nicht abgeschickt" in words_of(draft.data)
    assert office.audited(reference, "case.letter_opened")
    with town.app.app_context():  # the words of a setting change meanwhile: what was approved stays
        row = db.session.get(Application, office.id_of(reference))
        proposal = db.session.scalars(db.select(Proposal).filter_by(application_id=row.id)).one()
        kept = entry.open_(db.session(), row, proposal)
        assert kept is not None
    second.act(reference, "decision/approve")
    left(office, town, reference)
    with town.app.app_context():
        row = db.session.get(Application, office.id_of(reference))
        sent = applications.letters_of(db.session(), row.id)[0]
        assert sealed.content_of(db.session(), row, sent) == kept[1]


def test_without_a_translation_the_letter_says_so(office: Office, aylin: Somebody) -> None:
    reference = case_in(office, aylin, "uk")
    clerk = office.colleague()
    body = {"outcome": "closed", "reason": REASON}
    told = clerk.post(f"/cases/{reference}/decision/preview", body).json
    assert told["body"]["translated"] is False
    assert REASON in told["body"]["own"]
    assert told["remedy"] is None
    words = words_of(clerk.post(f"/cases/{reference}/decision/preview.pdf", body).data)
    assert "Цю частину відомство написало німецькою." in words


def test_closing_without_a_decision(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk = office.colleague()
    bare = clerk.act(reference, "decision", {"outcome": "closed"})
    assert (bare.status_code, bare.json["errors"][0]["pointer"]) == (422, "/reason")
    assert (
        clerk.act(reference, "decision", {"outcome": "closed", "blocks": ["decision.closed.twice"]}).status_code == 201
    )
    left(office, town, reference)
    told = aylin.look()
    assert (told["state"], told["letters"][0]["kind"], told["letters"][0]["remedy"]) == ("closed", "closed", None)
    assert told["timeline"][-2]["type"] == "discontinued"
    assert clerk.look(reference)["line"]["state"] == "closed"
    late = clerk.act(reference, "decision", {"outcome": "granted"})
    assert (late.status_code, late.json["code"]) == (409, "not_now")


def test_a_translation_needs_a_text_and_another_language(office: Office) -> None:
    reference = office.case()
    clerk = office.colleague()
    body = {"outcome": "refused", "reason": REASON, "translation": {"text": TURKISH, "confirmed": True}}
    german = clerk.act(reference, "decision", body)
    assert (german.status_code, german.json["errors"][0]["pointer"]) == (422, "/translation")
    unconfirmed = clerk.act(reference, "decision", {**body, "translation": {"text": TURKISH, "confirmed": False}})
    assert (unconfirmed.status_code, unconfirmed.json["errors"][0]["pointer"]) == (422, "/translation/confirmed")


def test_a_known_fee_is_not_changed_with_the_decision(office: Office) -> None:
    reference = office.case()
    wrong = office.colleague().act(reference, "decision", {"outcome": "granted", "fee_cents": 500})
    assert (wrong.status_code, wrong.json["errors"][0]["pointer"]) == (422, "/fee_cents")


def by_post(office: Office, person: Somebody) -> str:
    """A case whose fee the rules do not know: a certificate on paper."""
    person.begin()
    pages = {**BY_CLERK, "way": {"delivery": "post"}}
    last = pages.pop("confirmation")
    person.fill({**pages, "post": {"same_address": True}, "confirmation": last})
    answer = person.send(fee_cents=None)
    assert answer.status_code == 201, answer.json
    assert person.act("send-now").status_code == 200
    return str(person.sent["reference"])


def test_an_unknown_fee_is_told_with_the_decision(office: Office, town: Town, aylin: Somebody) -> None:
    reference = by_post(office, aylin)
    clerk = office.colleague()
    unknown = clerk.post(f"/cases/{reference}/decision/preview", {"outcome": "granted"}).json
    assert (unknown["fee_cents"], len(unknown["summary"])) == (None, 2)  # that the office tells the fee
    refused = clerk.act(reference, "decision", {"outcome": "refused", "reason": REASON, "fee_cents": 1250})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/fee_cents")
    done = clerk.act(reference, "decision", {"outcome": "granted", "fee_cents": 1250})
    assert done.json["proposal"]["preview"]["summary"][-1].replace("\xa0", " ") == "Gebühr: 12,50 €"
    left(office, town, reference)
    told = aylin.look()
    assert (told["state"], told["fee"]["cents"], told["payment"]) == ("decided_granted", 1250, "open")
    assert told["can"]["pay"] is True


def test_an_unknown_fee_counts_as_above(office: Office, aylin: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    office.four_eyes(monkeypatch, {"above_fee_cents": 2000})
    reference = by_post(office, aylin)
    clerk = office.colleague()
    path = f"/cases/{reference}/decision/preview"
    assert clerk.post(path, {"outcome": "granted"}).json["second"] == {"needed": True, "why": "above_fee"}
    assert clerk.post(path, {"outcome": "granted", "fee_cents": 2000}).json["second"]["needed"] is False
    assert clerk.post(path, {"outcome": "granted", "fee_cents": 2001}).json["second"]["needed"] is True


def test_above_a_fee_a_second_person_is_needed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.four_eyes(monkeypatch, {"above_fee_cents": 0})
    free = office.case()
    clerk = office.colleague()
    assert clerk.act(free, "decision", {"outcome": "granted"}).json["proposal"]["state"] == "leaving"


def test_the_lot_cannot_be_drawn_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.four_eyes(monkeypatch, {"random_percent": 50})
    reference = office.case()
    clerk = office.colleague()
    told = clerk.post(f"/cases/{reference}/decision/preview", {"outcome": "granted"}).json
    assert told["second"] == {"needed": False, "why": "random"}
    drawn = set()
    for _ in range(8):
        drawn.add(clerk.act(reference, "decision", {"outcome": "granted"}).json["proposal"]["needs_second"])
        clerk.act(reference, "decision/undo")
    assert len(drawn) == 1


def test_a_share_is_drawn(office: Office) -> None:
    second = sum(
        rules.second_because({"random_percent": 20}, outcome="granted", fee_cents=0, draw=rules.lot(b"k", uuid4()))
        == "random"
        for _ in range(5_000)
    )
    assert 850 < second < 1150


def test_the_printer_is_down(office: Office, town: Town, aylin: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = office.case(aylin)
    clerk = office.colleague()
    clerk.act(reference, "decision", {"outcome": "granted"})
    office.time_passes(reference)

    def down(*_args: Any, **_options: Any) -> bytes:
        raise typst.TypstError("no printer")

    before = town.mails(office.id_of(reference))
    with monkeypatch.context() as patched:
        patched.setattr(pdf.typst, "compile", down)
        worked(town)
        worked(town)
        clerk.client.may_fail = True  # type: ignore[attr-defined]  # 503 is the point
        refused = clerk.post(f"/cases/{reference}/decision/preview.pdf", {"outcome": "granted"})
        assert (refused.status_code, refused.json["code"]) == (503, "document_unavailable")
    seen = clerk.look(reference)
    assert [(each["kind"], each["tries"]) for each in seen["trouble"]] == [("letter", 2)]
    assert [each["type"] for each in seen["timeline"]].count("letter_failed") == 1
    assert (aylin.look()["state"], aylin.look()["letters"]) == ("in_review", [])
    assert town.mails(office.id_of(reference)) == before
    worked(town)
    assert (aylin.look()["state"], len(aylin.look()["letters"])) == ("decided_granted", 1)
    assert clerk.look(reference)["trouble"] == []
    assert len(town.mails(office.id_of(reference))) == len(before) + 1


def test_the_mail_server_is_down(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk = office.colleague()
    clerk.act(reference, "decision", {"outcome": "granted"})
    left(office, town, reference)
    wanted = "SELECT id FROM message WHERE object_id = :id AND kind = 'application_decided'"
    notice = town.sql(wanted, id=office.id_of(reference))[0].id
    assert clerk.look(reference)["trouble"] == []  # not tried yet
    with town.app.app_context():  # nobody listens at the port of these tests
        assert delivery_of_mail.deliver(db.session(), get_settings(), notice) == "failed"
    trouble = clerk.look(reference)["trouble"]
    assert [(each["kind"], each["tries"]) for each in trouble] == [("mail", 1)]
    assert len(aylin.look()["letters"]) == 1  # the letter is there all the same
    town.sql("UPDATE message SET state = 'sent', recipient = NULL, sealed = NULL WHERE id = :id", id=notice)
    assert clerk.look(reference)["trouble"] == []


def test_letters_for_the_post_are_printed_once(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    town.sql("UPDATE application SET electronic_delivery = false WHERE id = :id", id=office.id_of(reference))
    clerk = office.colleague()
    assert clerk.post(f"/cases/{reference}/decision/preview", {"outcome": "granted"}).json["delivery"] == "post"
    clerk.act(reference, "decision", REFUSED | {"translation": None})
    left(office, town, reference)
    waiting = next(each for each in clerk.get("/letters?to_print=true").json["items"] if each["reference"] == reference)
    assert (waiting["to_print"], waiting["printed_at"], waiting["deemed_announced_on"]) == (True, None, None)
    assert aylin.look()["letters"][0]["remedy"] == {"kind": "widerspruch", "last_day": None}
    words = words_of(clerk.get(f"/cases/{reference}/letters/{waiting['id']}").data)
    assert "Aylin Müge Yıldız Am Dobben 12 a 28203 Bremen" in words  # as it stands on the envelope
    path = f"/letters/{waiting['id']}/printed"
    printed = clerk.post(path).json
    assert printed["to_print"] is False
    assert clerk.post(path).json["printed_at"] == printed["printed_at"]
    assert len(office.audited(reference, "case.letter_printed")) == 1
    assert reference not in [each["reference"] for each in clerk.get("/letters?to_print=true").json["items"]]
    assert office.colleague(offices=("bhv-mitte",)).post(path).status_code == 404


def test_a_letter_in_the_postbox_is_not_printed(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk = office.colleague()
    clerk.act(reference, "decision", {"outcome": "granted"})
    left(office, town, reference)
    refused = clerk.post(f"/letters/{aylin.look()['letters'][0]['id']}/printed")
    assert (refused.status_code, refused.json["code"], refused.json["reason"]) == (409, "not_now", "not_for_post")


def test_the_remedy_as_a_calendar_file(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    office.colleague().act(reference, "decision", REFUSED | {"translation": None})
    left(office, town, reference)
    letter = aylin.look()["letters"][0]
    path = f"/applications/{reference}/letters/{letter['id']}/calendar"
    file = aylin.get(f"{path}?lang=tr")
    assert (file.status_code, file.mimetype) == (200, "text/calendar")
    text = file.text.replace("\r\n ", "")
    day = letter["remedy"]["last_day"].replace("-", "")
    assert f"DTSTART;VALUE=DATE:{day}" in text
    assert "İtiraz için son gün" in text
    assert "Meldebescheinigung" not in text
    assert "Yıldız" not in text
    assert town.citizen().get(path).status_code == 404
    granted = office.case(aylin)
    office.colleague().act(granted, "decision", {"outcome": "granted"})
    left(office, town, granted)
    other = aylin.look()["letters"][0]
    assert other["remedy"] is None
    assert aylin.get(f"/applications/{granted}/letters/{other['id']}/calendar").status_code == 404


def test_a_second_letter_replaces_the_first(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk = office.colleague()
    clerk.act(reference, "decision", {"outcome": "refused", "reason": REASON})
    left(office, town, reference)
    assert clerk.act(reference, "reopen", {"reason": "Neuer Nachweis"}).status_code == 200
    told = clerk.post(f"/cases/{reference}/decision/preview", {"outcome": "granted"}).json
    assert any("ersetzt den Brief vom" in line for line in told["summary"])


def test_times_of_a_letter(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    office.colleague().act(reference, "decision", {"outcome": "granted"})
    left(office, town, reference)
    rows = "SELECT provided_at, notified_at, deemed_announced_on FROM application_letter WHERE application_id = :id"
    row = town.sql(rows, id=office.id_of(reference))[0]
    assert row.notified_at.date() == row.provided_at.date()
    with town.app.app_context():
        assert row.deemed_announced_on == delivery.announced_on(row.provided_at)
    assert row.deemed_announced_on - row.provided_at.date() in (timedelta(days=3), timedelta(days=4))
