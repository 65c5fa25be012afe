"""The three contacts of a person, each with its history; never merged (A13)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import clock
from samband.core.http import Request
from samband.core.policy import guarded
from samband.core.text import short_date
from samband.people.forms.persons import ContactForm
from samband.people.models import ContactRole, Person
from samband.people.services import contacts as services
from samband.people.views.persons import person_context
from samband.ui.toast import toast


@guarded("contacts.edit", Person)
@require_safe
def listing(request: Request, person: Person) -> HttpResponse:
    held = list(person.contacts.select_related("assignment__staff", "assignment__unit").order_by("-starts_on"))
    context = person_context(request, person, "contacts") | {"roles": [_role(kind, held) for kind in ContactRole.Kind]}
    return render(request, "people/contacts.html", context)


def _role(kind: Any, held: list[ContactRole]) -> dict:
    today = clock.today()
    mine = [role for role in held if role.kind == kind]
    now = [r for r in mine if r.starts_on <= today and (r.ends_on is None or r.ends_on >= today)]
    return {
        "kind": kind.value,
        "label": kind.label,
        "now": now[0] if now else None,
        "later": [r for r in mine if r.starts_on > today],
        "before": [r for r in mine if r.ends_on is not None and r.ends_on < today],
    }


@guarded("contacts.edit", Person)
@require_http_methods(["GET", "POST"])
def appoint(request: Request, person: Person, contact_kind: str) -> HttpResponse:
    if contact_kind not in ContactRole.Kind.values:
        raise Http404
    holder = services.overlapping(person, contact_kind, clock.today(), None).first()
    form = ContactForm(person, contact_kind, request.POST or None, has_previous=holder is not None)
    if request.method == "POST" and form.is_valid() and _appointed(request, person, contact_kind, form):
        return redirect("people:contacts", person=person.public_id)
    context = person_context(request, person, "contacts") | {
        "form": form, "holder": holder, "role_label": ContactRole.Kind(contact_kind).label,
    }  # fmt: skip
    return render(request, "people/contact_appoint.html", context, status=422 if form.errors else 200)


def _appointed(request: Request, person: Person, kind: str, form: ContactForm) -> bool:
    data = form.cleaned_data
    try:
        services.appoint(
            request.actor,
            person,
            kind,
            data["assignment"],
            data["starts_on"],
            data["ends_on"],
            data.get("end_previous", False),
        )
    except services.NotSuitable as error:
        form.add_error("assignment", _(error.reason))
        return False
    except services.Overlap as error:
        form.add_error("starts_on", _overlap(error, kind))
        return False
    toast(request, _("%(name)s är utsedd") % {"name": data["assignment"].staff.full_name})
    return True


def _overlap(error: services.Overlap, kind: str) -> str:
    """Who holds the role when, and what can be done."""
    other = error.other
    values = {
        "name": other.assignment.staff.full_name,
        "role": ContactRole.Kind(kind).label.lower(),
        "from": short_date(other.starts_on),
        "to": short_date(other.ends_on) if other.ends_on else _("tills vidare"),
    }
    said = (
        _("%(name)s är %(role)s från %(from)s till %(to)s.")
        if other.ends_on
        else _("%(name)s är %(role)s från %(from)s, %(to)s.")
    )
    way = (
        _("Kryssa i att rollen lämnas över, eller välj en annan dag.")
        if error.can_end
        else _("Välj dagar som inte går in i varandra.")
    )
    return f"{said % values} {way}"


@guarded("contacts.edit", ContactRole, kwarg="contact")
@require_POST
def end(request: Request, contact: ContactRole) -> HttpResponse:
    services.end(request.actor, contact)
    toast(request, _("%(name)s slutar i dag") % {"name": contact.assignment.staff.full_name})
    return redirect("people:contacts", person=contact.person.public_id)
