"""Tables of accounts: persons by (issuer, subject), their sessions, sign-ins in progress, logout tokens seen.

No secret is kept in the clear: cookies as SHA-256, ID tokens and claims beyond the name encrypted.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, TIMESTAMP, CheckConstraint, ForeignKey, Index, LargeBinary, Text, Uuid, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.accounts.types import SessionKind, Side
from backend.core.access import LEVELS
from backend.core.db import Base

INSTANT = TIMESTAMP(timezone=True)


def one_of(column: str, values: tuple[str, ...]) -> str:
    """A CHECK that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class Account(Base):
    """A person as an issuer knows them. Names are readable, all other claims are sealed with the account's own key.

    `level` is the level of the sign-in that said the claims; `warned_at`: the end for idleness was announced.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint(one_of("side", tuple(Side)), "side"),
        CheckConstraint(one_of("level", LEVELS), "level"),
        CheckConstraint("claims IS NULL OR claims_at IS NOT NULL", "claims_dated"),
        Index("uq_account_issuer_subject", "issuer", "subject", unique=True),
        Index("ix_account_last_seen_at", "last_seen_at"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    side: Mapped[str] = mapped_column(Text)
    issuer: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    given_name: Mapped[str | None] = mapped_column(Text)
    family_name: Mapped[str | None] = mapped_column(Text)
    level: Mapped[str] = mapped_column(Text)
    key_id: Mapped[UUID] = mapped_column(Uuid)
    claims: Mapped[bytes | None] = mapped_column(LargeBinary)
    claims_at: Mapped[datetime | None] = mapped_column(INSTANT)
    electronic_delivery: Mapped[bool] = mapped_column(server_default=text("true"))
    electronic_delivery_at: Mapped[datetime | None] = mapped_column(INSTANT)
    language: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(INSTANT, server_default=func.clock_timestamp())
    last_seen_at: Mapped[datetime] = mapped_column(INSTANT, server_default=func.clock_timestamp())
    warned_at: Mapped[datetime | None] = mapped_column(INSTANT)


class AccountSession(Base):
    """A session: found by the hash of its cookie, over at `expires_at` (idle) and at `absolute_until` in any case."""

    __tablename__ = "account_session"
    __table_args__ = (
        CheckConstraint("octet_length(id_hash) = 32", "id_hashed"),
        CheckConstraint(one_of("kind", tuple(SessionKind)), "kind"),
        CheckConstraint(one_of("level", LEVELS), "level"),
        CheckConstraint("(kind = 'guest') = (account_id IS NULL)", "guests_have_no_account"),
        CheckConstraint("kind = 'staff' OR cardinality(roles) + cardinality(offices) = 0", "roles_are_for_staff"),
        CheckConstraint("expires_at <= absolute_until", "ends"),
        Index("ix_account_session_account_id", "account_id"),
        Index("ix_account_session_provider_session", "provider_session"),
        Index("ix_account_session_expires_at", "expires_at"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    id_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    kind: Mapped[str] = mapped_column(Text)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    level: Mapped[str] = mapped_column(Text)
    method: Mapped[str | None] = mapped_column(Text)
    auth_time: Mapped[datetime | None] = mapped_column(INSTANT)
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    offices: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    training: Mapped[bool] = mapped_column(server_default=text("false"))
    provider_session: Mapped[str | None] = mapped_column(Text)
    id_token: Mapped[bytes | None] = mapped_column(LargeBinary)
    device: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(INSTANT, server_default=func.clock_timestamp())
    seen_at: Mapped[datetime] = mapped_column(INSTANT, server_default=func.clock_timestamp())
    expires_at: Mapped[datetime] = mapped_column(INSTANT)
    absolute_until: Mapped[datetime] = mapped_column(INSTANT)


class SignIn(Base):
    """A sign-in in progress, found by the hash of the browser's cookie and used once.

    State, nonce and PKCE verifier are derived from that cookie, so nothing here helps to take a sign-in over.
    """

    __tablename__ = "sign_in"
    __table_args__ = (
        CheckConstraint("octet_length(id_hash) = 32", "id_hashed"),
        CheckConstraint(one_of("side", tuple(Side)), "side"),
        CheckConstraint(one_of("level", LEVELS), "level"),
        Index("ix_sign_in_expires_at", "expires_at"),
    )

    id_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    side: Mapped[str] = mapped_column(Text)
    level: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    return_page: Mapped[str] = mapped_column(Text)
    return_params: Mapped[dict[str, str]] = mapped_column(JSONB)
    step_up_session: Mapped[UUID | None] = mapped_column(ForeignKey("account_session.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(INSTANT)


class LogoutToken(Base):
    """A logout token that was carried out: the same one does nothing twice."""

    __tablename__ = "logout_token"

    issuer: Mapped[str] = mapped_column(Text, primary_key=True)
    token_id: Mapped[str] = mapped_column(Text, primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(INSTANT, server_default=func.clock_timestamp())
