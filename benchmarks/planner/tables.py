"""Tables of the protocol page from the CSVs of `visit-planner bench`: `python benchmarks/planner/tables.py RESULTS…`."""

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean, median


def size_class(row: dict[str, str]) -> str:
    """Number of visits, for grouping."""
    return row["visits"]


def tables(path: Path) -> str:
    """One table by instance and one by size."""
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    by_name: dict[str, list[dict[str, str]]] = defaultdict(list)
    by_size: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        by_name[row["instance"]].append(row)
        by_size[size_class(row)].append(float(row["gap_percent"]))
    out = [
        "| instance | visits | seeds | seconds | cost (mean) | published | gap % mean | worst | s to published |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, runs in sorted(by_name.items(), key=lambda kv: (int(kv[1][0]["visits"]), natural(kv[0]))):
        gaps = [float(r["gap_percent"]) for r in runs]
        times = [float(r["seconds_to_published"]) for r in runs if r["seconds_to_published"]]
        out.append(
            f"| {name} | {runs[0]['visits']} | {len(runs)} | {float(runs[0]['seconds']):g} | "
            f"{mean(float(r['cost']) for r in runs):.4f} | {float(runs[0]['published']):.4f} | "
            f"{mean(gaps):+.2f} | {max(gaps):+.2f} | {f'{median(times):.2f}' if times else '–'} |"
        )
    every = [g for gs in by_size.values() for g in gs]
    out += ["", "| visits | runs | gap % mean | worst |", "| --- | --- | --- | --- |"]
    out += [
        f"| {size} | {len(g)} | {mean(g):+.2f} | {max(g):+.2f} |"
        for size, g in sorted(by_size.items(), key=lambda kv: int(kv[0]))
    ]
    out.append(f"| all | {len(every)} | {mean(every):+.2f} | {max(every):+.2f} |")
    return "\n".join(out)


def natural(name: str) -> list[object]:
    """Numbers in names by value."""
    return [int(x) if x.isdigit() else x for x in re.split(r"(\d+)", name)]


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        print(f"\n### {Path(argument).stem}\n\n{tables(Path(argument))}")
