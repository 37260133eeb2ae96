"""JSON shapes of sign-in, sessions and My data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate, validates_schema

from backend.accounts.rules import params_of
from backend.accounts.types import ReturnPage, ReturnTo, SessionKind
from backend.core.access import LEVELS
from backend.core.i18n import DEFAULT, LANGUAGES
from backend.core.schemas import RequestSchema, ResponseSchema, invalid

SIGN_IN_LEVELS = LEVELS[1:]
_PARAM = re.compile(r"[A-Za-z0-9-]{1,100}\Z")


def language() -> fields.Field[Any]:
    """The language of the page that asks."""
    return fields.String(load_default=DEFAULT, validate=validate.OneOf(LANGUAGES))


class ReturnToSchema(RequestSchema):
    """A page of the portal by name, never an address."""

    page = fields.String(required=True, validate=validate.OneOf([page.value for page in ReturnPage]))
    params = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 20)),
        values=fields.String(validate=validate.Regexp(_PARAM, error="invalid")),
        load_default=dict,
        metadata={"description": "form_start: service; draft: service, draft; application, case: reference"},
    )

    @validates_schema
    def check_params(self, data: Mapping[str, Any], **_options: Any) -> None:
        """Exactly the parameters that the page has."""
        if set(data["params"]) != set(params_of(ReturnPage(data["page"]))):
            raise invalid("not_allowed", "params")


class SignInRequestSchema(RequestSchema):
    """Which level is needed, and where to go afterwards."""

    level = fields.String(load_default="basic", validate=validate.OneOf(SIGN_IN_LEVELS))
    return_to = fields.Nested(ReturnToSchema, load_default=lambda: {"page": ReturnPage.HOME.value, "params": {}})
    language = language()


class StaffSignInRequestSchema(SignInRequestSchema):
    """Likewise; staff prove who they are with a second factor."""

    level = fields.String(load_default="substantial", validate=validate.OneOf(SIGN_IN_LEVELS))
    again = fields.Boolean(
        load_default=False,
        metadata={"description": "Ask even who is signed in at the provider, e.g. to take another account"},
    )


class LanguageSchema(RequestSchema):
    """The language of the page that asks."""

    language = language()


class LocationSchema(ResponseSchema):
    """Where the browser goes next."""

    location = fields.String(metadata={"description": "Address of the provider"})


class SignOutSchema(ResponseSchema):
    """Where the browser goes to end the provider's session too."""

    location = fields.String(allow_none=True, metadata={"description": "null: nothing more to do"})


class SessionSchema(ResponseSchema):
    """Who is signed in; asking does not keep the session alive."""

    signed_in = fields.Boolean(metadata={"description": "False for guests, who have no account"})
    kind = fields.String(allow_none=True, validate=validate.OneOf([kind.value for kind in SessionKind]))
    level = fields.String(allow_none=True, validate=validate.OneOf(LEVELS))
    method = fields.String(allow_none=True, metadata={"description": "How it was proved, e.g. eid"})
    name = fields.String(allow_none=True)
    expires_at = fields.AwareDateTime(allow_none=True, metadata={"description": "When it ends unless it is used"})
    absolute_until = fields.AwareDateTime(allow_none=True, metadata={"description": "When it ends in any case"})
    now = fields.AwareDateTime(metadata={"description": "The server's time, to count down from"})
    warn_minutes = fields.Integer(metadata={"description": "How long before the end to warn"})
    available = fields.Boolean(metadata={"description": "False: this portal has no issuer, nobody can sign in"})


class StaffSessionSchema(SessionSchema):
    """Likewise, with what the person may do."""

    roles = fields.List(fields.String())
    offices = fields.List(fields.String())


class OwnSessionSchema(ResponseSchema):
    """One of the person's sessions."""

    id = fields.UUID()
    current = fields.Boolean(metadata={"description": "The session that asks"})
    level = fields.String(validate=validate.OneOf(LEVELS))
    method = fields.String(allow_none=True)
    device = fields.String(allow_none=True, metadata={"description": "Browser and system, e.g. Firefox, Linux"})
    created_at = fields.AwareDateTime()
    seen_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()


class OwnSessionsSchema(ResponseSchema):
    """All of them, the one used last first."""

    items = fields.List(fields.Nested(OwnSessionSchema))


class EndedSessionsSchema(ResponseSchema):
    """How many sessions were ended."""

    ended = fields.Integer()


def return_to(body: Mapping[str, Any]) -> ReturnTo:
    """The return page of a request."""
    return ReturnTo(page=ReturnPage(body["return_to"]["page"]), params=body["return_to"]["params"])
