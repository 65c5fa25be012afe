"""Accounts as plain JSON, with the keys that those who read the same document by hand have used. Pure.

Keys that say something only for some regions (horizon, irregularity, a joint goal year) stand only where they do.
"""

from typing import Any

from samband.regions.rules import told
from samband.regions.rules.layout import CASE, COLLABORATION, JOINT, PRIORITIES
from samband.regions.rules.parsed import BULLET, Account, Goal, Parsed


def document(parsed: Parsed) -> dict[str, Any]:
    """`{"regions": [...]}`."""
    return {"regions": [account(row) for row in parsed.accounts]}


def account(row: Account) -> dict[str, Any]:
    """One region."""
    priorities, shared, meetings = row.counts(PRIORITIES), row.counts(JOINT), row.counts(COLLABORATION)
    return {
        "order": row.order,
        "official_name": row.name,
        "county_code_scb": row.known.code if row.known else None,
        "start_line": row.start,
        "end_line": row.end,
        "sections_present": list(dict.fromkeys(heading.key for heading in row.headings)),
        "headings": [{"key": h.key, "heading": h.heading, "line": h.line} for h in row.headings],
        "priority_bullets": {
            "top_level": priorities.top, "nested": priorities.nested, "numbered": priorities.numbered,
            "total": priorities.total,
        },
        "joint_initiative_bullets": {
            "top_level": shared.top, "nested": shared.nested, "total": shared.top + shared.nested,
        },
        "collaboration_section_bullets": {"top_level": meetings.top, "nested": meetings.nested},
        "case_study_bullets": sum(said.form == BULLET for said in row.of(CASE)),
        "collaboration_bodies": [{"name": b.name, "kind": b.kind, "level": b.level} for b in row.bodies],
        **_goal(row),
        "strategy_documents": [
            {"name": d.name, "year": d.year, "role": d.role, "line": d.line} for d in row.documents
        ],
        "decided_by": row.decided_by or None,
        **_optional(row),
    }  # fmt: skip


def _goal(row: Account) -> dict[str, Any]:
    own = next((goal for goal in row.goals if not goal.joint), Goal())
    shared = next((goal for goal in row.goals if goal.joint), None)
    found: dict[str, Any] = {}
    if own.horizon:
        found["horizon"] = own.horizon
    if shared:
        found |= {"joint_goal_year": shared.year, "joint_goal_year_source": f"{shared.said} (r {shared.line})"}
    if own.year:
        found["goal_year_source"] = f"{own.said} (r {own.line})"
    return found | {"goal_year": own.year, "plan_period": own.period or None}


def _optional(row: Account) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if row.known and row.known.both:
        found["both_region_and_municipality"] = True
    if not row.bodies:
        found["bodies_note"] = "ingen namngiven samverkansgrupp"
    if row.odd:
        found["irregularity"] = "; ".join(told.odd(odd) for odd in row.odd)
    return found
