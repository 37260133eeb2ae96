"""Shapes of the text files of the catalogue, one per language and thing; the format is explained in files.py."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from backend.catalogue.fact_shapes import FileSchema, Line
from backend.catalogue.types import Review


class ReviewShape(FileSchema):
    """How far a text file has been checked; reviewed and tested need a named person and a date."""

    status = fields.Enum(Review, by_value=True, required=True)
    by = Line(load_default=None, allow_none=True)
    date = fields.Date(load_default=None, allow_none=True)

    @validates_schema
    def _named(self, data: dict[str, Any], **_: Any) -> None:
        if data["status"] in (Review.REVIEWED, Review.TESTED) and not (data["by"] and data["date"]):
            raise ValidationError("reviewed and tested need by and date", "status")


class TextFile(FileSchema):
    """What every text file has."""

    review = fields.Nested(ReviewShape, required=True)


class AuthorityText(FileSchema):
    """The texts of one authority."""

    name = Line()


class AuthorityTexts(TextFile):
    """The file texts/<lang>/authorities.yaml."""

    authorities = fields.Dict(Line(), fields.Nested(AuthorityText), load_default=dict)


class LifeSituationText(FileSchema):
    """The texts of one life situation."""

    name = Line()
    summary = Line()


class LifeSituationTexts(TextFile):
    """The file texts/<lang>/life_situations.yaml."""

    life_situations = fields.Dict(Line(), fields.Nested(LifeSituationText), load_default=dict)


class StopText(FileSchema):
    """The texts of one recurring stop."""

    access = Line()


class OfficeTexts(TextFile):
    """A file texts/<lang>/offices/<slug>.yaml."""

    how_to_get_there = Line()
    access = Line()
    notice = Line()
    stops = fields.Dict(Line(), fields.Nested(StopText), load_default=dict)


class DocumentText(FileSchema):
    """What a document is called and how to get it."""

    name = Line(required=True)
    hint = Line()


class StepText(FileSchema):
    """One step of what happens."""

    title = Line(required=True)
    text = Line(required=True)


class ServiceTexts(TextFile):
    """A file texts/<lang>/services/<slug>.yaml."""

    name = Line()
    summary = Line()
    answer = Line()
    answer_detail = Line()
    ways = fields.Dict(Line(), Line(), load_default=dict)
    documents = fields.Dict(Line(), fields.Nested(DocumentText), load_default=dict)
    fees = fields.Dict(Line(), Line(), load_default=dict)
    steps = fields.List(fields.Nested(StepText), load_default=list)
    deadline = Line()
    notes = Line()
    keywords = fields.List(Line(), load_default=list)
