"""What the sheets say, as plain values: one plan as this reader may see it (P2, A13; P5 for a party outside care).

Paper does not change: days are named by date, hours by the clock, and nothing says "now" or "today".
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samband.core import clock, policy, text
from samband.core.policy import Actor
from samband.people.models import Person, Relative
from samband.people.models.staff import current
from samband.plans import forms
from samband.plans.models import Action, CarePlan, FollowUp, Goal, Situation
from samband.plans.prints import agreed, calls, resting, sprite, texts, words
from samband.plans.rules import spoken_rule
from samband.plans.services import asks, next_step
from samband.plans.services import page as shown
from samband.plans.services.summary import contacts, flags

LONG = 900  # characters: a part longer than this may go over two pages
SHORT_STEPS, SHORT_STEP = 4, 130  # on the sheet for the door
SHORT_SITUATIONS = 6
AHEAD = timedelta(days=366)


def content(person: Person, plan: CarePlan, actor: Actor, layout: str) -> dict[str, Any]:
    """Everything a layout may ask for. A protected person's address and number are in no text of it."""
    plan.person = person
    outside = actor.org_kind == "outside" or actor.role == "outside"
    part = _outside(person, plan, actor) if outside else _whole(person, plan, actor)
    around = [] if outside else calls.around(person)
    made = {
        **_empty(), **words.frame(layout, outside), **part, "rests": resting.content(plan, outside),
        "name": person.full_name,
        "running": person.full_name,
        "calls": [*around, *words.always()],
        "help": calls.first(around),
    }  # fmt: skip
    named = {s["icon"] for s in made["situations"]} | {a["icon"] for g in made["groups"] for a in g["rows"]}
    named |= {flag["icon"] for flag in made["flags"]}
    hidden = secrets(person)
    made = texts.masked(made, hidden, _("(skyddad uppgift)")) if hidden else made
    return {**made, "icons": sprite.pictures(named)}


def secrets(person: Person) -> list[Any]:
    """What must not stand on the paper though somebody wrote it into a text: a protected person's, and of those near her."""
    near = [r.phone for r in person.relatives.all() if r.protected or (r.lives_with and person.hides_home)]
    own = (person.street, person.phone) if person.hides_home else ()
    return [found for value in (*own, *near) if value and (found := texts.secret(value))]


def _empty() -> dict[str, Any]:
    lists = (
        "flags", "contacts", "groups", "situations", "goals", "story", "ahead", "near", "parties", "agreed", "lacking",
        "notes",
    )  # fmt: skip
    return {
        **{name: [] for name in lists},
        **dict.fromkeys(("age", "born", "address", "voice_source", "marked", "represented"), ""),
        **dict.fromkeys(("voice", "next", "said", "rests")),
        "more_situations": False,
    }


def _whole(person: Person, plan: CarePlan, actor: Actor) -> dict[str, Any]:
    """The plan for those within it."""
    rows = policy.scoped(actor, "action.read", Action.objects.filter(plan=plan))
    rows = rows.select_related("unit__organization", "assignment__staff", "relative", "goal").prefetch_related(
        "participants__unit__organization", "participants__assignment__staff"
    )
    actions = list(rows)
    for action in actions:
        action.plan = plan
    follow_ups = list(plan.follow_ups.filter(done_at__isnull=True).select_related("responsible__staff"))
    active = [a for a in actions if a.status == Action.Status.ACTIVE]
    step = next_step.compute(plan, active, next_step.states_of([a.pk for a in actions]), follow_ups)
    parties = list(person.parties.filter(withdrawn_at__isnull=True).select_related("unit__organization"))
    found = situations(plan, person)
    waiting = asks.states(plan)
    return {
        **agreed.content(person, plan, actor, actions, parties),
        "age": ", ".join(filter(None, [words.years(person.age), person.shown_number])),
        "born": _("Född %(year)d") % {"year": person.birth_date.year} if person.birth_date else "",
        "address": person.shown_address,
        "flags": _flags(person),
        "voice": texts.many(plan.words, "sv") if plan.words.strip() else None,
        "voice_source": ", ".join(filter(None, [plan.words_note or _("Egna ord"), _day(plan.words_at)])),
        "next": _next(step),
        "contacts": _contacts(person),
        "groups": _groups(person, plan, actions, parties, waiting),
        "situations": found,
        "more_situations": len(found) > SHORT_SITUATIONS,
        "goals": _goals(plan),
        "story": _story(plan),
        "ahead": [] if plan.rests else _ahead(plan, active, follow_ups),
        "near": _near(person),
        "parties": [{"name": p.unit.name, "note": p.unit.organization.name} for p in parties],
    }


