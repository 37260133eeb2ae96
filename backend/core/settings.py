"""Every setting of the deployment: read once from the environment, typed, checked, refused with all faults at once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, cast, get_args
from urllib.parse import urlsplit

from flask import current_app

from backend.core.cashier import Cashier, Payee, read_cashier, read_payee
from backend.core.issuers import ACR_LEVELS, Issuer, read_acr_levels, read_issuers
from backend.core.master_keys import MasterKeysError, read_master_keys

Environment = Literal["development", "test", "production"]
LimitMode = Literal["on", "observe_loopback", "off"]

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
LOCAL_DATABASE = "postgresql+psycopg://amtsweg_app@127.0.0.1:5432/amtsweg"
SHORTEST_SECRET = 32


class SettingsError(Exception):
    """The environment is unusable; `faults` lists every reason, one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """The deployment as the program sees it; times are minutes or days as their names say."""

    env: Environment
    database_url: str
    database_owner_url: str
    public_url: str
    smtp_url: str
    secret_key: bytes
    data_dir: Path
    demo: bool
    limits: LimitMode
    release_delay_max: timedelta = timedelta(minutes=10)
    hold_minutes: int = 15
    confirm_minutes: int = 60
    horizon_days: int = 90
    announced_after_days: int = 3  # OZG § 9 as read in 2026; other law says four days: to be checked
    mail_from: str = "amtsweg@localhost"
    helper_contacts: frozenset[str] = frozenset()
    sms_configured: bool = False  # becomes true with the SMS gateway
    proxy_hops: int = 0
    pool_size: int = 9
    search_memory: timedelta = timedelta()
    feedback_email: str | None = None
    feedback_phone: str | None = None
    feedback_post: str | None = None
    imprint: Mapping[str, str | None] = field(default_factory=dict)
    privacy_contact: str | None = None
    sign_language_film_url: str | None = None
    clamd_url: str | None = None
    files_url: str | None = None
    files_secret_file: Path | None = None
    master_keys: Mapping[bytes, bytes] = field(default_factory=dict, repr=False)  # name → key, newest first
    citizen_issuer: Issuer | None = None
    staff_issuer: Issuer | None = None
    acr_levels: Mapping[str, str] = field(default_factory=lambda: ACR_LEVELS)
    cashier: Cashier | None = None
    payee: Payee = field(default_factory=Payee)

    @property
    def secure(self) -> bool:
        """True when browsers reach the portal by https."""
        return self.public_url.startswith("https://")

    @property
    def origin(self) -> str:
        """Scheme, host and port of the portal as a browser writes them in `Origin`."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"


FEEDBACK_WAYS = ("email", "phone", "post")
IMPRINT_LINES = ("name", "street", "place", "representative", "phone", "email", "vat_id", "supervision")


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Read all settings; raises SettingsError with every fault found, so that one run shows the whole work."""
    reader = _Reader(environ)
    env = reader.choice("AMTSWEG_ENV", get_args(Environment), "development")
    production = env == "production"
    data_dir = Path(environ.get("AMTSWEG_DATA") or ".amtsweg").resolve()
    public_url = reader.address("PUBLIC_URL", f"http://127.0.0.1:{reader.number('PORT', 8000, 0, 65535)}")
    database_url = reader.database("DATABASE_URL", LOCAL_DATABASE)
    settings = Settings(
        env=cast(Environment, env),
        database_url=database_url,
        database_owner_url=reader.database("DATABASE_OWNER_URL", database_url),
        public_url=public_url,
        smtp_url=environ.get("SMTP_URL") or "smtp://127.0.0.1:2525",
        secret_key=_secret_key(reader, data_dir, production),
        data_dir=data_dir,
        demo=reader.flag("AMTSWEG_DEMO", not production),
        limits=cast(LimitMode, reader.choice("AMTSWEG_LIMITS", get_args(LimitMode), _usual_limits(production))),
        release_delay_max=timedelta(minutes=reader.number("RELEASE_DELAY", 10, 0, 1440)),
        hold_minutes=reader.number("AMTSWEG_HOLD_MINUTES", 15, 5, 60),
        confirm_minutes=reader.number("AMTSWEG_CONFIRM_MINUTES", 60, 15, 1440),
        horizon_days=reader.number("AMTSWEG_HORIZON_DAYS", 90, 1, 365),
        announced_after_days=reader.number("AMTSWEG_ANNOUNCED_AFTER_DAYS", 3, 0, 30),
        mail_from=environ.get("AMTSWEG_MAIL_FROM") or f"amtsweg@{urlsplit(public_url).hostname}",
        helper_contacts=frozenset(reader.words("AMTSWEG_HELPER_CONTACTS")),
        proxy_hops=reader.number("AMTSWEG_PROXY_HOPS", 0, 0, 5),
        pool_size=reader.number("AMTSWEG_POOL_SIZE", 9, 1, 100),
        search_memory=timedelta(seconds=reader.number("AMTSWEG_SEARCH_MEMORY", 2, 0, 5)),
        **_contacts(environ),
        sign_language_film_url=environ.get("AMTSWEG_SIGN_LANGUAGE_FILM_URL") or None,
        master_keys=_master_keys(reader, data_dir, production),
        **_systems_outside(reader, production),
    )
    if environ.get("SMS_URL"):  # a mobile number would be accepted, and no confirmation could ever reach it
        reader.faults.append("SMS_URL is set, but this version has no SMS gateway yet: remove it.")
    faults = reader.faults + (_production_faults(settings, environ) if production else [])
    if faults:
        raise SettingsError(faults)
    return settings


