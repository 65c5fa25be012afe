"""The description of what answers JSON is whole, and says of each address what is true of it."""

import ast

from tests.tools.urls import entries
from tests.walk import openapi


def test_everything_that_answers_json_is_described():
    missing = openapi.users_of_json() - set(openapi.ENDPOINTS)
    assert not missing, f"add to tests/walk/openapi.py, ENDPOINTS: {sorted(missing)}"


def test_nothing_is_described_that_is_not_there():
    assert set(openapi.ENDPOINTS) == openapi.users_of_json()
    routed = {openapi.view_of(entry) for entry in entries()}
    assert set(openapi.ENDPOINTS) - routed == {openapi.HEALTH}


def test_each_has_its_address_and_its_parameters():
    paths = openapi.document({"meeting": ["0f8fad5b-d9cb-469f-a165-70867728950e"]})["paths"]
    assert len(paths) == len(openapi.ENDPOINTS)
    for path, operations in paths.items():
        assert path.startswith("/")
        assert "<" not in path
        for operation in operations.values():
            assert all(f"{{{row['name']}}}" in path for row in operation["parameters"])
            assert path.count("{") == len(operation["parameters"])
    live = paths["/meetings/{meeting}/live/"]["get"]
    assert live["parameters"][0]["schema"]["anyOf"][0]["enum"], "ids that exist are tried"


def test_a_call_is_seen_under_both_its_names():
    for words in ("JsonResponse({})", "http.JsonResponse({})"):
        assert openapi._is_json(ast.parse(words, mode="eval").body.func)  # type: ignore[attr-defined]
    assert not openapi._is_json(ast.parse("HttpResponse()", mode="eval").body.func)  # type: ignore[attr-defined]
