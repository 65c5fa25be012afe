"""The list of persons, its export, and the facts about one person."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import audit, clock, policy
from samband.core.fresh import fresh
from samband.core.http import Request
from samband.core.models import AuditEvent
from samband.core.policy import guarded
from samband.core.text import sort_key
from samband.people.forms.persons import FlagForm, PersonForm
from samband.people.header import age_line, header, person_url
from samband.people.models import Area, ContactRole, Person, Unit
from samband.people.services import export as exporting
from samband.people.services import lists
from samband.people.services import persons as services
from samband.people.views import merging, rows
from samband.ui.toast import toast

PAGE = 40
MARK_LABELS = {
    "protected": gettext_noop("Skyddade personuppgifter"),
    "interpreter": gettext_noop("Behöver tolk"),
    "no_contact": gettext_noop("Saknar fast vårdkontakt"),
    "child": gettext_noop("Under 18 år"),
    "old": gettext_noop("80 år eller äldre"),
}


@guarded("person.list")
@require_safe
def listing(request: Request) -> HttpResponse:
    """Everybody in scope, filtered and sorted in the query; one entry in the audit for a page."""
    asked = lists.wish(request.actor, request.GET)
    found = lists.persons(request.actor, asked)
    page = Paginator(lists.with_details(found), PAGE).get_page(request.GET.get("page"))
    persons = list(page.object_list)
    audit.seen(request, "person.list", [p.pk for p in persons], view="people:persons")
    kept = _kept(request)
    context = {
        "table": rows.table(
            persons,
            page.paginator.count,
            asked,
            kept,
            reverse("people:persons"),
            facts=bool(policy.decide(request.actor, "person.export")),
        ),
        "pager": page,
        "pager_url": f"?{urlencode(kept)}&page=" if kept else "?page=",
        "asked": asked,
        "filters": _filters(request, asked),
        "any_filter": bool(asked.area or asked.unit or asked.mark),
    }
    return render(request, "people/persons.html", context)


def _kept(request: Request) -> dict[str, str]:
    """The choices that stand in the address; never free text."""
    names = ("area", "unit", "mark", "sort")
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def _filters(request: Request, asked: lists.Wish) -> list[dict]:
    units = Unit.objects.filter(pk__in=request.actor.unit_ids)
    marks = [(key, _(label)) for key, label in MARK_LABELS.items()]
    return [
        _choice(
            "area",
            _("Område"),
            _("Alla områden"),
            [(a.public_id, a.name) for a in sorted(Area.objects.all(), key=lambda a: sort_key(a.name))],
            asked.area,
        ),
        _choice("unit", _("Enhet"), _("Alla mina enheter"), [(u.public_id, u.name) for u in units], asked.unit),
        _choice("mark", _("Visa"), _("Alla"), marks, asked.mark),
    ]


def _choice(name: str, label: str, every: str, options: list, chosen: Any) -> dict:
    key = str(getattr(chosen, "public_id", chosen) or "")
    return {
        "name": name,
        "label": label,
        "options": [{"value": "", "label": every, "chosen": not key}]
        + [{"value": str(value), "label": text, "chosen": str(value) == key} for value, text in options],
    }


@guarded("person.export")  # type: ignore[arg-type]
@require_POST
def export(request: Request) -> HttpResponseBase:
    """The list as a file, in the same scope. Every export is entered, with everybody in it."""
    asked = lists.wish(request.actor, request.POST)
    found = lists.persons(request.actor, asked)
    ids = list(found.values_list("pk", flat=True))
    audit.record(
        request.actor,
        "person.export",
        persons=ids,
        view="people:export",
        session=audit.session_mark(request),
        count=len(ids),
    )
    persons = lists.with_details(found).iterator(chunk_size=500)
    response = StreamingHttpResponse(exporting.lines(persons), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="personer-{clock.today():%Y-%m-%d}.csv"'
    return response


def _unseals(request: HttpRequest, _person: Person) -> bool:
    """The form offers this box for a protected person alone; for anybody else it is asked in vain and does nothing."""
    return "lifted" in request.POST


@guarded("person.edit", Person)
@fresh("person.unseal", when=_unseals)
@require_http_methods(["GET", "POST"])
def edit(request: Request, person: Person) -> HttpResponse:
    """Facts about the person; two who write at once lose nothing."""

    def save(form: Any, seen: str) -> Person:
        version = int(seen) if seen.isdigit() else 0
        return services.edit(
            request.actor, person, version, form.values(), lifted=form.cleaned_data.get("lifted", False)
        )

    outcome = merging.handle(
        request,
        person,
        lambda data, stored: PersonForm(data, instance=_copy(stored)),
        lambda p: str(p.version),
        save,
        _last,
    )
    if outcome.saved:
        toast(request, _("Båda ändringarna är sparade") if outcome.joined else _("Uppgifterna är sparade"))
        return redirect("people:person_edit", person=person.public_id)
    context = person_context(request, person, "facts") | {
        "outcome": outcome,
        "form": outcome.form,
        "flags": person.flags.filter(ended_on__isnull=True),
        "flag_form": FlagForm(auto_id="flag_%s"),
    }
    return render(request, "people/person_edit.html", context, status=outcome.status)


def _copy(person: Person) -> Person:
    """A form writes on its instance; the one on the page must stay as it is stored."""
    return Person.objects.get(pk=person.pk)


def _last(person: Person) -> tuple[str, Any]:
    event = AuditEvent.objects.filter(
        subjects__person_id=person.pk, action="person.edit", detail__has_key="fields"
    ).last()
    return (event.actor_name, event.at) if event else ("", None)


def person_context(request: Request, person: Person, tab: str) -> dict:
    """What every page about one person has: the header and the ways between them."""
    tabs = [
        ("plan", _("Planen"), person_url(person)),
        ("facts", _("Uppgifter"), reverse("people:person_edit", kwargs={"person": person.public_id})),
        ("contacts", _("Fasta kontakter"), reverse("people:contacts", kwargs={"person": person.public_id})),
        ("relatives", _("Närstående och ombud"), reverse("people:relatives", kwargs={"person": person.public_id})),
    ]
    return {
        "person": person,
        "header": header(request, person),
        "age_line": age_line(person),
        "tabs": [{"label": label, "url": url, "current": key == tab} for key, label, url in tabs],
        "kinds": ContactRole.Kind,
    }
