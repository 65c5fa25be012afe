"""What answers JSON, in the words of OpenAPI 3.0: made of the URL table, so that an address is never written twice.

Samband has no public API; these addresses are for its own scripts. `ENDPOINTS` says of each view what it takes and answers.
"""

import ast
from pathlib import Path
from typing import Any

import samband
from tests.tools.urls import Entry, entries

SOURCE = Path(samband.__file__).parent
HEALTH = "samband.core.middleware.HealthMiddleware"  # answers before the URL table is asked
KINDS = {
    "uuid": {"type": "string", "format": "uuid"},
    "int": {"type": "integer", "minimum": 0},
    "str": {"type": "string"},
}
TEXT: dict = {"type": "string"}
WRONG = {"error": {"type": "string", "minLength": 1}}


def thing(**fields: dict) -> dict:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


NOTE = {"version": {"type": "integer", "minimum": 0}, "notes": TEXT}
AGENDA_ROW = thing(id=KINDS["uuid"], **NOTE, writes=TEXT)
OPTIONS = thing(publicKey={"type": "object", "required": ["challenge"]})
DEVICE = {
    "name": {**TEXT, "minLength": 1, "maxLength": 60},
    "endpoint": {**TEXT, "minLength": 1, "maxLength": 1000},
    "p256dh": {**TEXT, "minLength": 1, "maxLength": 120},
    "auth": {**TEXT, "minLength": 1, "maxLength": 40},
}
ANY: dict = {"type": "object"}
MOVED = {status: {"type": "object", "required": ["ok", "text", "data"]} for status in (200, 409, 422)}
WHICH = {"visit": TEXT, "version": TEXT}
MOVE: dict[str, dict] = {
    "move": {**WHICH, "part": TEXT, "shift": TEXT, "minute": TEXT},
    "unplace": WHICH,
    "lock": {**WHICH, "on": TEXT},
    "other_day": {**WHICH, "to": TEXT},
    "undo": {"version": TEXT},
}
# Where one function answers for several views.
ANSWERS_FOR = {
    "samband.resources.views.desk_moves._act": tuple(f"samband.resources.views.desk_moves.{name}" for name in MOVE)
}
# view → method, fields of its form, and the JSON of its answers by status
ENDPOINTS: dict[str, tuple[str, dict, dict[int, dict]]] = {
    HEALTH: ("get", {}, {200: thing(status=TEXT, worker=TEXT), 503: thing(status=TEXT)}),
    "samband.meetings.views.minutes.notes": ("post", NOTE, {200: thing(**NOTE, message=TEXT), 422: thing(**WRONG)}),
    "samband.meetings.views.minutes.live": (
        "get",
        {},
        {200: thing(items={"type": "array", "items": AGENDA_ROW}, open={"type": "boolean"})},
    ),
    "samband.notices.views.devices.add": (
        "post",
        DEVICE,
        {200: thing(ok={"type": "boolean"}), 409: thing(**WRONG), 422: thing(**WRONG)},
    ),
    "samband.resources.views.desk.data": ("get", {}, {200: ANY}),
    **{f"samband.resources.views.desk_moves.{name}": ("post", MOVE[name], MOVED) for name in MOVE},
    "samband.resources.views.worth_files.figures": ("get", {}, {200: ANY}),
    "samband.web.views.security.begin_passkey": ("post", {}, {200: OPTIONS}),
    "samband.web.views.local.passkey_begin": ("post", {}, {200: OPTIONS}),
}
# Every view may answer with a page instead: refused, not there, too often. 302 goes to the log-in.
PAGES = {400: "Not readable", 403: "Refused", 404: "Not there, or not for you", 429: "Too often"}


def users_of_json() -> set[str]:
    """What in the source calls JsonResponse: `module.function`, or `module.Class`."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        module = ".".join(("samband", *path.relative_to(SOURCE).with_suffix("").parts))
        for node in ast.parse(path.read_text()).body:
            if any(isinstance(part, ast.Call) and _is_json(part.func) for part in ast.walk(node)):
                name = f"{module}.{getattr(node, 'name', '?')}"
                found |= set(ANSWERS_FOR.get(name, (name,)))
    return found


def _is_json(called: ast.expr) -> bool:
    return getattr(called, "id", getattr(called, "attr", "")) == "JsonResponse"


def view_of(entry: Entry) -> str:
    return f"{entry.view.__module__}.{getattr(entry.view, '__name__', '')}"


def document(known: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """The description. `known` has ids that exist, by parameter: half of what is tried is then one of them."""
    paths: dict[str, Any] = {"/health": _operation(HEALTH, "health", [], {})}
    for entry in entries():
        if (name := view_of(entry)) in ENDPOINTS:
            path, parameters = _path(entry, known or {})
            paths[path] = _operation(name, entry.name, parameters, PAGES | {302: "To the log-in"})
    return {"openapi": "3.0.3", "info": {"title": "Samband, what answers JSON", "version": "1"}, "paths": paths}


def _path(entry: Entry, known: dict[str, list[str]]) -> tuple[str, list[dict]]:
    path, parameters = "/" + entry.route, []
    for name in entry.parameters:
        kind = next(kind for kind in KINDS if f"<{kind}:{name}>" in path)
        path = path.replace(f"<{kind}:{name}>", f"{{{name}}}")
        ids = known.get(name)
        schema = {"anyOf": [{"type": "string", "enum": ids}, KINDS[kind]]} if ids else KINDS[kind]
        parameters.append({"name": name, "in": "path", "required": True, "schema": schema})
    return path, parameters


def _operation(view: str, name: str, parameters: list[dict], pages: dict[int, str]) -> dict:
    method, fields, answers = ENDPOINTS[view]
    said: dict[str, dict] = {}
    for status, words in pages.items():
        said[str(status)] = {"description": words} | ({} if status == 302 else {"content": {"text/html": {}}})
    for status, schema in answers.items():
        said[str(status)] = {"description": "Answered", "content": {"application/json": {"schema": schema}}}
    operation: dict[str, Any] = {"operationId": name, "parameters": parameters, "responses": said}
    if fields:
        form = {"type": "object", "properties": fields, "required": list(fields)}
        operation["requestBody"] = {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": form}},
        }
    return {method: operation}
