"""Shapes of the fact files of the catalogue; the format is explained in files.py."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate, validates_schema

from backend.catalogue.types import (
    AccessFeature,
    HoursKind,
    HoursStatus,
    Icon,
    OfficeKind,
    Payment,
    WayKind,
)

GRID_MINUTES = 5
CLOCK = re.compile(r"^([01][0-9]|2[0-3]):[0-5][0-9]$")
ID = validate.Regexp(r"^[a-z0-9]+(?:_[a-z0-9]+)*$", error="must be lower-case words with _ between them")
SLUG = validate.Regexp(r"^[a-z0-9]+(?:-[a-z0-9]+)*$", error="must be lower-case words with - between them")
LEIKA = validate.Regexp(r"^99[0-9]{12}$", error="must be 14 digits beginning with 99")
CLOCK_RULE = validate.Regexp(CLOCK, error="must be a time like 07:30")
HTTPS = validate.And(validate.URL(schemes={"https"}), validate.Length(max=500))


class FileSchema(Schema):
    """A mapping in a file: unknown keys are refused."""

    class Meta:
        """Refuse what nobody reads."""

        unknown = RAISE


class Line(fields.String):
    """A non-empty text without spaces around it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        line = super()._deserialize(value, attr, data, **kwargs)
        if not line or line != line.strip():
            raise ValidationError("must not be empty or have spaces around it")
        return line


class YesNo(fields.Boolean):
    """The values true and false only, not marshmallow's many words for them."""

    truthy = {True}  # noqa: RUF012 (marshmallow's own attribute)
    falsy = {False}  # noqa: RUF012 (marshmallow's own attribute)


def _unique(values: list[Any]) -> None:
    if len(values) != len(set(values)):
        raise ValidationError("must not name anything twice")


def _slugs(**kwargs: Any) -> fields.List[str]:
    return fields.List(Line(validate=SLUG), validate=_unique, **kwargs)


class AddressShape(FileSchema):
    """Where to go; null = not known."""

    street = Line(required=True, allow_none=True)
    postcode = Line(required=True, allow_none=True, validate=validate.Regexp(r"^[0-9]{5}$", error="must be 5 digits"))
    city = Line(required=True)


class StopAddressShape(AddressShape):
    """Where a mobile office stops; `name` is the building's."""

    name = Line(required=True, allow_none=True)


class AuthorityShape(FileSchema):
    """One entry of authorities.yaml."""

    slug = Line(required=True, validate=SLUG)
    ars = Line(required=True, validate=validate.Regexp(r"^[0-9]{12}$", error="must be 12 digits"))
    name = Line(required=True)


class AuthoritiesShape(FileSchema):
    """The file authorities.yaml."""

    authorities = fields.List(fields.Nested(AuthorityShape), required=True)


class LifeSituationShape(FileSchema):
    """One entry of life_situations.yaml."""

    slug = Line(required=True, validate=SLUG)
    icon = fields.Enum(Icon, by_value=True, required=True)


class LifeSituationsShape(FileSchema):
    """The file life_situations.yaml."""

    life_situations = fields.List(fields.Nested(LifeSituationShape), required=True)


class _Opening(FileSchema):
    opens = Line(required=True, validate=CLOCK_RULE)
    closes = Line(required=True, validate=CLOCK_RULE)

    @validates_schema
    def _in_order(self, data: dict[str, Any], **_: Any) -> None:
        if data["opens"] >= data["closes"]:
            raise ValidationError("must be after opens", "closes")


class PeriodShape(_Opening):
    """Opening times that are the same on some weekdays (1 = Monday)."""

    kind = fields.Enum(HoursKind, by_value=True, required=True)
    weekdays = fields.List(fields.Integer(strict=True, validate=validate.Range(1, 7)), required=True, validate=_unique)


class HoursShape(FileSchema):
    """All opening times of an office and how far they can be trusted."""

    status = fields.Enum(HoursStatus, by_value=True, required=True)
    source = Line(load_default=None, allow_none=True)
    periods = fields.List(fields.Nested(PeriodShape), required=True)


class StopRuleShape(_Opening):
    """A recurring stop of a mobile office: every n-th week counted from the week of `valid_from`."""

    id = Line(required=True, validate=ID)
    weekday = fields.Integer(strict=True, required=True, validate=validate.Range(1, 7))
    every_weeks = fields.Integer(strict=True, load_default=1, validate=validate.Range(1, 52))
    valid_from = fields.Date(required=True)
    valid_until = fields.Date(load_default=None, allow_none=True)
    except_ = fields.List(fields.Date(), data_key="except", load_default=list)
    address = fields.Nested(StopAddressShape, required=True)
    assumption = YesNo(required=True)

    @validates_schema
    def _can_be_booked(self, data: dict[str, Any], **_: Any) -> None:
        for name in ("opens", "closes"):
            if int(data[name][-2:]) % GRID_MINUTES:
                raise ValidationError(f"must be full {GRID_MINUTES} minutes: appointments are", name)
        if data["valid_until"] is not None and data["valid_until"] < data["valid_from"]:
            raise ValidationError("must not be before valid_from", "valid_until")


