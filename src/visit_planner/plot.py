"""Timeline and map of a plan as one SVG."""

from __future__ import annotations

from html import escape

from .model import Problem
from .plan import Plan, Route

COLOURS = ("#1b6ca8", "#c0563b", "#3d7f4f", "#7a4f9e", "#a8831b", "#2a8c8c", "#a13d6b", "#5a6b7a")
ROW, LEFT, WIDE, MAP = 22, 110, 900, 420


def svg(problem: Problem, plan: Plan) -> str:
    """The picture; a title and a description make it readable without eyes."""
    routes = sorted(plan.routes, key=lambda r: (problem.workers[r.worker].id, r.shift))
    first = min((r.departure for r in routes), default=0.0)
    last = max((r.back for r in routes), default=1.0)
    scale = WIDE / max(1.0, last - first)
    height = 60 + ROW * len(routes)
    total = height + (MAP + 40 if any(problem.points) else 0)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDE + 20} {total}" role="img" '
        'font-family="sans-serif" font-size="11">',
        f"<title>Day plan: {len(routes)} routes, cost {plan.cost:.2f}</title>",
        f"<desc>{escape(describe(plan))}</desc>",
        f'<rect width="{LEFT + WIDE + 20}" height="{total}" fill="#ffffff"/>',
    ]
    out += hours(first, last, scale, height)
    for k, route in enumerate(routes):
        out += row(problem, route, 40 + k * ROW, first, scale, COLOURS[k % len(COLOURS)])
    if any(problem.points):
        out += chart(problem, routes, height + 20)
    return "\n".join([*out, "</svg>"]) + "\n"


def describe(plan: Plan) -> str:
    """What the picture shows, in one line."""
    parts = ", ".join(f"{k} {v:g}" for k, v in plan.components.items() if v)
    return f"{parts}. Left out: {', '.join(plan.unserved) or 'none'}."


def clock(minutes: float) -> str:
    """620 -> 10:20"""
    return f"{int(minutes) // 60:02d}:{int(minutes) % 60:02d}"


def hours(first: float, last: float, scale: float, height: int) -> list[str]:
    """Vertical lines at full hours."""
    out = []
    hour = int(first // 60) * 60
    step = 60 if last - first < 1000 else 120
    while hour <= last:
        if hour >= first:
            x = LEFT + (hour - first) * scale
            out.append(f'<line x1="{x:.1f}" y1="28" x2="{x:.1f}" y2="{height - 10}" stroke="#dddddd"/>')
            out.append(f'<text x="{x:.1f}" y="22" text-anchor="middle" fill="#444444">{clock(hour)}</text>')
        hour += step
    return out


def row(problem: Problem, route: Route, y: int, first: float, scale: float, colour: str) -> list[str]:
    """One route: a line from departure to return, a box for every stop."""
    name = problem.workers[route.worker].id
    x1, x2 = (LEFT + (t - first) * scale for t in (route.departure, route.back))
    out = [
        f'<text x="{LEFT - 8}" y="{y + 12}" text-anchor="end">{escape(name)}</text>',
        f'<line x1="{x1:.1f}" y1="{y + 8}" x2="{x2:.1f}" y2="{y + 8}" stroke="{colour}" stroke-width="2"/>',
    ]
    for item in route.items:
        x, w = LEFT + (item.start - first) * scale, max(2.0, (item.end - item.start) * scale)
        visit = None if item.is_break else problem.visit(item.visit)
        late = visit is not None and item.start > max(v.end for v in visit.windows) + 1e-6
        fill = "#ffffff" if item.is_break else colour
        label = "break" if visit is None else visit.id
        edge = "#d00000" if late else colour
        out.append(
            f'<rect x="{x:.1f}" y="{y}" width="{w:.1f}" height="16" rx="3" fill="{fill}" '
            f'fill-opacity="{0.9 if visit and len(visit.parts) > 1 else 0.55}" stroke="{edge}" '
            f'stroke-width="{2 if late else 1}"><title>{escape(label)} {clock(item.start)}-{clock(item.end)}'
            f"{', after its window' if late else ''}</title></rect>"
        )
        if w > 7 * len(label):
            out.append(
                f'<text x="{x + w / 2:.1f}" y="{y + 12}" text-anchor="middle" fill="#000000">{escape(label)}</text>'
            )
    return out


def chart(problem: Problem, routes: list[Route], top: int) -> list[str]:
    """The map: a line for every route through the places of its stops."""
    known = [p for p in problem.points if p is not None]
    x0, x1 = min(p[0] for p in known), max(p[0] for p in known)
    y0, y1 = min(p[1] for p in known), max(p[1] for p in known)
    scale = min(WIDE / max(1e-9, x1 - x0), MAP / max(1e-9, y1 - y0))

    def at(place: int) -> str | None:
        spot = problem.points[place] if place < len(problem.points) else None
        return None if spot is None else f"{LEFT + (spot[0] - x0) * scale:.1f},{top + (y1 - spot[1]) * scale:.1f}"

    out = []
    for k, route in enumerate(routes):
        shift = problem.workers[route.worker].shifts[route.shift]
        spots = [at(p) for p in (shift.leave, *(i.place for i in route.items), shift.arrive)]
        line = " ".join(s for s in spots if s is not None)
        colour = COLOURS[k % len(COLOURS)]
        out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-opacity="0.7"/>')
        for item, spot in zip(route.items, spots[1:-1], strict=True):
            if spot is not None and not item.is_break:
                x, y = spot.split(",")
                out.append(
                    f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"><title>{escape(item.visit)}</title></circle>'
                )
    return out