def get_settings() -> Settings:
    """The settings of the running application (needs an application context)."""
    return cast(Settings, current_app.extensions["amtsweg-settings"])


def _contacts(environ: Mapping[str, str]) -> dict[str, Any]:
    """To whom people write about the portal, and who answers for it."""
    return {
        **{f"feedback_{way}": environ.get(f"AMTSWEG_FEEDBACK_{way.upper()}") or None for way in FEEDBACK_WAYS},
        "imprint": {line: environ.get(f"AMTSWEG_IMPRINT_{line.upper()}") or None for line in IMPRINT_LINES},
        "privacy_contact": environ.get("AMTSWEG_PRIVACY_CONTACT") or None,
    }


def _systems_outside(reader: _Reader, production: bool) -> dict[str, Any]:
    """Scanner, store of files, issuers, payment service."""
    environ, faults = reader.environ, reader.faults
    citizen_issuer, staff_issuer = read_issuers(environ, faults, production=production)
    return {
        "clamd_url": reader.gateway("CLAMD_URL", "tcp://", "unix:///"),
        "files_url": reader.gateway("FILES_URL", "s3://", "s3+http://"),
        "files_secret_file": reader.file("FILES_SECRET_FILE", needed=bool(environ.get("FILES_URL"))),
        "citizen_issuer": citizen_issuer,
        "staff_issuer": staff_issuer,
        "acr_levels": read_acr_levels(environ, faults),
        "cashier": read_cashier(environ, faults, production=production),
        "payee": read_payee(environ),
    }


def _usual_limits(production: bool) -> str:
    return "on" if production else "observe_loopback"


def _production_faults(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    """What may not be on the internet: each fault one sentence with the setting to change."""
    public = urlsplit(settings.public_url)
    checks = (
        (settings.demo, "AMTSWEG_DEMO is on: a demo makes no real appointments."),
        (settings.limits != "on", "AMTSWEG_LIMITS is not 'on'."),
        (not environ.get("DATABASE_URL"), "DATABASE_URL is missing: production needs an outside PostgreSQL."),
        (
            urlsplit(settings.database_url).username == urlsplit(settings.database_owner_url).username,
            "DATABASE_OWNER_URL names the role of DATABASE_URL: the web role must not own the tables.",
        ),
        (not _verified_tls(settings.database_url), "DATABASE_URL needs sslmode=verify-full for another machine."),
        (not _verified_tls(settings.database_owner_url), "DATABASE_OWNER_URL needs sslmode=verify-full likewise."),
        (not settings.secure, "PUBLIC_URL is not https."),
        (public.hostname in LOOPBACK, "PUBLIC_URL is this machine itself."),
        (not environ.get("SMTP_URL"), "SMTP_URL is missing: nobody would get a confirmation."),
        (not environ.get("AMTSWEG_MAIL_FROM"), "AMTSWEG_MAIL_FROM is missing."),
        (not settings.clamd_url, "CLAMD_URL is missing: no attachment could ever be checked for malware."),
    )
    return [sentence for faulty, sentence in checks if faulty]


def _secret_key(reader: _Reader, data_dir: Path, production: bool) -> bytes:
    """The root secret from SECRET_KEY_FILE; outside production the file is made on first use, for this user only."""
    given = reader.environ.get("SECRET_KEY_FILE")
    if production and not given:
        reader.faults.append("SECRET_KEY_FILE is missing: the development secret is not used in production.")
        return b""
    file = Path(given) if given else data_dir / "secret.key"
    if production and file.is_relative_to(data_dir) and file.name == "secret.key":
        reader.faults.append("SECRET_KEY_FILE is the development secret; make one of its own.")
    if not file.exists() and not production:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48), encoding="ascii")
    try:
        key = file.read_bytes().strip()
    except OSError as error:
        reader.faults.append(f"SECRET_KEY_FILE cannot be read: {error.strerror}.")
        return b""
    if len(key) < SHORTEST_SECRET:
        reader.faults.append(f"SECRET_KEY_FILE holds fewer than {SHORTEST_SECRET} bytes.")
    return key