class OfficeShape(FileSchema):
    """A file offices/<slug>.yaml."""

    slug = Line(required=True, validate=SLUG)
    position = fields.Integer(strict=True, required=True)
    authority = Line(required=True)
    kind = fields.Enum(OfficeKind, by_value=True, required=True)
    name = Line(required=True)
    short_name = Line(required=True)
    address = fields.Nested(AddressShape, required=True)
    bookable = YesNo(required=True)
    source = Line(load_default=None, allow_none=True)
    hours = fields.Nested(HoursShape, required=True)
    access_features = fields.List(
        fields.Enum(AccessFeature, by_value=True), required=True, allow_none=True, validate=_unique
    )
    payment = fields.List(fields.Enum(Payment, by_value=True), required=True, allow_none=True, validate=_unique)
    phone = Line(load_default=None, allow_none=True)
    email = fields.Email(load_default=None, allow_none=True)
    stops = fields.List(fields.Nested(StopRuleShape), load_default=list)

    @validates_schema
    def _only_mobile_ones_stop(self, data: dict[str, Any], **_: Any) -> None:
        if data["stops"] and data["kind"] is not OfficeKind.MOBILE:
            raise ValidationError("only a mobile office has stops", "stops")


class WayShape(FileSchema):
    """One way to settle a concern; its text has the key `kind` or `kind_authority`."""

    kind = fields.Enum(WayKind, by_value=True, required=True)
    possible = YesNo(required=True)
    authority = Line(load_default=None, allow_none=True)
    url = Line(load_default=None, allow_none=True, validate=HTTPS)
    phone = Line(load_default=None, allow_none=True)
    form = Line(load_default=None, allow_none=True, validate=SLUG)

    @validates_schema
    def _form_is_filled_online(self, data: dict[str, Any], **_: Any) -> None:
        if data["form"] and not (data["kind"] is WayKind.ONLINE and data["possible"]):
            raise ValidationError("only an online way that is possible has a form", "form")

    @post_load
    def _with_key(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        kind: WayKind = data["kind"]
        return {**data, "key": f"{kind.value}_{data['authority']}" if data["authority"] else kind.value}


class DocumentShape(FileSchema):
    """A document to bring, everywhere or at one authority."""

    id = Line(required=True, validate=ID)
    authority = Line(load_default=None, allow_none=True)


class DocumentField(fields.Nested):
    """A document; its id alone stands for one that counts everywhere."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(DocumentShape, **kwargs)

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Any:
        """Read a bare id as a mapping."""
        return super().deserialize({"id": value} if isinstance(value, str) else value, attr, data, **kwargs)


class FeeShape(FileSchema):
    """What something costs, in cents; amount null = not known. `source` is German and has its date."""

    id = Line(required=True, validate=ID)
    amount_cents = fields.Integer(required=True, allow_none=True, strict=True, validate=validate.Range(min=0))
    up_to_cents = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(min=0))
    authority = Line(load_default=None, allow_none=True)
    source = Line(required=True)
    source_date = fields.Date(required=True)
    assumption = YesNo(required=True)

    @validates_schema
    def _range_goes_up(self, data: dict[str, Any], **_: Any) -> None:
        upper, lower = data["up_to_cents"], data["amount_cents"]
        if upper is not None and (lower is None or upper <= lower):
            raise ValidationError("must be more than amount_cents", "up_to_cents")


class ServiceShape(FileSchema):
    """A file services/<slug>.yaml."""

    slug = Line(required=True, validate=SLUG)
    position = fields.Integer(strict=True, required=True)
    leika = Line(required=True, allow_none=True, validate=LEIKA)
    leika_more = fields.List(Line(validate=LEIKA), load_default=list, validate=_unique)
    life_situation = Line(required=True)
    authorities = _slugs(required=True)
    bookable = YesNo(required=True)
    short_concern = YesNo(required=True)
    duration_minutes = fields.Integer(strict=True, required=True, allow_none=True, validate=validate.Range(5, 240))
    further_person_minutes = fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(0, 240)
    )
    duration_assumption = YesNo(required=True)
    max_quantity = fields.Integer(strict=True, required=True, validate=validate.Range(1, 20))
    combine_group = Line(required=True, allow_none=True, validate=ID)
    offices = _slugs(required=True)
    ways = fields.List(fields.Nested(WayShape), required=True, validate=validate.Length(min=1))
    documents = fields.List(DocumentField(), required=True)
    fees = fields.List(fields.Nested(FeeShape), required=True)
    legal_basis = fields.List(Line(), required=True)
    related = _slugs(load_default=list)

    @validates_schema
    def _bookable_has_a_length(self, data: dict[str, Any], **_: Any) -> None:
        if data["bookable"] and data["duration_minutes"] is None:
            raise ValidationError("a bookable service needs its minutes", "duration_minutes")
        if data["bookable"] and not data["offices"]:
            raise ValidationError("a bookable service needs an office", "offices")