def _outside(person: Person, plan: CarePlan, actor: Actor) -> dict[str, Any]:
    """P5: the actions that concern the party and that the person agreed to, one contact, and what was said."""
    rows = policy.scoped(actor, "action.read", Action.objects.filter(plan=plan, status=Action.Status.ACTIVE))
    actions = list(rows.select_related("unit", "assignment__staff", "relative").prefetch_related("participants"))
    for action in actions:
        action.plan = plan
    party = person.parties.filter(unit_id__in=actor.unit_ids, withdrawn_at__isnull=True).first()
    mine = [_action(plan, action) for action in actions]
    said = (
        {"text": texts.many(party.said, "sv"), "by": ", ".join([party.said_by, _day(party.agreed_at)])}
        if party
        else None
    )
    return {
        "outside": True,
        "contacts": [c for c in _contacts(person) if c["name"]][:1],
        "groups": [{"name": party.unit.name if party else _("Insatser"), "note": "", "rows": mine}] if mine else [],
        "said": said if party and party.said.strip() else None,
    }


def _flags(person: Person) -> list[dict[str, Any]]:
    rows = flags(person)
    return [
        {"text": texts.one(f["text"], "sv"), "red": f["red"], "icon": sprite.known(f["icon"], "flag")} for f in rows
    ]


def _contacts(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "role": c.role, "name": c.name, "phone": c.phone,
            "note": ", ".join(filter(None, [c.title, c.unit.name if c.unit else "", calls.hours(c.unit)])),
        }
        for c in contacts(person)
    ]  # fmt: skip


def _next(step: next_step.NextStep) -> dict[str, Any] | None:
    if not step or step.at is None:
        return None
    who = f" {_('och')} ".join(f"{w.name}, {w.role.lower()}" if w.role else w.name for w in step.who)
    why = step.action.why if step.action else ""
    return {
        "what": texts.one(step.title, "sv"),
        "when": words.day(clock.local(step.at).date()) if step.all_day else words.moment(step.at),
        "who": who or _("Ingen har det än."),
        "why": texts.one(why, "sv") if why else None,
    }


def _groups(
    person: Person, plan: CarePlan, actions: list[Action], parties: list, waiting: dict[int, asks.AskState]
) -> list[dict[str, Any]]:
    """What we do, under the one who does it; what is over is left out."""
    live = [a for a in actions if a.status in (Action.Status.ACTIVE, Action.Status.PAUSED) and not _over(a)]
    found = []
    for owner in shown.owners(person, live, parties):
        rows = [_action(plan, a, waiting.get(a.pk)) for a in live if shown.owner_of(a) == owner["key"]]
        if rows:
            found.append({"name": owner["name"], "note": owner["note"], "rows": rows})
    return found


def _over(action: Action) -> bool:
    return not action.rrule and action.starts_on < clock.today()


def _action(plan: CarePlan, action: Action, ask: asks.AskState | None = None) -> dict[str, Any]:
    who = [f"{w.name}, {w.role.lower()}" if w.role else w.name for w in next_step.people(plan, action)]
    if action.by == Action.By.UNIT and action.assignment is None:
        who = who[1:]  # the unit stands over the group
    elif action.by == Action.By.PERSON:
        who = who[1:]  # she stands there herself
    icon = sprite.known(action.icon or shown.ICONS.get(action.by, ""), "calendar")
    return {
        "title": texts.one(action.title, "sv"),
        "detail": texts.many(action.detail, "sv") if action.detail.strip() else None,
        "why": texts.one(action.why, "sv") if action.why else None,
        "when": when(action),
        "who": f" {_('och')} ".join(who),
        "ask": ask.plain if ask else "",
        "icon": icon,
        "icon_alt": words.symbol(icon, forms.ICONS),
        "paused": plan.rests or action.status == Action.Status.PAUSED,
        "long": len(action.detail) > LONG,
    }


