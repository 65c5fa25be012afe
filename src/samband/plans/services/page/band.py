"""The band of the next step: when, what, who has it, why, and one thing to do."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samband.core import clock, text
from samband.people.models import Person
from samband.plans.services.next_step import NextStep
from samband.plans.services.occurrences import Occurrence


def occurrence_url(occurrence: Occurrence) -> str:
    return reverse("plans:occurrence", args=[occurrence.action.public_id, occurrence.stamp])


def step(found: NextStep, person: Person, may_do: bool, may_edit: bool, me: int | None = None) -> dict[str, Any]:
    """The band: when, what, who has it, why, and one thing to do."""
    if not found:
        acts = {}
        if may_edit:
            acts = {
                "primary": {
                    "label": _("Lägg till en insats"),
                    "url": reverse("plans:action_new", args=[person.public_id]),
                },
                "other": {
                    "label": _("Bestäm uppföljning"),
                    "url": reverse("plans:follow_up_new", args=[person.public_id]),
                },
            }
        return {"what": "", "detail": found.why, **acts}
    when, delta = when_and_delta(found)
    shown = {"when": when, "delta": delta, "what": found.title, "late": found.overdue, "why": found.why}
    who = _who(found, me)
    how = _how(found) if len(who) < 90 else ""
    shown["detail"] = " ".join(filter(None, [who, _with_me(found, me), _place(found), how]))
    if found.follow_up and may_edit:
        url = reverse("plans:follow_up", args=[found.follow_up.public_id])
        shown["primary"] = {"label": _("Följ upp nu"), "url": url}
    elif found.occurrence and may_do:
        shown["other"] = {"label": _("Flytta eller lämna över"), "url": occurrence_url(found.occurrence)}
        shown["primary"] = done_act(found.occurrence)
    elif found.occurrence:
        shown["other"] = {"label": _("Öppna insatsen"), "url": occurrence_url(found.occurrence)}
    return shown


def done_act(occurrence: Occurrence, back: str = "") -> dict[str, Any]:
    """The button that marks an occurrence done."""
    hidden = {"do": "done", "version": occurrence.version, **({"back": back} if back else {})}
    return {"label": _("Klart"), "icon": "check", "url": occurrence_url(occurrence), "post": True, "hidden": hidden}


def when_and_delta(found: NextStep) -> tuple[str, str]:
    """When it is, and how far away that is, as people say it."""
    assert found.at is not None
    assert found.due is not None
    day = clock.local(found.at).date()
    if not found.all_day:
        return text.spoken_time(found.at), text.spoken_delta(found.due if found.overdue else found.at)
    away = (day - clock.today()).days
    if away < 0:
        return text.spoken_date(day), text.spoken_delta(found.due)
    return text.spoken_date(day), _("under dagen") if away == 0 else text.spoken_delta(
        clock.at(day, datetime.min.time())
    )


def _who(found: NextStep, me: int | None) -> str:
    """Who has it, and who comes along; the reader is told so apart."""
    names = [f"{w.name} ({w.role.lower()})" if w.role else w.name for w in found.who]
    if not names:
        return _("Ingen har det än.")
    first, others = names[0], names[1:]
    if others and _with_me(found, me):
        mine = [p.assignment_id for p in found.action.participants.all()].index(me)  # type: ignore[union-attr]
        del others[mine]
    if not others:
        return _("%(who)s har det.") % {"who": first}
    joined = others[0] if len(others) == 1 else f"{', '.join(others[:-1])} {_('och')} {others[-1]}"
    return _("%(who)s har det, tillsammans med %(others)s.") % {"who": first, "others": joined}


def _with_me(found: NextStep, me: int | None) -> str:
    """Said to the one who comes along."""
    if not found.occurrence or me is None:
        return ""
    with_them = [p.assignment_id for p in found.occurrence.action.participants.all()]
    return _("Du är med.") if me in with_them else ""


def _place(found: NextStep) -> str:
    place = found.action.place if found.action else ""
    return f"{place[:1].upper()}{place[1:].rstrip('.')}." if place else ""


def _how(found: NextStep) -> str:
    """The first sentences of how, as many as fit."""
    said = ""
    for sentence in found.detail.strip().partition("\n")[0].split(". "):
        if said and len(said) + len(sentence) > 110:
            break
        said = f"{said} {sentence.rstrip('.')}.".strip() if sentence.strip() else said
    return Truncator(said).chars(200)
