"""Tables of the catalogue: relational where rows are filtered or joined, ready answers per language beside them."""

from datetime import date, time
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from backend.core.db import Base


class CatalogueState(Base):
    """One row: its version rises with every import that changed something, so that caches know."""

    __tablename__ = "catalogue_state"
    __table_args__ = (CheckConstraint("only_row", name="only_row"),)

    only_row: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    version: Mapped[int] = mapped_column(BigInteger)


class Authority(Base):
    """A municipality that offers services."""

    __tablename__ = "authority"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    ars: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    active: Mapped[bool]
    content_hash: Mapped[str] = mapped_column(Text)
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB)


class LifeSituation(Base):
    """A situation in life that groups services."""

    __tablename__ = "life_situation"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    position: Mapped[int]
    active: Mapped[bool]
    content_hash: Mapped[str] = mapped_column(Text)
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Office(Base):
    """A place where people are served; withdrawn ones stay, because appointments name them."""

    __tablename__ = "office"
    __table_args__ = (CheckConstraint("kind IN ('permanent', 'mobile')", name="kind"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    short_name: Mapped[str] = mapped_column(Text)
    street: Mapped[str | None] = mapped_column(Text)
    postcode: Mapped[str | None] = mapped_column(Text)
    city: Mapped[str] = mapped_column(Text)
    bookable: Mapped[bool]
    access_features: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    position: Mapped[int]
    active: Mapped[bool]
    content_hash: Mapped[str] = mapped_column(Text)


class OfficeAnswer(Base):
    """The ready answers about an office in one language."""

    __tablename__ = "office_answer"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id", ondelete="CASCADE"), primary_key=True)
    lang: Mapped[str] = mapped_column(Text, primary_key=True)
    summary: Mapped[dict[str, Any]] = mapped_column(JSONB)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)


class MobileStop(Base):
    """A dated stop of a mobile office, expanded from its recurring rule; withdrawn ones stay for appointments."""

    __tablename__ = "mobile_stop"
    __table_args__ = (
        UniqueConstraint("office_id", "rule", "day"),
        CheckConstraint("opens < closes", name="opens_before_closes"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    rule: Mapped[str] = mapped_column(Text)
    day: Mapped[date]
    opens: Mapped[time]
    closes: Mapped[time]
    name: Mapped[str | None] = mapped_column(Text)
    street: Mapped[str | None] = mapped_column(Text)
    postcode: Mapped[str | None] = mapped_column(Text)
    city: Mapped[str] = mapped_column(Text)
    access: Mapped[dict[str, Any]] = mapped_column(JSONB)
    assumption: Mapped[bool]
    active: Mapped[bool]


class Service(Base):
    """A concern that people have; withdrawn ones stay, because appointments name them."""

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("duration_minutes > 0", name="duration_positive"),
        CheckConstraint("further_person_minutes >= 0", name="further_person_not_negative"),
        CheckConstraint("max_quantity > 0", name="max_quantity_positive"),
        CheckConstraint("NOT bookable OR duration_minutes IS NOT NULL", name="bookable_has_duration"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    life_situation_id: Mapped[int] = mapped_column(ForeignKey("life_situation.id"))
    bookable: Mapped[bool]
    short_concern: Mapped[bool]
    duration_minutes: Mapped[int | None]
    further_person_minutes: Mapped[int | None]
    max_quantity: Mapped[int]
    combine_group: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int]
    active: Mapped[bool]
    content_hash: Mapped[str] = mapped_column(Text)


class ServiceAnswer(Base):
    """The ready answers about a service in one language."""

    __tablename__ = "service_answer"

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    lang: Mapped[str] = mapped_column(Text, primary_key=True)
    summary: Mapped[dict[str, Any]] = mapped_column(JSONB)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)


class ServiceAuthority(Base):
    """Which authority offers a service."""

    __tablename__ = "service_authority"

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"), primary_key=True)


class ServiceOffice(Base):
    """Which office offers a service."""

    __tablename__ = "service_office"

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True, index=True)


class ServiceLeika(Base):
    """Keys of the national service catalogue (LeiKa) that lead to a service; one key may lead to several."""

    __tablename__ = "service_leika"

    leika: Mapped[str] = mapped_column(Text, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)


class ServiceTerm(Base):
    """A word or phrase in search form (ASCII) that leads to a service; weight 1 to 100."""

    __tablename__ = "service_term"
    __table_args__ = (
        Index("ix_service_term_term_trgm", "term", postgresql_using="gin", postgresql_ops={"term": "gin_trgm_ops"}),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight_range"),
    )

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    lang: Mapped[str] = mapped_column(Text, primary_key=True)
    term: Mapped[str] = mapped_column(Text, primary_key=True)
    phrase: Mapped[bool] = mapped_column(primary_key=True, server_default=text("false"))
    weight: Mapped[int]
