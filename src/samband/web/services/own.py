"""What the person's own pages show: today, the situations, the plan in plain words."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samband.access.models import Party
from samband.core import audit, clock, policy, text
from samband.core.http import Request
from samband.core.policy import Actor
from samband.people.models import Person, Relative
from samband.people.models.staff import current
from samband.plans.models import Action, CarePlan, Goal, OccurrenceState, Situation
from samband.plans.rules import spoken_rule
from samband.plans.services import asks, handovers, next_step, occurrences
from samband.resources.services import own_visits
from samband.web.services import words

PICTURES = frozenset((
    "scale", "lungs", "bed", "heart", "thermometer", "drop", "dizzy", "tooth", "pill", "fall", "phone", "night", "sad",
    "wound", "food", "home", "people", "question",
))  # fmt: skip
FOLD_ABOVE = 2


@dataclass(frozen=True)
class Own:
    """Whose page it is, and who looks at it: the person herself, or somebody she shares it with."""

    person: Person
    plan: CarePlan | None
    actor: Actor

    @property
    def mine(self) -> bool:
        return self.actor.kind == "person"

    @property
    def closed(self) -> CarePlan | None:
        """The plan that was closed last, where none is open: her page says so in plain words."""
        if self.plan is not None or not policy.decide(self.actor, "own.read", self.person):
            return None
        return self.person.plans.filter(status=CarePlan.Status.CLOSED).order_by("-closed_on", "-pk").first()

    @property
    def may_write(self) -> bool:
        return bool(policy.decide(self.actor, "own.write"))


def open_page(request: Request, view: str, log: bool = True) -> Own:
    """The person whose page this is, asked of the policy and entered in the audit (A2, A13, P4)."""
    actor = request.actor
    decision = policy.require(actor, "own.read")
    person = policy.scoped(actor, "own.read", Person.objects.all()).get()
    if log:
        audit.record(
            actor, "own.read", person=person, thing=person, rule=decision.rule, view=f"web:{view}",
            session=audit.session_mark(request),
        )  # fmt: skip
    plans = policy.scoped(actor, "plan.read", CarePlan.objects.exclude(status=CarePlan.Status.CLOSED))
    return Own(person, plans.filter(person=person).first(), actor)


def step(own: Own) -> dict[str, Any]:
    """The next step as the person hears it."""
    if own.plan is None:
        return {}
    if own.plan.rests:
        day = text.spoken_date(own.plan.resume_on) if own.plan.resume_on else ""
        return {
            "label": _("Just nu"),
            "what": _("Planen vilar"),
            "when": _("till %(day)s") % {"day": day} if day else "",
            "why": own.plan.status_why,
        }
    found = next_step.compute(own.plan)
    if not found:
        return {"why": found.why}
    many = len(found.who) > 1
    return {
        "label": _("Nästa steg för dig")
        if own.mine
        else _("Nästa steg för %(name)s") % {"name": own.person.given_name},
        "what": found.title,
        "when": words.when(found.at, found.all_day) if found.at else "",
        "who": [{"name": who.name, "role": short(who.role)} for who in found.who],
        "why": found.why,
        "why_label": _("Varför kommer de?") if many else _("Varför?"),
        "late": found.overdue,
    }


def short(title: str) -> str:
    """`Läkare, specialist i allmänmedicin` → `läkare`: what the person calls it."""
    return lower(title.partition(",")[0])


def lower(words: str) -> str:
    """The first letter small, as inside a sentence; an abbreviation stays as it is."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def actions_of(own: Own, status: tuple[str, ...] = (Action.Status.ACTIVE, Action.Status.DONE)):
    """The plan's actions that this reader may see."""
    rows = policy.scoped(own.actor, "action.read", Action.objects.filter(plan=own.plan, status__in=status))
    return rows.select_related("unit", "assignment__staff", "relative", "plan__person").prefetch_related(
        "participants__unit", "participants__assignment__staff"
    )


