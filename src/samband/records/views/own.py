"""The person's own: what is written about me, who may read it, block and lift (A3, A5, A13)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samband.core import audit, policy
from samband.core.fresh import fresh
from samband.core.http import Request
from samband.core.policy import guarded
from samband.people.models import Person
from samband.records.forms import DissentForm
from samband.records.models import Block, Entry, ReadingConsent
from samband.records.services import attachments, sharing
from samband.records.services import shown as services
from samband.ui.slots import url_of
from samband.ui.toast import toast


def me(request: Request) -> Person:
    return get_object_or_404(Person, pk=request.actor.person_id)


def _own(request: Request, template: str, person: Person, status: int = 200, **more: Any) -> HttpResponse:
    mine = request.actor.kind == "person"
    return render(request, template, {"person": person, "mine": mine, **more}, status=status)


@guarded("record.own")
@require_safe
def listing(request: Request) -> HttpResponse:
    """All that is signed about me (or the small child whose guardian I am), newest first, from everybody."""
    person = me(request)
    audit.seen(request, "record.own", [person.pk], view="my_records")
    return _own(request, "records/my.html", person, pages=services.own_page(person, request.GET.get("page", 1)))


@guarded("record.read", Entry)
@require_safe
def entry(request: Request, entry: Entry) -> HttpResponse:
    if request.actor.kind == "staff":
        return redirect("records:entry", entry=entry.public_id)
    if request.actor.kind == "relative":
        dissents, whose = list(entry.dissents.all()), services.name_of(entry.organization, entry.social)
        return render(request, "records/shared_entry.html", {
            "entry": entry, "dissents": dissents, "whose": whose, "files": attachments.now(entry),
        })  # fmt: skip
    return entry_page(request, entry, DissentForm(own=True))


def entry_page(request: Request, entry: Entry, form: DissentForm) -> HttpResponse:
    """One entry, with the place to say that it is not so."""
    return _own(
        request, "records/my_entry.html", entry.person, 422 if form.is_bound and form.errors else 200, entry=entry, form=form,
        dissents=list(entry.dissents.all()), versions=list(entry.versions.all()), files=attachments.now(entry),
        files_before=attachments.before(entry),
        whose=services.name_of(entry.organization, entry.social),
    )  # fmt: skip


@guarded("record.block")
@require_safe
def reading(request: Request) -> HttpResponse:
    """Who may read what others wrote about me, who has, and where I block: for the person alone (A5)."""
    person = me(request)
    audit.seen(request, "record.own", [person.pk], view="my_reading")
    return _own(
        request,
        "records/my_reading.html",
        person,
        providers=services.providers(person),
        log_url=url_of("web:my_log"),
        **services.decided(person),
    )


@guarded("record.block")
@require_POST
def block(request: Request) -> HttpResponse:
    """Block one provider towards the others, or one unit towards its own."""
    person, wanted = me(request), request.POST.get("whose", "")
    for row in services.providers(person):
        for key, unit, name in (
            (row.key, None, row.name),
            *((f"unit:{u.public_id}", u, str(u)) for u, _b in row.units),
        ):
            if key == wanted:
                made = sharing.block(request.actor, person, row.organization, row.social, unit)
                undo = reverse("records:my_lift", args=[made.public_id])
                toast(request, _("Spärrat: %(name)s. Det gäller nu.") % {"name": name}, undo_url=undo)
                return redirect("records:my_reading")
    raise Http404


@guarded("record.block", Block)
@fresh("record.block")
@require_POST
def lift(request: Request, row: Block) -> HttpResponse:
    sharing.lift(request.actor, row)
    toast(request, _("Spärren är borta."))
    return redirect("records:my_reading")


@guarded("record.block")
@require_POST
def take_back(request: Request, consent: str) -> HttpResponse:
    """My yes to reading is taken back; it ends at once."""
    rows = policy.scoped(request.actor, "record.block", ReadingConsent.objects.filter(withdrawn_at__isnull=True))
    sharing.take_back(request.actor, get_object_or_404(rows, public_id=consent))
    toast(request, _("Ditt ja är återtaget. Ingen där kan läsa mer."))
    return redirect("records:my_reading")
