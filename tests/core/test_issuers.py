"""Issuers in the settings: whole or not at all, never the development provider in production, never one for both."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.core.issuers import ACR_LEVELS
from backend.core.settings import Settings, SettingsError, load_settings

ISSUER = "https://konto.bremen.example/realms/citizens"


@pytest.fixture
def secret(tmp_path: Path) -> str:
    file = tmp_path / "client.secret"
    file.write_text("s3cret\n")
    return str(file)


def load(tmp_path: Path, **values: str) -> Settings:
    return load_settings({"AMTSWEG_DATA": str(tmp_path), **values})


def faults(tmp_path: Path, **values: str) -> list[str]:
    with pytest.raises(SettingsError) as found:
        load(tmp_path, **values)
    return found.value.faults


def citizen(secret: str, issuer: str = ISSUER) -> dict[str, str]:
    return {"CITIZEN_ISSUER": issuer, "CITIZEN_CLIENT_ID": "amtsweg", "CITIZEN_CLIENT_SECRET_FILE": secret}


def test_a_portal_may_have_no_issuer(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert (settings.citizen_issuer, settings.staff_issuer) == (None, None)


def test_an_issuer_is_read_and_its_secret_is_not_shown(tmp_path: Path, secret: str) -> None:
    found = load(tmp_path, **citizen(secret)).citizen_issuer
    assert found is not None
    assert (found.issuer, found.client_id, found.client_secret) == (ISSUER, "amtsweg", "s3cret")
    assert "s3cret" not in repr(found)


@pytest.mark.parametrize("left_out", ["CITIZEN_ISSUER", "CITIZEN_CLIENT_ID", "CITIZEN_CLIENT_SECRET_FILE"])
def test_half_an_issuer_is_a_fault(tmp_path: Path, secret: str, left_out: str) -> None:
    given = citizen(secret)
    del given[left_out]
    assert any(left_out in fault for fault in faults(tmp_path, **given))


@pytest.mark.parametrize(
    "issuer",
    [
        "http://konto.bremen.example",
        "konto.bremen.example",
        "https://",
        "https://x.example/?a=b",
        "https://[",
        "ftp://x",
    ],
)
def test_an_issuer_is_an_https_address(tmp_path: Path, secret: str, issuer: str) -> None:
    assert any("CITIZEN_ISSUER" in fault for fault in faults(tmp_path, **citizen(secret, issuer)))


def test_a_secret_must_be_readable_and_not_empty(tmp_path: Path, secret: str) -> None:
    assert faults(tmp_path, **citizen(str(tmp_path / "missing")))
    Path(secret).write_text("\n")
    assert faults(tmp_path, **citizen(secret))


def test_the_development_provider_is_for_development(tmp_path: Path, secret: str) -> None:
    for host in ("127.0.0.1", "localhost", "[::1]"):
        local = citizen(secret, f"http://{host}:9000/citizens")
        assert load(tmp_path, **local).citizen_issuer
        assert any("signs anybody in" in fault for fault in faults(tmp_path, AMTSWEG_ENV="production", **local))
    plain = citizen(secret, "http://konto.bremen.example")
    assert any("not https" in fault for fault in faults(tmp_path, AMTSWEG_ENV="production", **plain))


def test_citizens_and_staff_are_never_one_registration(tmp_path: Path, secret: str) -> None:
    both = citizen(secret) | {name.replace("CITIZEN", "STAFF"): value for name, value in citizen(secret).items()}
    assert any("STAFF" in fault for fault in faults(tmp_path, **both))
    both["STAFF_CLIENT_ID"] = "amtsweg-staff"
    assert load(tmp_path, **both).staff_issuer


def test_an_issuer_may_have_its_own_words_for_levels(tmp_path: Path) -> None:
    assert load(tmp_path).acr_levels == ACR_LEVELS
    own = load(tmp_path, AMTSWEG_ACR_LEVELS="urn:a=basic urn:x?loa=3=substantial").acr_levels
    assert own == {"urn:a": "basic", "urn:x?loa=3": "substantial"}


@pytest.mark.parametrize("words", ["urn:a", "=basic", "urn:a=gold"])
def test_unknown_levels_are_a_fault(tmp_path: Path, words: str) -> None:
    assert any("AMTSWEG_ACR_LEVELS" in fault for fault in faults(tmp_path, AMTSWEG_ACR_LEVELS=words))