def today(own: Own) -> list[dict]:
    """Who comes today, on the thread. When many are done they become one line; when none is left, tomorrow's first is told."""
    if own.plan is None or own.plan.rests:
        return []
    day = clock.today()
    rows = list(actions_of(own))
    found = [o for o in occurrences.unfold(rows, day, day) if o.status != OccurrenceState.Status.CANCELLED]
    met = meetings(own.plan)
    planned = own_visits.coming(own.actor, own.person)
    covered = {key for visit in planned for key in visit.occurrences}
    found = [o for o in found if (o.action.pk, o.original) not in covered]
    nearest = next((o for o in found if o.pending and not o.all_day and o.due >= clock.now()), None)
    timed = [(o.starts, _day_line(own, o, o is nearest, met)) for o in found]
    timed += [(visit.starts, _visit_line(visit)) for visit in planned]
    lines = [line for _starts, line in sorted(timed, key=lambda pair: pair[0])]
    done = [row for row in lines if row["state"] == "done"]
    if len(done) > FOLD_ABOVE:
        told = ngettext("%(n)d sak är klar", "%(n)d saker är klara", len(done)) % {"n": len(done)}
        lines = [{"state": "done", "what": told, "rows": done}, *(row for row in lines if row["state"] != "done")]
    return lines


def _visit_line(visit: own_visits.Coming) -> dict[str, Any]:
    """A visit as published: who, about when, what; and what has changed."""
    row: dict[str, Any] = {"state": visit.state, "what": visit.names, "clock": visit.clock, "meta": visit.what}
    if visit.state == "done":
        row["word"] = _("klart")
    elif visit.state == "not_done":
        row |= {"state": "later", "mark": "warn", "mark_word": _("blev inte av")}
    elif visit.state == "cancelled":
        row |= {"state": "done", "what": visit.what or _("Besök"), "word": _("inställt"), "meta": ""}
    elif visit.state == "later":
        late = _("Kommer senare än vi sade.") if visit.behind >= own_visits.SAID else ""
        row["meta"] = ". ".join(filter(None, [visit.what, late or visit.changed]))
    return row


def _day_line(own: Own, found: occurrences.Occurrence, nearest: bool, met: Counter) -> dict:
    action = found.action
    who = first_names(own, found)
    title = f"{who}, {lower(action.title)}" if who and who not in action.title else action.title
    row: dict[str, Any] = {
        "state": "done" if found.status == OccurrenceState.Status.DONE else "now" if nearest else "later",
        "clock": text.clock_time(found.starts) if not found.all_day else "",
        "what": title,
    }
    if found.status == OccurrenceState.Status.DONE:
        row["word"] = _("klart")
    elif found.status == OccurrenceState.Status.NOT_DONE:
        row |= {"mark": "warn", "mark_word": _("blev inte av"), "meta": found.note}
    elif found.nobody:
        row |= {"meta": _("Vi vet inte än vem som kommer. Har ingen ringt när det är dags: tryck på hjälpknappen.")}
    elif found.pending and found.due < clock.now():
        row |= {"meta": _("Skulle ha varit klart. Har ingen kommit: tryck på hjälpknappen.")}
    elif len(action.participants.all()) and action.by == Action.By.UNIT:
        row["meta"] = _("De kommer tillsammans")
    elif found.assignment and met[found.assignment.pk]:
        times = met[found.assignment.pk]
        row["meta"] = ngettext("Ni har setts %(n)d gång", "Ni har setts %(n)d gånger", times) % {"n": times}
    if found.moved and found.pending:
        row["meta"] = _("Ny tid. %(more)s") % {"more": row.get("meta", "")}
    return row


def first_names(own: Own, found: occurrences.Occurrence) -> str:
    """`Ida`, `Läkaren Behrouz och Ida`, `Du`, `Sune`: who it is in the fewest words."""
    action = found.action
    if action.by == Action.By.PERSON:
        return "" if own.mine else own.person.given_name
    if action.by == Action.By.RELATIVE and action.relative:
        return _("Du") if action.relative_id == own.actor.relative_id else action.relative.given_name
    names = [found.assignment.staff.given_name] if found.assignment else [action.unit.name] if action.unit else []
    others = action.participants.all()
    names += [other.assignment.staff.given_name if other.assignment else other.unit.name for other in others]
    return _(" och ").join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def meetings(plan: CarePlan) -> Counter:
    """How often each member of staff has been there (what was marked as done), by assignment."""
    done = OccurrenceState.objects.filter(
        action__plan=plan, status=OccurrenceState.Status.DONE, assignment__isnull=False
    )
    return Counter(dict(done.values_list("assignment").annotate(n=Count("pk")).values_list("assignment", "n")))


def tomorrow(own: Own) -> dict | None:
    """The first thing of the next day, for an evening when nothing is left."""
    if own.plan is None or own.plan.rests:
        return None
    day = clock.today() + timedelta(days=1)
    found = [o for o in occurrences.unfold(list(actions_of(own)), day, day) if o.pending and not o.all_day]
    return _day_line(own, found[0], False, Counter()) if found else None


