"""What the environment may say, and what may never be on the internet."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from backend.core.settings import SettingsError, load_settings


@pytest.fixture
def good(tmp_path: Path) -> dict[str, str]:
    key = tmp_path / "production.key"
    key.write_text("k" * 48)
    master = tmp_path / "production.keys"
    master.write_text(f"k1 {'A' * 43}=\n")
    return {
        "AMTSWEG_ENV": "production",
        "AMTSWEG_DATA": str(tmp_path),
        "DATABASE_URL": "postgresql://app:x@db.example/amtsweg?sslmode=verify-full",
        "DATABASE_OWNER_URL": "postgresql://owner:x@db.example/amtsweg?sslmode=verify-full",
        "PUBLIC_URL": "https://amtsweg.example",
        "SMTP_URL": "smtp://mail.example",
        "AMTSWEG_MAIL_FROM": "termine@amtsweg.example",
        "SECRET_KEY_FILE": str(key),
        "AMTSWEG_MASTER_KEYS_FILE": str(master),
        "CLAMD_URL": "tcp://scanner.example:3310",
    }


def faults(environ: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ)
    return caught.value.faults


@pytest.mark.parametrize("env", ["production", "development"])
def test_no_sms_is_promised_before_there_is_a_gateway(good: dict[str, str], env: str) -> None:
    assert load_settings(good | {"AMTSWEG_ENV": env}).sms_configured is False
    (fault,) = faults(good | {"AMTSWEG_ENV": env, "SMS_URL": "https://sms.example"})
    assert "SMS_URL" in fault


def test_production_starts(good: dict[str, str]) -> None:
    settings = load_settings(good)
    assert settings.env == "production"
    assert settings.database_url == "postgresql+psycopg://app:x@db.example/amtsweg?sslmode=verify-full"
    assert (settings.demo, settings.limits, settings.secure) == (False, "on", True)
    assert settings.release_delay_max == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"AMTSWEG_DEMO": "1"}, "AMTSWEG_DEMO"),
        ({"AMTSWEG_LIMITS": "off"}, "AMTSWEG_LIMITS"),
        ({"AMTSWEG_LIMITS": "observe_loopback"}, "AMTSWEG_LIMITS"),
        ({"DATABASE_URL": None}, "DATABASE_URL"),
        ({"DATABASE_OWNER_URL": None}, "DATABASE_OWNER_URL"),
        ({"DATABASE_OWNER_URL": "postgres://app:x@db.example/amtsweg?sslmode=verify-full"}, "names the role"),
        ({"DATABASE_OWNER_URL": "postgres://app:y@127.0.0.1:5432/amtsweg"}, "names the role"),
        ({"DATABASE_URL": "postgresql://app:x@db.example/amtsweg?sslmode=require"}, "DATABASE_URL"),
        ({"PUBLIC_URL": "http://amtsweg.example"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://localhost"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://127.0.0.1"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": None}, "PUBLIC_URL"),
        ({"SMTP_URL": None}, "SMTP_URL"),
        ({"AMTSWEG_MAIL_FROM": None}, "AMTSWEG_MAIL_FROM"),
        ({"SECRET_KEY_FILE": None}, "SECRET_KEY_FILE"),
        ({"SECRET_KEY_FILE": "/nowhere"}, "SECRET_KEY_FILE"),
        ({"CLAMD_URL": None}, "CLAMD_URL"),
        ({"CLAMD_URL": "http://scanner.example"}, "CLAMD_URL"),
        ({"FILES_URL": "s3://key@store.example/cases"}, "FILES_SECRET_FILE"),
        ({"FILES_URL": "https://store.example/cases"}, "FILES_URL"),
        ({"AMTSWEG_MASTER_KEYS_FILE": None}, "AMTSWEG_MASTER_KEYS_FILE"),
        ({"AMTSWEG_MASTER_KEYS_FILE": "/nowhere"}, "AMTSWEG_MASTER_KEYS_FILE"),
    ],
)
def test_production_refuses(good: dict[str, str], changes: dict[str, str | None], named: str) -> None:
    environ = {name: value for name, value in (good | changes).items() if value is not None}
    assert any(named in fault for fault in faults(environ))


def test_production_refuses_the_development_secret(good: dict[str, str], tmp_path: Path) -> None:
    load_settings({"AMTSWEG_DATA": str(tmp_path)})
    assert any(
        "development secret" in fault for fault in faults(good | {"SECRET_KEY_FILE": str(tmp_path / "secret.key")})
    )


def test_all_faults_are_named_at_once() -> None:
    found = faults({"AMTSWEG_ENV": "production", "AMTSWEG_DEMO": "1", "AMTSWEG_LIMITS": "off"})
    assert len(found) >= 7


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AMTSWEG_ENV", "prod"),
        ("AMTSWEG_DEMO", "yes"),
        ("AMTSWEG_LIMITS", "maybe"),
        ("PORT", "http"),
        ("PORT", "70000"),
        ("RELEASE_DELAY", "-1"),
        ("AMTSWEG_HOLD_MINUTES", "0"),
        ("AMTSWEG_PROXY_HOPS", "²"),
        ("PUBLIC_URL", "ftp://amtsweg.example"),
        ("PUBLIC_URL", "https://amtsweg.example/path"),
        ("PUBLIC_URL", "https://[broken"),
        ("DATABASE_URL", "sqlite:///x"),
        ("DATABASE_URL", "postgresql://"),
    ],
)
def test_every_value_is_checked(tmp_path: Path, name: str, value: str) -> None:
    assert any(name in fault for fault in faults({"AMTSWEG_DATA": str(tmp_path), name: value}))


def test_development_makes_its_own_secret(tmp_path: Path) -> None:
    first = load_settings({"AMTSWEG_DATA": str(tmp_path)})
    file = tmp_path / "secret.key"
    assert first.secret_key == file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    assert load_settings({"AMTSWEG_DATA": str(tmp_path)}).secret_key == first.secret_key


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "short").write_text("short")
    environ = {"AMTSWEG_DATA": str(tmp_path), "SECRET_KEY_FILE": str(tmp_path / "short")}
    assert any("fewer than 32" in fault for fault in faults(environ))


def test_lists_and_lines(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "AMTSWEG_DATA": str(tmp_path),
            "AMTSWEG_HELPER_CONTACTS": " Hilfe@Verein.example, ,x@y.example",
            "AMTSWEG_IMPRINT_NAME": "Stadt",
        }
    )
    assert settings.helper_contacts == {"hilfe@verein.example", "x@y.example"}
    assert settings.imprint["name"] == "Stadt"
    assert settings.imprint["phone"] is None
