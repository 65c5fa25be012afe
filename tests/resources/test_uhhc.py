"""A day in the public form is planned by our own reader's problem, and the plan is accepted by the independent judge."""

import json
import random
import subprocess
import sys
from datetime import time

import pytest

from samband.plans.models import Participant
from samband.resources.models import ActionTerms, Tie
from samband.resources.services.horizon import sync
from samband.resources.services.problem import build
from samband.resources.services.uhhc import restricted
from tests.resources.days import DAY
from tests.shared import shared_file
from visit_planner.formats.public import read_public
from visit_planner.formats.write import write_public
from visit_planner.plain import judge
from visit_planner.solve import solve
from visit_planner.stops import Iterations

pytestmark = pytest.mark.usefixtures("standing")


def fill(days, seed: int) -> None:
    rng = random.Random(seed)
    for n in range(8):
        home = {"latitude": 59.9 + rng.random() / 10, "longitude": 16.8 + rng.random() / 10}
        plan = days.person(**home)
        first = days.action(plan, time_from=time(7 + n), time_to=time(8 + n), minutes=15)
        if n % 3 == 0:
            days.action(
                plan, unit="help", competence="assistant", time_from=time(7 + n), time_to=time(9 + n), after=first
            )
        if n % 4 == 1:
            Participant.objects.create(action=first, unit=days.unit("centre"))
        if n % 4 == 2:
            ActionTerms.objects.create(action=first, staff=2)
    pause = {"break_from": time(11), "break_to": time(13), "break_minutes": 30}
    nurse = days.worker("Nova", "nursing", "nurse", **pause)
    days.worker("Nils", "nursing", "nurse", (8, 17), **pause)
    days.worker("Tove", "help", "assistant", **pause)
    days.worker("Doktor", "centre", "physician")
    Tie.objects.create(
        person=days.persons[0], staff=nurse.assignment.staff, kind="forbidden", unit=nurse.assignment.unit,
        starts_on=DAY.replace(day=1),
    )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_independent_judge_accepts_the_plan_of_an_exported_day(days, tmp_path, seed):
    check = shared_file("planner/check.py")
    fill(days, seed)
    sync(days.pool, DAY, DAY)
    built = build(days.pool, DAY)
    made = restricted(built.problem)
    assert len(made.instance["patients"]) == len(built.problem.visits)
    problem = read_public(json.loads(json.dumps(made.instance)))
    plan = solve(problem, Iterations(2000), seed=seed).plan
    (tmp_path / "day.json").write_text(json.dumps(made.instance))
    (tmp_path / "plan.json").write_text(json.dumps(write_public(problem, plan)))
    asked = [sys.executable, str(check), str(tmp_path / "day.json"), str(tmp_path / "plan.json")]
    said = subprocess.run(asked, capture_output=True, text=True, timeout=60)
    assert said.returncode == 0, said.stdout + said.stderr
    assert len(plan.unserved) < len(problem.visits) / 2


def test_every_day_is_judged_by_the_plain_evaluator(days):
    fill(days, 4)
    sync(days.pool, DAY, DAY)
    built = build(days.pool, DAY)
    plan = solve(built.problem, Iterations(2000), seed=1).plan
    judged = judge(built.problem, plan)
    assert judged.violations == []
    assert judged.cost == pytest.approx(plan.cost)


def test_what_is_written_names_nobody(days):
    fill(days, 5)
    sync(days.pool, DAY, DAY)
    text = json.dumps(restricted(build(days.pool, DAY).problem).instance)
    for told in ("Nova", "Person", "Hemma", "59.9", "19470312"):
        assert told not in text
