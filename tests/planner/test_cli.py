"""The command line from outside: one JSON line, exit codes, and what bad input is answered with."""

import copy
import json

import pytest

from tests.planner.planner_data import bad_inputs
from visit_planner.cli import main


def run(capsys, *args):
    code = main([str(a) for a in args])
    out = capsys.readouterr()
    return code, out.out, out.err


@pytest.mark.parametrize("family", ["hhcrsp", "uhhc", "day"])
def test_solve_check_explain_compare_replan_plot(capsys, files, tmp_path, family):
    file, plan = files[family], tmp_path / "plan.json"
    code, out, _ = run(capsys, "solve", file, "--iterations", 400, "--seed", 3, "--out", plan, "--quiet")
    assert code == 0
    assert out.count("\n") == 1
    line = json.loads(out)
    assert {"cost", "components", "seconds", "iterations"} <= line.keys()
    assert line["iterations"] >= 400
    code, out, _ = run(capsys, "check", file, plan)
    assert code == 0
    assert json.loads(out)["cost"] == pytest.approx(line["cost"], abs=1e-6)
    first = "v1" if family == "day" else "p1"
    code, out, _ = run(capsys, "explain", file, plan, first)
    assert code == 0
    assert first in json.loads(out)["text"]
    again = tmp_path / "again.json"
    code, out, _ = run(capsys, "replan", file, plan, "--now", 10, "--iterations", 50, "--out", again, "--quiet")
    assert code == 0
    code, out, _ = run(capsys, "compare", file, plan, again)
    assert code == 0
    assert json.loads(out)["feasible"] == [True, True]
    code, out, _ = run(capsys, "plot", file, plan, "--out", tmp_path / "plan.svg")
    assert code == 0
    assert (tmp_path / "plan.svg").read_text().startswith("<svg")


@pytest.mark.parametrize("case", bad_inputs(), ids=lambda c: c[0])
def test_bad_input_is_refused_with_place_and_expectation(capsys, tmp_path, case):
    _, data, words = case
    path = tmp_path / "bad.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    code, out, err = run(capsys, "solve", path, "--iterations", 10)
    assert code == 2
    assert out == ""
    for word in (*words, "expected"):
        assert word in err


def test_missing_file_and_missing_folder(capsys, files, tmp_path):
    code, _, err = run(capsys, "solve", tmp_path / "nothing.json", "--iterations", 10)
    assert code == 2
    assert "nothing.json" in err
    code, _, err = run(capsys, "solve", files["day"], "--iterations", 10, "--out", tmp_path / "no" / "plan.json")
    assert code == 2


def test_plan_of_another_problem_is_refused(capsys, files, tmp_path):
    plan = tmp_path / "plan.json"
    assert run(capsys, "solve", files["day"], "--iterations", 10, "--out", plan)[0] == 0
    code, _, err = run(capsys, "check", files["uhhc"], plan)
    assert code == 2
    assert "expected" in err


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda d: d["routes"].append({"worker": "w9", "stops": []}), "worker"),
        (lambda d: d["routes"][0]["stops"][0].update(visit="v9", part=1), "visit"),
        (lambda d: d["routes"][0]["stops"][0].update(start="soon"), "finite number"),
    ],
)
def test_broken_plan_is_refused(capsys, files, tmp_path, change, word):
    plan = tmp_path / "plan.json"
    run(capsys, "solve", files["day"], "--iterations", 10, "--out", plan)
    data = json.loads(plan.read_text())
    data["routes"][0]["stops"][0].pop("break", None)
    change(data)
    plan.write_text(json.dumps(data))
    code, _, err = run(capsys, "check", files["day"], plan)
    assert code == 2
    assert word in err


def test_check_finds_two_parts_by_one_worker(capsys, files, tmp_path):
    plan = tmp_path / "plan.json"
    run(capsys, "solve", files["hhcrsp"], "--iterations", 10, "--out", plan)
    data = json.loads(plan.read_text())
    stops = [s for r in data["routes"] for s in r["locations"]]
    data["routes"] = [{"caregiver_id": "c2", "locations": copy.deepcopy(stops)}]
    plan.write_text(json.dumps(data))
    code, out, _ = run(capsys, "check", files["hhcrsp"], plan)
    assert code == 1
    assert any("two parts by one worker" in v for v in json.loads(out)["violations"])


def test_same_seed_same_answer(capsys, files):
    answers = {
        run(capsys, "solve", files["uhhc"], "--iterations", 300, "--seed", 5)[1].split(', "seconds"')[0]
        for _ in range(2)
    }
    assert len(answers) == 1


def test_warm_names_the_folder(capsys):
    code, out, _ = run(capsys, "warm")
    assert code == 0
    assert json.loads(out)["folder"]
