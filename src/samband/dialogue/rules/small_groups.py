"""Which groups may be shown apart so that no sum tells of fewer than five, however sums are added and subtracted. Pure.

Everyone belongs to an organization and a role. Sums may be shown of all, of an organization, of a role. Whoever knows how many
there are of each can combine the sums. With organizations and roles as points and the persons as lines between them, what a
combination of sums leaves over is what crosses a cut of that picture (a sum of one side less a sum of the other); the smallest
leftovers are the smallest cuts. So: every cut must be crossed by five at least. What is not shown is one point ("the rest"),
as its sum is the whole less the others. `tests/dialogue/test_small_groups.py` lets an attacker try every combination.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

LEAST_SHOWN = 5
REST = ("rest",)
Cells = Mapping[tuple[Hashable, Hashable], int]
Graph = dict[Hashable, dict[Hashable, int]]


@dataclass(frozen=True)
class Opened:
    organizations: tuple
    roles: tuple


def opened(cells: Cells, least: int = LEAST_SHOWN) -> Opened:
    """From the number of persons in each (organization, role): the groups that may be shown beside the whole, largest first.

    One at a time is tried and kept if every cut stays wide enough. Depends on numbers of persons only, never on answers.
    """
    organizations: list = []
    roles: list = []
    for place, kept in ((0, organizations), (1, roles)):
        sizes: dict[Hashable, int] = defaultdict(int)
        for cell, number in cells.items():
            sizes[cell[place]] += number
        if len(sizes) == 1:
            continue  # the whole under another name
        for name in sorted(sizes, key=lambda name: (-sizes[name], str(name))):
            if sizes[name] >= least:
                kept.append(name)
                if narrowest(_graph(cells, organizations, roles)) < least:
                    kept.pop()
    return Opened(tuple(organizations), tuple(roles))


def _graph(cells: Cells, organizations: list, roles: list) -> Graph:
    graph: Graph = defaultdict(dict)
    for (organization, role), number in cells.items():
        if number:
            a = ("o", organization) if organization in organizations else ("o", REST)
            b = ("r", role) if role in roles else ("r", REST)
            graph[a][b] = graph[a].get(b, 0) + number
            graph[b][a] = graph[b].get(a, 0) + number
    return graph


def narrowest(graph: Graph) -> float:
    """The fewest persons that cross a cut of any connected part; infinity where there is nothing to cut."""
    left, found = set(graph), float("inf")
    while left:
        part = _reached(graph, next(iter(left)))
        left -= part
        found = min(found, _min_cut({a: dict(graph[a]) for a in part}))
    return found


def _reached(graph: Graph, start: Hashable) -> set[Hashable]:
    seen, queue = {start}, [start]
    while queue:
        for other in graph[queue.pop()]:
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return seen


def _min_cut(graph: Graph) -> float:
    """Stoer and Wagner's minimum cut of a connected graph (J. ACM 44, 1997); the graph is used up."""
    best = float("inf")
    while len(graph) > 1:
        before, last, width = _ordered(graph)
        best = min(best, width)
        for other, weight in graph.pop(last).items():
            del graph[other][last]
            if other != before:
                graph[before][other] = graph[before].get(other, 0) + weight
                graph[other][before] = graph[before][other]
    return best


def _ordered(graph: Graph) -> tuple[Hashable, Hashable, int]:
    """One phase: points in the order of how strongly they hang on those before; the last two, and the last one's width."""
    weights = dict.fromkeys(graph, 0)
    before = last = next(iter(graph))
    width = 0
    while weights:
        before, last = last, max(weights, key=lambda point: weights[point])
        width = weights.pop(last)
        for other, weight in graph[last].items():
            if other in weights:
                weights[other] += weight
    return before, last, width
