"""Appointments to write about, in the words of the real catalogue, and a source that answers with them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.core.clock import BERLIN
from backend.core.i18n import LocalizedText
from backend.notifications.types import BookingMessage, ServiceLine
from backend.notifications.writer import Sender

START = datetime(2026, 11, 24, 9, 40, tzinfo=BERLIN)
SENDER = Sender(public_url="https://amtsweg.example", mail_from="termine@amtsweg.example")
FIRST = UUID("6a1b1c77-5df0-4f3c-9a39-0c7e1f0a1111")
SECOND = UUID("6a1b1c77-5df0-4f3c-9a39-0c7e1f0a2222")
SECRETS = {"confirm": "c" * 43, "manage": "m" * 43, "code": "4HTQRA"}
SERVICES = {
    "de": ("Personalausweis beantragen", "Wohnsitz anmelden"),
    "de-simple": ("Personal·ausweis beantragen", "Neue Wohnung anmelden"),
    "en": ("Apply for an identity card (Personalausweis)", "Register your address (Anmeldung)"),
    "tr": ("Kimlik kartı başvurusu (Personalausweis)", "İkamet kaydı (Anmeldung)"),
    "ar": ("طلب بطاقة الهوية", "تسجيل السكن"),
    "uk": ("Оформлення посвідчення особи", "Реєстрація місця проживання"),
}
DOCUMENTS = {
    "de": ("alter Personalausweis oder Reisepass", "biometrisches Passfoto"),
    "de-simple": ("Ihr alter Ausweis", "1 Passfoto"),
    "en": ("old identity card or passport", "biometric passport photo"),
    "tr": ("eski kimlik kartı veya pasaport", "biyometrik fotoğraf"),
    "ar": ("بطاقة الهوية القديمة أو جواز السفر", "صورة شخصية بيومترية"),
    "uk": ("старе посвідчення особи або паспорт", "біометричне фото"),
}


def appointment(language: str = "de", **changes: object) -> BookingMessage:
    """A booked appointment of two persons and one more service, with one text that exists only in German."""
    first, second = SERVICES[language]
    made = BookingMessage(
        reference="K7M-3DX-9PC",
        state="booked",
        sequence=0,
        uid="0f4b2c1d9e8a47f6b3c5d7e9f1a2b3c4",
        updated_at=datetime(2026, 11, 2, 12, 0, 0, 123456, tzinfo=BERLIN),
        starts_at=START,
        ends_at=START + timedelta(minutes=30),
        email="zeynep@example.org",
        person_name="Zeynep Öztürk",
        services=(
            ServiceLine(name=LocalizedText(first, language), quantity=2),
            ServiceLine(name=LocalizedText(second, language), quantity=1),
        ),
        documents=tuple(LocalizedText(text, language) for text in DOCUMENTS[language]),
        office_name="BürgerServiceCenter-Mitte",
        address=("Pelzerstraße 40", "28195 Bremen"),
        how_to_get_there=LocalizedText("Haltestelle Am Brill, Linien 2, 3 und 25", "de"),
        access=None,
        confirm_by=None,
        demo=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@dataclass
class SampleSource:
    """Owns appointments in memory, as booking owns them in its tables."""

    appointments: dict[UUID, BookingMessage] = field(default_factory=dict)

    def load(self, session: Session, object_id: UUID, language: str) -> BookingMessage | None:
        return self.appointments.get(object_id)