def _master_keys(reader: _Reader, data_dir: Path, production: bool) -> dict[bytes, bytes]:
    """The keys over all keys from AMTSWEG_MASTER_KEYS_FILE; made on first use outside production."""
    given = reader.environ.get("AMTSWEG_MASTER_KEYS_FILE")
    if production and not given:
        reader.faults.append(
            "AMTSWEG_MASTER_KEYS_FILE is missing: what people send must be encrypted with a key of yours."
        )
        return {}
    try:
        return read_master_keys(Path(given) if given else data_dir / "master.keys", make=not production)
    except MasterKeysError as error:
        reader.faults.append(f"AMTSWEG_MASTER_KEYS_FILE {error}.")
        return {}


def _is_address(value: str) -> bool:
    """True for http(s)://host[:port] and nothing more."""
    try:
        parts = urlsplit(value)
        extra = parts.path or parts.query or parts.fragment or parts.username
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not extra and parts.port != 0
    except ValueError:
        return False


def _verified_tls(database_url: str) -> bool:
    """True when the way to the database is checked (verify-full) or does not leave this machine."""
    parts = urlsplit(database_url)
    return parts.hostname in LOOPBACK | {None} or "sslmode=verify-full" in parts.query.split("&")


class _Reader:
    """Reads typed values and collects faults instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.faults: list[str] = []

    def choice(self, name: str, allowed: tuple[str, ...], usual: str) -> str:
        value = self.environ.get(name) or usual
        if value not in allowed:
            self.faults.append(f"{name} must be one of: {', '.join(allowed)}.")
            return usual
        return value

    def flag(self, name: str, usual: bool) -> bool:
        value = self.environ.get(name) or str(int(usual))
        if value not in {"0", "1"}:
            self.faults.append(f"{name} must be 0 or 1.")
        return value == "1"

    def number(self, name: str, usual: int, least: int, most: int) -> int:
        text = self.environ.get(name) or str(usual)
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            self.faults.append(f"{name} must be a whole number from {least} to {most}.")
            return usual
        return int(text)

    def words(self, name: str) -> list[str]:
        return [word.strip().casefold() for word in self.environ.get(name, "").split(",") if word.strip()]

    def address(self, name: str, usual: str) -> str:
        value = (self.environ.get(name) or usual).rstrip("/")
        if not _is_address(value):
            self.faults.append(f"{name} must be http(s)://host[:port] without a path.")
            return usual
        return value

    def gateway(self, name: str, *schemes: str) -> str | None:
        """The address of something outside, beginning with one of these schemes, or None."""
        value = self.environ.get(name) or None
        if value is not None and not value.startswith(schemes):
            self.faults.append(f"{name} must begin with {' or '.join(schemes)}.")
        return value

    def file(self, name: str, *, needed: bool) -> Path | None:
        """The path of a file that is there, or None."""
        value = self.environ.get(name)
        if needed and not (value and Path(value).is_file()):
            self.faults.append(f"{name} must name a file.")
        return Path(value) if value else None

    def database(self, name: str, usual: str) -> str:
        """PostgreSQL only; every usual spelling is led to the one driver."""
        value = self.environ.get(name) or usual
        scheme, _, rest = value.partition("://")
        if scheme not in {"postgres", "postgresql", "postgresql+psycopg"} or not rest:
            self.faults.append(f"{name} must be a postgresql:// address.")
            return usual
        return f"postgresql+psycopg://{rest}"
