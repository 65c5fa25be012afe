"""What contact shows on other modules' pages: coverage tonight and cases on the board, who answers on a person's page."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from samband.contact.services import answers
from samband.core import policy
from samband.people.models import Area, Person, Unit


def board(request: HttpRequest, area: Area | None = None, **knows: Any) -> str:
    """Board: a place that fetches coverage tonight and the cases after the page, so that the board waits for nothing."""
    actor = request.actor  # type: ignore[attr-defined]
    if not policy.decide(actor, "coverage.read"):
        return ""
    url = reverse("contact:tonight") + (f"?area={area.public_id}" if area else "")
    return render_to_string(
        "contact/slots/later.html", {"url": url, "key": area.public_id if area else "own"}, request=request
    )


def for_person(request: HttpRequest, person: Person | None = None, **knows: Any) -> str:
    """A person's page for staff: a place that fetches who answers now, and a way to ask."""
    actor = request.actor  # type: ignore[attr-defined]
    if person is None or not policy.decide(actor, "case.create", person):
        return ""
    url = reverse("contact:person_now", args=[person.public_id])
    return render_to_string("contact/slots/later.html", {"url": url, "key": person.public_id}, request=request)


def own_help(request: HttpRequest, person: Person | None = None, **knows: Any) -> str:
    """The own help page: who answers which need now, and writing instead of calling."""
    actor = request.actor  # type: ignore[attr-defined]
    if person is None or not policy.decide(actor, "case.own") or actor.person_id != person.pk:
        return ""
    rows = answers.for_person(person)
    return render_to_string("contact/slots/own_help.html", {"answers": rows, "person": person}, request=request)


def area_of(actor: policy.Actor) -> Area | None:
    """The municipality of the reader's own unit."""
    unit = Unit.objects.select_related("area__parent").filter(pk=actor.unit_id or 0).first()
    if unit is None or unit.area is None:
        return Area.objects.filter(kind=Area.Kind.MUNICIPALITY).order_by("name").first()
    return unit.area.parent or unit.area
