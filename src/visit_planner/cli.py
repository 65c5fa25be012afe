"""The command line.  stdout carries results only (one JSON line for `solve`); progress goes to stderr."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .errors import InvalidInput


def positive(kind: type, low: float = 0) -> Any:
    """An argument type with a lower bound."""

    def parse(value: str) -> Any:
        number = kind(value)
        if not number >= low or number > 1e15:
            raise argparse.ArgumentTypeError(f"expected {low:g} or more, found {value}")
        return number

    parse.__name__ = kind.__name__
    return parse


def parser() -> argparse.ArgumentParser:
    """All commands."""
    top = argparse.ArgumentParser(prog="visit-planner", description="Plans a day of home visits.")
    sub = top.add_subparsers(dest="command", required=True)

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return sub.add_parser(name, help=text, description=text)

    def run(p: argparse.ArgumentParser) -> None:
        length = p.add_mutually_exclusive_group()
        length.add_argument("--seconds", type=positive(float), help="stop after this many seconds (default 60)")
        length.add_argument("--iterations", type=positive(int), help="stop after this many iterations per process")
        p.add_argument("--seed", type=positive(int), default=1)
        p.add_argument("--threads", type=positive(int, 1), default=1, help="worker processes")
        p.add_argument("--out", help="file for the plan")
        p.add_argument("--quiet", action="store_true", help="no progress on stderr")

    solve = add("solve", "search for the best plan of a day")
    solve.add_argument("file")
    solve.add_argument("--start", help="a plan to begin with")
    run(solve)
    check = add("check", "judge a plan with the plain evaluator (exit 1: it breaks a hard rule)")
    check.add_argument("file")
    check.add_argument("plan")
    replan = add("replan", "a proposal for the rest of the day after something happened")
    replan.add_argument("file")
    replan.add_argument("plan")
    replan.add_argument("--now", type=positive(float), required=True, help="minutes from the start of the day")
    replan.add_argument("--freeze", type=positive(float), default=0.0, help="minutes in which workers stay")
    replan.add_argument("--sick", action="append", default=[], metavar="WORKER")
    replan.add_argument("--cancel", action="append", default=[], metavar="VISIT")
    replan.add_argument("--late", action="append", default=[], metavar="WORKER:UNTIL")
    replan.add_argument("--new", action="append", default=[], metavar="FILE", help="a day file's visit (JSON object)")
    run(replan)
    explain = add("explain", "why a visit is where it is, and what else could be")
    explain.add_argument("file")
    explain.add_argument("plan")
    explain.add_argument("visit")
    compare = add("compare", "two plans of one day, component by component")
    compare.add_argument("file")
    compare.add_argument("plan_a")
    compare.add_argument("plan_b")
    plot = add("plot", "timeline and map of a plan as SVG")
    plot.add_argument("file")
    plot.add_argument("plan")
    plot.add_argument("--out", required=True)
    bound = add("bound", "a lower bound on the price of any plan (small days)")
    bound.add_argument("file")
    bound.add_argument("--seconds", type=positive(float), default=30.0)
    bench = add("bench", "solve every problem in a folder and write a table")
    bench.add_argument("folder")
    bench.add_argument("--seconds", type=positive(float), default=30.0)
    bench.add_argument("--seeds", type=positive(int, 1), default=3)
    bench.add_argument("--threads", type=positive(int, 1), default=1)
    bench.add_argument("--best", help="CSV with the published values (columns instance, best_known or best)")
    bench.add_argument(
        "--clock",
        choices=("wall", "cpu"),
        default="wall",
        help="cpu: seconds of processor time, for a machine that others use as well",
    )
    bench.add_argument(
        "--until-best",
        choices=("met", "beaten"),
        help="end a run as soon as the published value is met (within 0.001) or beaten",
    )
    bench.add_argument("--plans", help="folder for the plans")
    bench.add_argument("--out", default="bench.csv", help="the table; rows are added as they are found")
    add("warm", "compile the kernels into the user's cache")
    return top


def main(argv: list[str] | None = None) -> int:
    """Exit 0: done; 1: the plan breaks a hard rule; 2: bad input."""
    args = parser().parse_args(argv)
    from . import commands

    try:
        return int(getattr(commands, args.command)(args))
    except InvalidInput as error:
        print(f"visit-planner: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        print("visit-planner: interrupted", file=sys.stderr)
        return 130


def emit(data: dict[str, Any], indent: int | None = None) -> None:
    """JSON on stdout."""
    print(json.dumps(data, indent=indent, ensure_ascii=False), flush=True)


def writable(path: str | None) -> None:
    """Refuses an output place before an hour of search, not after it."""
    if path and not Path(path).absolute().parent.is_dir():
        raise InvalidInput(f"{path}: expected a folder that exists")


if __name__ == "__main__":
    raise SystemExit(main())
