"""Sign-in and sessions of citizens over HTTP; the browser holds a cookie and never a token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, request

from backend.accounts import providers, routes_me, routes_staff, rules
from backend.accounts.errors import BadLogoutToken, SignInUnavailable
from backend.accounts.schemas import (
    EndedSessionsSchema,
    LanguageSchema,
    LocationSchema,
    OwnSessionsSchema,
    SessionSchema,
    SignInRequestSchema,
    SignOutSchema,
    return_to,
)
from backend.accounts.service import sessions, sign_in, sign_out
from backend.accounts.service.sign_in import Wish
from backend.accounts.types import Side
from backend.accounts.views import own_sessions, session_answer
from backend.core import access as caller
from backend.core.access import access, citizen, machine, public
from backend.core.api import Blueprint, changes, limited
from backend.core.body import FORM, reads
from backend.core.db import db
from backend.core.errors import Unauthenticated
from backend.core.i18n import DEFAULT, LANGUAGES
from backend.core.limits import MINUTE, Limit

SIDE = Side.CITIZEN
START = Limit("start_sign_in", soft=20, hard=20, per=MINUTE)
FINISH = Limit("finish_sign_in", soft=60, hard=120, per=MINUTE)
Body = Mapping[str, Any]

blueprint = Blueprint("accounts", __name__, url_prefix=SIDE.prefix, description="Signing in with the service account")
blueprints = (blueprint, routes_staff.blueprint, routes_me.blueprint)


@blueprint.route("/sign-in", methods=["POST"])
@blueprint.raises(SignInUnavailable)
@blueprint.arguments(SignInRequestSchema)
@blueprint.response(200, LocationSchema)
@limited(START)
@access(public)
def start_sign_in(body: Body) -> dict[str, Any]:
    """Begin to sign in; the browser goes to `location` next."""
    wish = Wish(side=SIDE, level=body["level"], to=return_to(body), language=body["language"])
    return {"location": sign_in.start(db.session(), wish)}


@blueprint.route("/step-up", methods=["POST"])
@blueprint.raises(SignInUnavailable)
@blueprint.arguments(SignInRequestSchema)
@blueprint.response(200, LocationSchema)
@limited(START)
@access(citizen("none"))
def start_step_up(body: Body) -> dict[str, Any]:
    """Prove more about oneself; the session stays as it is until that worked."""
    actor = caller.actor()
    if actor.kind != "citizen":
        raise Unauthenticated
    wish = Wish(side=SIDE, level=body["level"], to=return_to(body), language=body["language"])
    return {"location": sign_in.start(db.session(), wish, step_up=actor)}


@blueprint.route("/callback")
@blueprint.response(303, description="To a page of the portal: the wanted one, or the sign-in page with a reason")
@limited(FINISH)
@changes
@access(public)
def finish_sign_in() -> Response:
    """Where the provider sends the browser back to."""
    language = request.accept_languages.best_match(LANGUAGES) or DEFAULT
    device = rules.device_of(request.user_agent.string)
    where = sign_in.finish(db.session(), SIDE, request.args, language=language, device=device)
    return redirect(where, 303, Response=Response)  # type: ignore[return-value]  # the class is given


@blueprint.route("/session")
@blueprint.response(200, SessionSchema)
@access(public)
def get_session() -> dict[str, Any]:
    """Who is signed in; asking does not keep the session alive."""
    return session_answer(db.session(), caller.current(), available=providers.find(SIDE) is not None)


@blueprint.route("/session/extend", methods=["POST"])
@blueprint.response(200, SessionSchema)
@access(citizen("none"))
def extend_session() -> dict[str, Any]:
    """Stay signed in; the absolute end stays."""
    sessions.extend(db.session(), SIDE, caller.actor())
    return session_answer(db.session(), caller.actor(), available=providers.find(SIDE) is not None)


@blueprint.route("/sign-out", methods=["POST"])
@blueprint.arguments(LanguageSchema)
@blueprint.response(200, SignOutSchema)
@access(public)
def sign_out_(body: Body) -> dict[str, Any]:
    """End this session; the browser may go on to `location` to end the provider's too."""
    return {"location": sign_out.sign_out(db.session(), SIDE, caller.current(), body["language"])}


@blueprint.route("/sessions")
@blueprint.response(200, OwnSessionsSchema)
@access(citizen("none"))
def list_sessions() -> dict[str, Any]:
    """Where the person is signed in."""
    return own_sessions(sessions.list_sessions(db.session(), caller.actor()))


@blueprint.route("/sessions/end", methods=["POST"])
@blueprint.response(200, EndedSessionsSchema)
@access(citizen("none"))
def end_sessions() -> dict[str, Any]:
    """End all other sessions of the person."""
    return {"ended": sessions.end_others(db.session(), caller.actor())}


@blueprint.route("/backchannel-logout", methods=["POST"])
@blueprint.raises(BadLogoutToken, SignInUnavailable)
@blueprint.response(200)
@reads(FORM, "logout_token")
@access(machine("citizens' issuer"))
def backchannel_logout() -> Response:
    """The issuer says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0)."""
    sign_out.end_at_provider(db.session(), SIDE, request.form.get("logout_token", ""))
    return Response(status=200)
