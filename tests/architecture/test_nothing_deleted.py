"""Users delete nothing of a plan (A17): no code that a user reaches takes rows away; thinning is no user's act."""

import ast
from pathlib import Path

import pytest
from django.db.models import ProtectedError

from samband.plans.services import editing

SRC = Path(__file__).resolve().parents[2] / "src" / "samband"
TAKES_AWAY = {"delete", "_raw_delete", "truncate"}
# What is no row of a plan (the board's counts of yesterday, its note of whose marks are due), and who comes along: a value of
# the action, whose every change stands whole in the history. Everything else that may reach a plan is looked through.
# Thinning takes rows away in one place (core/thinning.py) when their time is over and an administrator has decided it; no page leads
# there.
NO_PLAN = {
    "board/services/snapshots.py",
    "board/services/marks.py",
    "plans/services/together.py",
}
MODULES = ("plans", "access", "board", "records", "web")


def deletions(path: Path) -> list[int]:
    """The lines where something is called that takes rows away."""
    tree = ast.parse(path.read_text())
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    return [node.lineno for node in calls if node.func.attr in TAKES_AWAY]


@pytest.mark.parametrize("module", MODULES)
def test_no_code_takes_rows_of_a_plan_away(module):
    found = {
        str(path.relative_to(SRC)): lines
        for path in (SRC / module).rglob("*.py")
        if "migrations" not in path.parts and (lines := deletions(path))
    }
    assert set(found) <= NO_PLAN, found


def test_the_look_through_sees_a_deletion(tmp_path):
    path = tmp_path / "x.py"
    path.write_text("Goal.objects.filter(pk=1).delete()\n")
    assert deletions(path) == [1]


def test_a_plan_with_a_history_cannot_be_deleted_at_all(world):
    editing.change(world.actor("alice"), world.things["goal"], {"words": "nytt"}, 1)
    with pytest.raises(ProtectedError):
        world.plan.delete()
    with pytest.raises(ProtectedError):
        world.person.delete()


def test_nobody_is_offered_to_delete(world):
    client = world.client("alice")
    for name in ("person", "history", "compare"):
        from django.urls import reverse

        body = client.get(reverse(f"plans:{name}", args=[world.person.public_id])).content.decode()
        assert "Radera" not in body
