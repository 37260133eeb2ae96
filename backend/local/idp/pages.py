"""The addresses of one issuer: discovery, keys, sign-in page, token, userinfo, end of session. Loopback only."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2 import OAuth2Error
from flask import Blueprint, Flask, Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from backend.core.i18n import LANGUAGES
from backend.local.idp import logout
from backend.local.idp.people import METHODS, Person, people
from backend.local.idp.provider import ANSWERS, FOREIGN, REFUSALS, make_server, with_answer
from backend.local.idp.state import ALGORITHM, Issuer, SignIn
from backend.local.standin import pages as standin
from backend.local.standin.words import Words

COOKIE = "amtsweg-idp-"
HERE = Path(__file__).parent
WORDS = Words(HERE / "texts.yaml")


def create_pages(issuers: list[Issuer]) -> Flask:
    """The WSGI application that serves all issuers, each under its own path."""
    app = standin.create("idp", HERE)
    for issuer in issuers:
        app.register_blueprint(_Realm(issuer, make_server(app, issuer)).blueprint())
    return app


class _Realm:
    """The views of one issuer."""

    def __init__(self, issuer: Issuer, server: AuthorizationServer) -> None:
        self._issuer = issuer
        self._server = server
        self._levels = tuple(METHODS[issuer.realm])
        self._cookie = COOKIE + issuer.realm

    def blueprint(self) -> Blueprint:
        """All addresses under the issuer's path."""
        made = Blueprint(self._issuer.realm, "idp", url_prefix=f"/{self._issuer.realm}")
        rules: tuple[tuple[str, Callable[[], ResponseReturnValue], tuple[str, ...]], ...] = (
            ("/.well-known/openid-configuration", self.discovery, ("GET",)),
            ("/jwks", lambda: jsonify(self._issuer.public_keys()), ("GET",)),
            ("/authorize", self.show_sign_in, ("GET",)),
            ("/authorize", self.sign_in, ("POST",)),
            ("/token", self.token, ("POST",)),
            ("/userinfo", self.userinfo, ("GET", "POST")),
            ("/end-session", self.end_session, ("GET", "POST")),
            ("/sessions", self.show_sessions, ("GET",)),
            ("/sessions", self.end_one, ("POST",)),
        )
        for number, (rule, view, methods) in enumerate(rules):
            made.add_url_rule(rule, f"view{number}", view, methods=methods)
        return made

    def discovery(self) -> Response:
        """The issuer's metadata (OpenID Connect Discovery, RFC 9207)."""
        address = self._issuer.address
        return jsonify(
            issuer=address, authorization_endpoint=f"{address}/authorize", token_endpoint=f"{address}/token",
            userinfo_endpoint=f"{address}/userinfo", jwks_uri=f"{address}/jwks",
            end_session_endpoint=f"{address}/end-session", response_types_supported=["code"],
            response_modes_supported=["query"], grant_types_supported=["authorization_code"],
            subject_types_supported=["public"], id_token_signing_alg_values_supported=[ALGORITHM],
            scopes_supported=["openid", "profile", "email", "address"], acr_values_supported=list(self._levels),
            token_endpoint_auth_methods_supported=["client_secret_basic"], code_challenge_methods_supported=["S256"],
            authorization_response_iss_parameter_supported=True, ui_locales_supported=list(LANGUAGES),
            backchannel_logout_supported=True, backchannel_logout_session_supported=True,
        )  # fmt: skip

    def show_sign_in(self) -> ResponseReturnValue:
        """The sign-in page; with prompt=none an answer at once, from the session or login_required."""
        known = self._issuer.sessions.get(request.cookies.get(self._cookie, ""))
        silent = request.args.get("prompt") == "none"
        user = known if silent and known is not None and _fresh(known) else None
        try:
            grant = self._server.get_consent_grant(end_user=user)
        except OAuth2Error as error:
            return self._refused(error)
        if silent:
            return self._server.create_authorization_response(grant=grant, grant_user=user)  # type: ignore[no-any-return]
        return self._page({"person": known.person.key if known else "", "level": self._asked() or self._levels[-1]})

    def sign_in(self) -> ResponseReturnValue:
        """The person's choice: a code, or the refusal that was asked for."""
        try:
            grant = self._server.get_consent_grant()
        except OAuth2Error as error:
            return self._refused(error)
        if request.form.get("do") == "cancel":
            return self._server.create_authorization_response(grant=grant, grant_user=None)  # type: ignore[no-any-return]
        chosen, answer = request.form.to_dict(), request.form.get("answer", "ok")
        person, level = people(self._issuer.realm).get(chosen.get("person", "")), chosen.get("level", "")
        if person is None or answer not in ANSWERS:
            return self._page(chosen, "choose_person")
        if level not in person.levels:
            return self._page(chosen, "level_unreachable", person)
        if answer in REFUSALS:
            redirect_uri = grant.validate_authorization_request()
            refusal = OAuth2Error(redirect_uri=redirect_uri, state=request.args.get("state"))
            refusal.error = answer
            return self._refused(refusal)
        return self._signed_in(grant, self._issuer.begin(person, level, answer))

    def _signed_in(self, grant: Any, sign_in: SignIn) -> Response:
        response: Response = self._server.create_authorization_response(grant=grant, grant_user=sign_in)
        response.status_code = 303
        if sign_in.answer == "wrong_issuer":
            response.location = response.location.replace(f"%2F{self._issuer.realm}", f"%2F{FOREIGN}")
        self._issuer.sessions[sign_in.sid] = with_answer(sign_in, "ok")
        path = f"/{self._issuer.realm}"
        response.set_cookie(self._cookie, sign_in.sid, path=path, httponly=True, samesite="Lax")
        return response

    def token(self) -> ResponseReturnValue:
        """Code against tokens; down when the person asked for that."""
        code = self._issuer.codes.get(request.form.get("code", ""))
        if code is not None and code.sign_in.answer == "token_down":
            return Response(status=503)
        return self._server.create_token_response()  # type: ignore[no-any-return]

    def userinfo(self) -> ResponseReturnValue:
        """The person's claims; down when the person asked for that."""
        token = self._issuer.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if token is not None and token.sign_in.answer == "userinfo_down":
            return Response(status=503)
        return self._server.create_endpoint_response("userinfo")  # type: ignore[no-any-return]

    def end_session(self) -> ResponseReturnValue:
        """Sign out, back to the portal if it asked so rightly; without its ID token a person has to confirm."""
        try:
            asked = self._server.validate_endpoint_request("end_session")
        except OAuth2Error as error:
            return self._wrong(error)
        if asked.needs_confirmation:
            if request.method == "GET":
                return self._render("idp_end.html", done=False)
            logout.end(self._issuer, request.cookies.get(self._cookie, ""))
        response = self._server.create_endpoint_response("end_session", asked)
        return response or self._render("idp_end.html", done=True)

    def show_sessions(self) -> ResponseReturnValue:
        """Who is signed in at this provider."""
        return self._render("idp_sessions.html", sessions=list(self._issuer.sessions.values()))

    def end_one(self) -> ResponseReturnValue:
        """End one session (field `sid`) or all of a person (field `person`); the portal is told."""
        wanted = request.form.get("sid"), request.form.get("person")
        for sid, sign_in in list(self._issuer.sessions.items()):
            if sid == wanted[0] or sign_in.person.key == wanted[1]:
                logout.end(self._issuer, sid)
        return redirect(request.path, 303)

    def _asked(self) -> str | None:
        """The level that the portal asks for."""
        return next((one for one in request.args.get("acr_values", "").split() if one in self._levels), None)

    def _refused(self, error: OAuth2Error) -> ResponseReturnValue:
        """An error that goes back to the portal, or a page when nobody knows whither."""
        if not error.redirect_uri:
            return self._wrong(error)
        error.state = request.args.get("state")
        response: Response = self._server.handle_error_response(None, error)
        response.location += f"&iss={quote(self._issuer.address, safe='')}"
        return response

    def _wrong(self, error: OAuth2Error) -> ResponseReturnValue:
        return self._render("idp_wrong.html", reason=error.description or error.error), 400

    def _page(
        self, chosen: Mapping[str, str], fault: str | None = None, unable: Person | None = None
    ) -> ResponseReturnValue:
        persons = people(self._issuer.realm)
        page = self._render(
            "idp_sign_in.html", persons=persons, levels=self._levels, answers=ANSWERS, asked=self._asked(),
            chosen=MultiDict(chosen), fault=fault, unable=unable,
        )  # fmt: skip
        return page, 422 if fault else 200

    def _render(self, template: str, **values: Any) -> Response:
        back = standin.origin(self._issuer.client.redirect_uris[0])
        asked = request.args.get("ui_locales", "")
        return standin.render(WORDS, template, leads_to=back, ui_locales=asked, realm=self._issuer.realm, **values)


def _fresh(sign_in: SignIn) -> bool:
    """True while the session is younger than the portal's max_age."""
    longest = request.args.get("max_age", type=int)
    return longest is None or time.time() - sign_in.auth_time <= longest
