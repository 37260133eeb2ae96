"""Every operation of applications with good and bad values, by somebody who is signed in and has something to spoil."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Request
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backend.core import access
from backend.core.access import Access, Actor
from tests.applications.people import BY_CLERK, Somebody, Town

EXAMPLES = 25
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
ON_DRAFTS = [
    "createDraft",
    "listDrafts",
    "getDraft",
    "saveDraftPage",
    "checkDraft",
    "submitApplication",
    "sendResumeLink",
]
ON_APPLICATIONS = [
    "listMyApplications", "getApplication", "getApplicationStatusByCode", "sendMessage", "answerRequest",
    "extendRequest", "undoSubmission", "startPayment", "getPayment", "downloadReceipt", "downloadLetter",
    "verifyDocument", "grantPowerOfAttorney", "listPowersOfAttorney", "acceptPowerOfAttorney", "revokePowerOfAttorney",
]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def person(town: Town) -> Somebody:
    """Somebody with a draft and a sent application, whom every request of this module comes from."""
    made = town.citizen()
    made.applied(BY_CLERK)
    made.begin()
    return made


@pytest.fixture(scope="module")
def description(town: Town, person: Somebody) -> Any:
    def always(_request: Request, _rule: Access | None) -> Actor | None:
        return person.actor

    found = schemathesis.openapi.from_wsgi("/api/openapi.json", town.app)
    access.register(town.app, always)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", [*ON_DRAFTS, *ON_APPLICATIONS])
def test_an_owner_cannot_break_it(description: Any, person: Somebody, name: str, mode: GenerationMode) -> None:
    own = {"draft_id": person.draft["draft_id"], "reference": person.sent["reference"], "page": "content"}
    operation = description.find_operation_by_id(name)
    if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
        return  # nothing in it can be bad

    @tuned(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        case.path_parameters = {key: own.get(key, value) for key, value in (case.path_parameters or {}).items()}
        case.call_and_validate(checks=CHECKS)

    run()


@pytest.mark.slow
@tuned(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(page=st.sampled_from(["person", "home", "content", "more_content", "use", "way", "post"]), data=st.data())
def test_whatever_is_typed_is_kept_or_refused(town: Town, person: Somebody, page: str, data: Any) -> None:
    """Known fields with any JSON value: 200 or 422, and what was kept comes back as it is stored."""
    names = [
        "given_name",
        "birth_date",
        "address",
        "kind",
        "items",
        "purpose",
        "purpose_other",
        "delivery",
        "same_address",
        "post_address",
    ]
    typed = data.draw(st.dictionaries(st.sampled_from(names) | st.text(max_size=8), JSON, max_size=4))
    person.draft = dict(person.get(f"/drafts/{person.draft['draft_id']}").json or {})
    answer = person.save(page, typed)
    assert answer.status_code in (200, 422), answer.json
    assert person.post(f"/drafts/{person.draft['draft_id']}/check").status_code == 200
