"""What the portal must know about the deployment that it runs in."""

from backend.catalogue import queries
from backend.catalogue.queries import Answer, DbSession
from backend.catalogue.schemas import ImprintSchema
from backend.core.i18n import LANGUAGES
from backend.core.settings import get_settings

PHONE_HELP = "115"


def describe(session: DbSession, lang: str) -> Answer:
    """Return a Portal answer; lines that the deployment has not set are null."""
    settings = get_settings()
    return {
        "demo": settings.demo,
        "languages": list(LANGUAGES),
        "authorities": queries.authorities_unchecked(session, lang),
        "feedback": {
            "email": settings.feedback_email,
            "phone": settings.feedback_phone,
            "post": settings.feedback_post,
        },
        "imprint": {line: settings.imprint.get(line) for line in ImprintSchema().fields},
        "privacy_contact": settings.privacy_contact,
        "sign_language_film_url": settings.sign_language_film_url,
        "phone_help": PHONE_HELP,
        "contact_kinds": ["email", "mobile"] if settings.sms_configured else ["email"],
        "horizon_days": settings.horizon_days,
    }