def situations(own: Own) -> list[dict]:
    """Her words, a picture, and whether it is happening now."""
    rows = (
        policy.scoped(own.actor, "own.read", Situation.objects.filter(plan=own.plan, ended_on=None)) if own.plan else []
    )
    return [
        {
            "voice": row.trigger,
            "picture": picture_of(row),
            "live": _("Det här händer nu") if row.ongoing_since else "",
            "url": reverse("web:my_situation", args=[row.public_id]),
        }
        for row in rows
    ]


def picture_of(row: Situation) -> str:
    name = row.icon.removeprefix("p-")
    return name if name in PICTURES else "question"


def steps(raw: str) -> list[str]:
    """One step a line, without the numbers that somebody typed."""
    return [piece.lstrip("-•*0123456789.) ").strip() or piece for piece in raw.splitlines() if piece.strip()]


def how_often(action: Action) -> str:
    """`varje dag 07.30`, `onsdag 2 december 13.00`."""
    from django.utils.translation import get_language

    if action.rrule:
        spoken = spoken_rule(action.rrule, action.starts_on, get_language() or "sv")
    else:
        spoken = text.spoken_date(action.starts_on)
    return f"{spoken} {action.time_from:%H.%M}" if action.time_from and "BYHOUR" not in action.rrule else spoken


def who_has(own: Own, action: Action) -> str:
    """Who has the action, in plain words."""
    if action.by == Action.By.NOBODY:
        return _("Ingen har det än")
    people = next_step.people(own.plan, action) if own.plan else []
    named = [f"{who.name}, {short(who.role)}" if who.role else who.name for who in people]
    if action.by == Action.By.PERSON and own.mine:
        return _("Du själv")
    return _(" och ").join(named)


def plan_actions(own: Own, rows: list[Action] | None = None, waiting: dict | None = None) -> list[dict]:
    """What we do: first the steps that lie ahead, then what comes again, each with when, who, and who has not said yes."""
    rows = live_actions(own) if rows is None else rows
    waiting = asks.states(own.plan) if waiting is None and own.plan else waiting or {}
    ahead = sorted((a for a in rows if a.milestone and _day_of(a) >= clock.today()), key=_day_of)
    again = [a for a in rows if not a.milestone and (a.rrule or _day_of(a) >= clock.today())]
    groups = [(_("På väg"), ahead), (_("Kommer igen"), again)]
    return [
        {"title": title, "rows": [{**_plan_line(own, a), "ask": waiting.get(a.pk)} for a in found]}
        for title, found in groups
        if found
    ]


def live_actions(own: Own) -> list[Action]:
    """What goes on or rests."""
    return list(actions_of(own, (Action.Status.ACTIVE, Action.Status.PAUSED)))


def _day_of(action: Action):
    return action.next_on or action.starts_on


def _plan_line(own: Own, action: Action) -> dict[str, Any]:
    return {
        "title": action.title,
        "often": how_often(action),
        "who": who_has(own, action),
        "why": action.why,
        "detail": action.detail,
        "paused": action.status == Action.Status.PAUSED,
    }


def goals(own: Own) -> list[Goal]:
    """The goals that still matter, and those that were reached."""
    if own.plan is None:
        return []
    rows = policy.scoped(own.actor, "plan.read", Goal.objects.filter(plan=own.plan))
    return list(rows.exclude(status=Goal.Status.DROPPED))


def parties(own: Own) -> list[Party]:
    """Who sees the plan, as agreed with the person (P1)."""
    rows = Party.objects.filter(person=own.person, withdrawn_at__isnull=True)
    return list(rows.select_related("unit__organization").order_by("agreed_at"))


def handed(own: Own) -> list[str]:
    """What one unit hands over to another, and who has the responsibility until it is answered."""
    if own.plan is None:
        return []
    found = []
    for row in handovers.of_plan(own.plan):
        units = {"one": row.from_unit.name, "other": row.to_unit.name, "day": text.spoken_date(row.on)}
        if row.open:
            found.append(
                _("%(one)s har frågat %(other)s om de kan ta över. Tills de svarar har %(one)s ansvaret.") % units
            )
        elif row.done_at is None and row.answered_at:
            found.append(_("%(other)s tar över från %(one)s %(day)s.") % units)
    return found


def relatives(own: Own) -> list[Relative]:
    """Those near the person, and what each may do (P4)."""
    return list(Relative.objects.filter(current(), person=own.person))


def together(own: Own) -> bool:
    """Whether two or more live there: the help button then says we."""
    return (
        own.actor.kind == "relative" or Relative.objects.filter(current(), person=own.person, lives_with=True).exists()
    )
