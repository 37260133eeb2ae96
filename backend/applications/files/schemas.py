"""Shapes of attachments on the wire."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from backend.applications.files.types import MOST_FILE_BYTES, FileState, Reason
from backend.core.schemas import RequestSchema, ResponseSchema

LONGEST_NAME = 255


class AnnounceSchema(RequestSchema):
    """A file that is about to be sent."""

    slot = ma.fields.String(required=True, validate=validate.Length(1, 80))
    name = ma.fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    size = ma.fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, 1 << 40),
        metadata={"description": f"Bytes, at most {MOST_FILE_BYTES}"},
    )


class MessageFileSchema(RequestSchema):
    """A file that is about to be sent for an open request or with a message."""

    purpose = ma.fields.String(required=True, validate=validate.OneOf(["request", "message"]))
    slot = ma.fields.String(required=True, validate=validate.Length(1, 80))
    name = ma.fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    size = ma.fields.Integer(required=True, strict=True, validate=validate.Range(1, 1 << 40))


class AttachmentSchema(ResponseSchema):
    """A file with its state; only a clean one can be downloaded."""

    attachment_id = ma.fields.UUID()
    slot = ma.fields.String()
    purpose = ma.fields.String(validate=validate.OneOf(["draft", "request", "message"]))
    name = ma.fields.String()
    size = ma.fields.Integer()
    offset = ma.fields.Integer(metadata={"description": "Bytes that are safely stored"})
    state = ma.fields.Enum(FileState, by_value=True)
    reason = ma.fields.Enum(Reason, by_value=True, allow_none=True)
    media_type = ma.fields.String(allow_none=True)
    pages = ma.fields.Integer(allow_none=True)


class AnnouncedSchema(AttachmentSchema):
    """Where to send the bytes (tus 1.0: PATCH with Upload-Offset) and in what pieces."""

    upload_url = ma.fields.String()
    chunk_bytes = ma.fields.Integer()
    max_bytes = ma.fields.Integer()


class TusHeadersSchema(ma.Schema):
    """The headers of a piece."""

    class Meta:  # noqa: D106 - marshmallow's place for options
        unknown = ma.EXCLUDE

    upload_offset = ma.fields.Integer(required=True, data_key="Upload-Offset", validate=validate.Range(0))
    upload_checksum = ma.fields.String(data_key="Upload-Checksum", load_default=None, validate=validate.Length(1, 200))
