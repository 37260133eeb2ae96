"""Sign-in and sessions of staff over HTTP: another issuer, another cookie, another callback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, request

from backend.accounts import providers, rules
from backend.accounts.errors import BadLogoutToken, SignInUnavailable
from backend.accounts.schemas import (
    EndedSessionsSchema,
    LanguageSchema,
    LocationSchema,
    OwnSessionsSchema,
    SignOutSchema,
    StaffSessionSchema,
    StaffSignInRequestSchema,
    return_to,
)
from backend.accounts.service import sessions, sign_in, sign_out
from backend.accounts.service.sign_in import Wish
from backend.accounts.types import Side
from backend.accounts.views import own_sessions, session_answer
from backend.core import access as caller
from backend.core.access import ANY_ROLE, access, machine, public, staff
from backend.core.api import Blueprint, changes, limited
from backend.core.body import FORM, reads
from backend.core.db import db
from backend.core.i18n import DEFAULT
from backend.core.limits import MINUTE, Limit

SIDE = Side.STAFF
START = Limit("start_staff_sign_in", soft=20, hard=20, per=MINUTE)
FINISH = Limit("finish_staff_sign_in", soft=60, hard=120, per=MINUTE)
OWN = staff(ANY_ROLE, "own session")
Body = Mapping[str, Any]

blueprint = Blueprint("staff_accounts", __name__, url_prefix=SIDE.prefix, description="Signing in for staff")


@blueprint.route("/sign-in", methods=["POST"])
@blueprint.raises(SignInUnavailable)
@blueprint.arguments(StaffSignInRequestSchema)
@blueprint.response(200, LocationSchema)
@limited(START)
@access(public)
def start_staff_sign_in(body: Body) -> dict[str, Any]:
    """Begin to sign in; the browser goes to `location` next."""
    wish = Wish(side=SIDE, level=body["level"], to=return_to(body), language=body["language"])
    return {"location": sign_in.start(db.session(), wish, again=body["again"])}


@blueprint.route("/step-up", methods=["POST"])
@blueprint.raises(SignInUnavailable)
@blueprint.arguments(StaffSignInRequestSchema)
@blueprint.response(200, LocationSchema)
@limited(START)
@access(OWN)
def start_staff_step_up(body: Body) -> dict[str, Any]:
    """Prove again who one is, as some work demands."""
    wish = Wish(side=SIDE, level=body["level"], to=return_to(body), language=body["language"])
    return {"location": sign_in.start(db.session(), wish, step_up=caller.actor())}


@blueprint.route("/callback")
@blueprint.response(303, description="To a page of the portal: the wanted one, or the sign-in page with a reason")
@limited(FINISH)
@changes
@access(public)
def finish_staff_sign_in() -> Response:
    """Where the provider sends the browser back to."""
    device = rules.device_of(request.user_agent.string)
    where = sign_in.finish(db.session(), SIDE, request.args, language=DEFAULT, device=device)
    return redirect(where, 303, Response=Response)  # type: ignore[return-value]  # the class is given


@blueprint.route("/session")
@blueprint.response(200, StaffSessionSchema)
@access(public)
def get_staff_session() -> dict[str, Any]:
    """Which member of staff is signed in; asking does not keep the session alive."""
    actor = sessions.look(SIDE, use=False)
    return session_answer(db.session(), actor, available=providers.find(SIDE) is not None)


@blueprint.route("/session/extend", methods=["POST"])
@blueprint.response(200, StaffSessionSchema)
@access(OWN)
def extend_staff_session() -> dict[str, Any]:
    """Stay signed in; the absolute end stays."""
    sessions.extend(db.session(), SIDE, caller.actor())
    return session_answer(db.session(), caller.actor(), available=providers.find(SIDE) is not None)


@blueprint.route("/sign-out", methods=["POST"])
@blueprint.arguments(LanguageSchema)
@blueprint.response(200, SignOutSchema)
@access(public)
def sign_out_staff(body: Body) -> dict[str, Any]:
    """End this session; the browser may go on to `location` to end the provider's too."""
    actor = sessions.look(SIDE, use=False)
    return {"location": sign_out.sign_out(db.session(), SIDE, actor, body["language"])}


@blueprint.route("/sessions")
@blueprint.response(200, OwnSessionsSchema)
@access(OWN)
def list_staff_sessions() -> dict[str, Any]:
    """Where the member of staff is signed in."""
    return own_sessions(sessions.list_sessions(db.session(), caller.actor()))


@blueprint.route("/sessions/end", methods=["POST"])
@blueprint.response(200, EndedSessionsSchema)
@access(OWN)
def end_staff_sessions() -> dict[str, Any]:
    """End all other sessions of the member of staff."""
    return {"ended": sessions.end_others(db.session(), caller.actor())}


@blueprint.route("/backchannel-logout", methods=["POST"])
@blueprint.raises(BadLogoutToken, SignInUnavailable)
@blueprint.response(200)
@reads(FORM, "logout_token")
@access(machine("staff's issuer"))
def staff_backchannel_logout() -> Response:
    """The issuer says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0)."""
    sign_out.end_at_provider(db.session(), SIDE, request.form.get("logout_token", ""))
    return Response(status=200)
