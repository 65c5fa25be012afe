"""Long plans for the benchmark: 40 actions, 15 goals, 15 situations, and a history of what was written in them."""

import random
from datetime import time, timedelta

from samband.core import clock
from samband.people.models import Unit
from samband.plans.models import Action, CarePlan, Goal, Revision, Situation
from samband.plans.services.history import thing_of

ACTIONS, GOALS, SITUATIONS, EDITS = 40, 15, 15, 160
ICONS = ["drop", "pill", "scale", "cutlery", "sock", "walk", "leaf", "bandage", "tooth", "flask", "phone", "people"]
WORDS = (
    "Hjälp till att ta strumporna på morgonen innan frukosten", "Se efter om benen är svullna", "Väg dig varje morgon före kaffet",
    "Ring hemsjukvården om vikten ökar", "Ta tabletten med ett glas vatten", "Gå till brevlådan och tillbaka",
    "Titta på såret och skriv upp hur det ser ut", "Fråga hur natten har varit", "Läkemedelslistan ligger i köksskåpet",
    "Dottern kommer på torsdagar och handlar", "Ställ fram rullatorn vid dörren", "Prata om vad som är roligt att göra i veckan",
)  # fmt: skip


def lengthen(plan: CarePlan, units: list[Unit], rng: random.Random) -> None:
    """Fill the plan. Every text is its own, so that nothing made for one plan's paper helps the next one's."""

    def text(sentences: int) -> str:
        return ". ".join(f"{rng.choice(WORDS)} {rng.randrange(100, 999)}" for _n in range(sentences)) + "."

    today = clock.today()
    actions = Action.objects.bulk_create(
        Action(
            plan=plan, title=f"{rng.choice(WORDS)[:90]} {n}", detail=text(4), icon=ICONS[n % 12], unit=units[n % len(units)],
            rrule=("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "")[n % 3], starts_on=today + timedelta(days=n % 30),
            time_from=time(7 + n % 12), milestone=n % 3 == 2, why=text(1)[:300], version=1 + EDITS // ACTIONS,
        )
        for n in range(ACTIONS)
    )  # fmt: skip
    goals = Goal.objects.bulk_create(
        Goal(plan=plan, words=text(2), know_how=text(1), version=1 + EDITS // GOALS) for _n in range(GOALS)
    )
    Situation.objects.bulk_create(
        Situation(
            plan=plan, trigger=f"Om {text(1)[:150]}", steps_person=text(5).replace(". ", ".\n"), steps_relative=text(2),
            steps_staff=text(3), icon="p-scale", call_unit=units[n % len(units)], then_unit=units[0], position=n, emergency=n == 7,
        )
        for n in range(SITUATIONS)
    )  # fmt: skip
    _remember(plan, actions, goals, text)


def _remember(plan: CarePlan, actions: list[Action], goals: list[Goal], text) -> None:
    """Every text was another some days ago, several times, a sentence at a time, and ended as it stands."""
    last = plan.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    parts = [("detail", a, a.title) for a in actions] * (EDITS // ACTIONS)
    parts += [("words", g, str(g)[:200]) for g in goals] * (EDITS // GOALS)
    now_at = {id(part): getattr(part, field) for field, part, _title in parts}
    rows, begun = [], clock.now() - timedelta(days=40)
    for place, (field, part, title) in reversed(list(enumerate(parts))):
        kept = now_at[id(part)].split(". ")
        kept[place % len(kept)] = text(1).rstrip(".")
        before = f"{'. '.join(kept).rstrip('.')}."
        rows.append(Revision(
            plan=plan, number=last + 1 + place, at=begun + timedelta(hours=3 * place), thing=thing_of(part), title=title,
            kind="change", changes={field: [before, now_at[id(part)]]}, why="Det passade bättre.",
            by_name="Bänk Mätare", by_label="Mätare", by_kind="staff",
        ))  # fmt: skip
        now_at[id(part)] = before
    Revision.objects.bulk_create(rows)
