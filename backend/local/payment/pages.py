"""The addresses of the local payment service: the protocol, the page to pay on, and a page to change its behaviour."""

from __future__ import annotations

import secrets
import time
from pathlib import Path

from flask import Flask, Response, abort, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from backend.local.payment.register import MODES, RefusedError, Register, Transaction
from backend.local.standin import pages as standin
from backend.local.standin.words import Words

HERE = Path(__file__).parent
WORDS = Words(HERE / "texts.yaml")
SLOW_SECONDS = 8
TOKEN_SECONDS = 300
STATUS = {"FORBIDDEN": 403, "NO_VALID_ORIGINATOR_OR_ENDPOINT": 404, "PAYMENT_EXISTS": 409}
PAYMENT = "/paymenttransaction/<originator>/<end_point>"


def create_pages(register: Register, client_id: str, secret: str) -> Flask:
    """The WSGI application over one register; callers of the protocol prove who they are with a token."""
    app = standin.create("payment", HERE)
    service = _Service(register, client_id, secret)
    for rule, view, method in (
        ("/token", service.token, "POST"),
        (PAYMENT, service.begin, "POST"),
        (f"{PAYMENT}/<key>", service.status, "GET"),
        ("/status/<originator>/<end_point>", service.health, "GET"),
        ("/pay/<key>", service.show_page, "GET"),
        ("/pay/<key>", service.act, "POST"),
        ("/", service.show_switch, "GET"),
        ("/", service.switch, "POST"),
    ):
        app.add_url_rule(rule, f"{method} {rule}", view, methods=[method])
    return app


class _Service:
    """The views."""

    def __init__(self, register: Register, client_id: str, secret: str) -> None:
        self._register = register
        self._client = (client_id, secret)
        self._tokens: dict[str, float] = {}

    def token(self) -> ResponseReturnValue:
        """OAuth2 client credentials."""
        given = request.authorization
        if given is None or (given.username, given.password) != self._client:
            return jsonify(error="invalid_client"), 401
        token = secrets.token_urlsafe(24)
        self._tokens[token] = time.monotonic() + TOKEN_SECONDS
        return jsonify(access_token=token, token_type="Bearer", expires_in=TOKEN_SECONDS)  # noqa: S106 - a scheme

    def begin(self, originator: str, end_point: str) -> ResponseReturnValue:
        """POST: take a PaymentRequest."""
        if (refused := self._refused(originator, end_point)) is not None:
            return refused
        asked = request.get_json(silent=True)
        try:
            if not isinstance(asked, dict) or self._register.mode == "rejecting":
                raise RefusedError("VALIDATION_ERROR", "body")
            return jsonify(self._register.told(self._register.add(asked)))
        except (KeyError, ValueError, TypeError, ArithmeticError):
            return problem("VALIDATION_ERROR", "amounts")
        except RefusedError as error:
            return problem(error.code, str(error))

    def status(self, originator: str, end_point: str, key: str) -> ResponseReturnValue:
        """GET: what became of it."""
        if (refused := self._refused(originator, end_point)) is not None:
            return refused
        found = self._register.find(key)
        return Response(status=404) if found is None else jsonify(self._register.told(found))

    def health(self, originator: str, end_point: str) -> ResponseReturnValue:
        """GET: is this configuration served."""
        return self._refused(originator, end_point) or jsonify(status=200)

    def show_page(self, key: str) -> ResponseReturnValue:
        """The page to pay on."""
        found = self._found(key)
        back = standin.origin(found.asked["redirectUrl"])
        return standin.render(WORDS, "pay.html", leads_to=back, paid=found.current() == "PAYED", asked=found.asked)

    def act(self, key: str) -> ResponseReturnValue:
        """What the person did; back to the online service, which has to ask for the outcome itself."""
        found = self._found(key)
        self._register.act(found, request.form.get("do", ""))
        return redirect(found.asked["redirectUrl"], 303)

    def show_switch(self) -> ResponseReturnValue:
        """How the service behaves, and all transactions."""
        known = list(self._register.transactions.values())
        return standin.render(WORDS, "switch.html", modes=MODES, mode=self._register.mode, transactions=known)

    def switch(self) -> ResponseReturnValue:
        """Change how the service behaves."""
        wanted = request.form.get("mode", "")
        if wanted not in MODES:
            abort(422)
        self._register.mode = wanted
        return redirect("/", 303)

    def _found(self, key: str) -> Transaction:
        return self._register.find(key) or abort(404)

    def _refused(self, originator: str, end_point: str) -> Response | None:
        """The faults that a mode asks for, and callers who may not."""
        if self._register.mode == "down":
            return Response(status=503)
        if self._register.mode == "slow":
            time.sleep(SLOW_SECONDS)
        if self._register.mode == "garbage":
            return Response("<html>", mimetype="text/html")
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self._tokens.get(token, 0) < time.monotonic():
            return problem("FORBIDDEN", "token")
        if originator != self._register.originator or end_point not in self._register.end_points:
            return problem("NO_VALID_ORIGINATOR_OR_ENDPOINT", "path")
        return None


def problem(code: str, text: str) -> Response:
    """A problem document with the standard's code."""
    status = STATUS.get(code, 400)
    response = jsonify(type="about:blank", status=status, title=code, functionalCode=code, functionalText=text)
    response.status_code, response.mimetype = status, "application/problem+json"
    return response