def when(action: Action) -> str:
    """`varje dag kl 07.30`, `måndag 30 november kl 13.00–14.00`."""
    said = (
        spoken_rule(action.rrule, action.starts_on, get_language() or "sv")
        if action.rrule
        else words.day(action.starts_on)
    )
    if action.time_from is None or "BYHOUR" in action.rrule:
        return said[:1].upper() + said[1:]
    until = f"\u2060–\u2060{action.time_to:%H.%M}" if action.time_to else ""
    return f"{said[:1].upper()}{said[1:]} {_('kl')}\u00a0{action.time_from:%H.%M}{until}"


def situations(plan: CarePlan, person: Person) -> list[dict[str, Any]]:
    """If … then … call: what goes on first."""
    rows = (
        plan.situations.filter(ended_on=None)
        .select_related("call_unit", "then_unit")
        .prefetch_related("call_unit__hours", "then_unit__hours")
    )
    return [_situation(row, person) for row in sorted(rows, key=lambda s: (s.ongoing_since is None, s.position, s.pk))]


def _situation(row: Situation, person: Person) -> dict[str, Any]:
    titled = (
        ("person", _("Så gör %(name)s") % {"name": person.given_name}, row.steps_person),
        ("relative", _("Så gör närstående"), row.steps_relative),
        ("staff", _("Så gör personalen"), row.steps_staff),
    )
    parts = [
        {"who": who, "title": title, "steps": [texts.one(step, "sv") for step in texts.steps(raw)]}
        for who, title, raw in titled if raw.strip()
    ]  # fmt: skip
    steps = texts.steps(row.steps_person)
    short = [
        step if len(step) <= SHORT_STEP else f"{step[:SHORT_STEP].rsplit(None, 1)[0]} …" for step in steps[:SHORT_STEPS]
    ]
    icon = sprite.known(row.icon if row.icon.startswith("p-") else f"p-{row.icon}", "p-question")
    since = row.ongoing_since
    return {
        "trigger": texts.many(row.trigger, "sv"),
        "icon": icon,
        "icon_alt": words.symbol(icon, forms.PICTURES),
        "live": _("Pågår sedan %(when)s") % {"when": words.moment(since)} if since else "",
        "parts": parts,
        "short": [texts.one(step, "sv") for step in short],
        "cut": short != steps,
        "calls": calls.chain(row),
        "long": sum(len(raw) for _who, _title, raw in titled) > LONG,
    }


def _goals(plan: CarePlan) -> list[dict[str, Any]]:
    return [
        {
            "words": texts.many(goal.words, "sv"),
            "know": texts.many(goal.know_how, "sv") if goal.know_how.strip() else None,
            "reached": goal.status == Goal.Status.REACHED,
        }
        for goal in plan.goals.exclude(status=Goal.Status.DROPPED)
    ]


def _story(plan: CarePlan) -> list[dict[str, Any]]:
    titled = (
        (_("Situation"), plan.situation),
        (_("Det som fungerar och ger kraft"), plan.strengths),
        (_("Behöver stöd med"), plan.needs),
    )
    return [{"title": title, "text": texts.many(raw, "sv")} for title, raw in titled if raw.strip()]


def _ahead(plan: CarePlan, active: list[Action], follow_ups: list[FollowUp]) -> list[dict[str, Any]]:
    """The steps and follow-ups to come, in their order: the thread."""
    today = clock.today()
    found: list[tuple[date, str, str, str]] = []
    for action in active:
        if action.milestone and not action.rrule and today <= action.starts_on <= today + AHEAD:
            who = ", ".join(w.name for w in next_step.people(plan, action))
            found.append((action.starts_on, when(action), action.title, who))
    for item in follow_ups:
        if item.due_on >= today:
            who = item.responsible.staff.full_name if item.responsible else ""
            found.append((item.due_on, words.day(item.due_on).capitalize(), _("Uppföljning av planen"), who))
    found.sort(key=lambda row: row[0])
    return [{"when": at, "what": texts.one(what, "sv"), "who": who} for _day_, at, what, who in found]


def _near(person: Person) -> list[dict[str, Any]]:
    """Those near. Who lives with a protected person has her number: it is left out."""
    rows = Relative.objects.filter(current(), person=person)
    return [
        {
            "name": row.full_name,
            "note": ", ".join(filter(None, [row.relation, _("bor tillsammans") if row.lives_with else ""])),
            "note_short": row.relation,
            "phone": "" if person.hides_home and row.lives_with else row.shown_phone,
        }
        for row in rows
    ]


def _day(moment: datetime | None) -> str:
    return text.short_date(clock.local(moment).date()) if moment else ""
