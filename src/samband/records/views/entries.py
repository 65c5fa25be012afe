"""Entries for staff: the list in the order of time, one entry, write, sign, correct, note what the person sees otherwise."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import audit, clock, policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.core.uploads import UploadRefused
from samband.people.models import Person
from samband.records.forms import CorrectForm, DissentForm, EntryForm, InnerForm
from samband.records.models import Entry
from samband.records.services import attachments, entries, facts, sharing
from samband.records.services import shown as services
from samband.records.views.base import form_page, shown
from samband.ui.toast import toast


@guarded("record.list", Person)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: Request, person: Person) -> HttpResponse:
    """What was written about the person and the reader may read, newest first; and that there is more (A6).

    Words are searched by POST: what somebody looks for in a record stands in no address and no log.
    """
    kind, words = request.GET.get("kind", ""), request.POST.get("q", "").strip()[:100]
    pages = services.page(request.actor, person, request.GET.get("page", 1), kind, words)
    _saw_others(request, person, list(pages))
    known = facts.around(request.actor, person.pk)
    asked = person.lift_requests.filter(assignment_id=request.actor.assignment_id or 0)
    context: dict[str, Any] = {
        "pages": pages,
        "pager_url": f"?kind={kind}&page=" if kind in Entry.Kind.values else "?page=",
        "kinds": [{"label": _("Alla"), "url": "?", "current": kind not in Entry.Kind.values}, *_kinds(kind)],
        "words": words,
        "closed": services.closed(request.actor, person),
        "stands": services.who_reads(known),
        "asked": asked.select_related("block__organization")[:5],
        "may_lift": bool(policy.decide(request.actor, "record.lift_ask", person)),
    }
    return shown(request, person, "records/person.html", **context)


def _kinds(chosen: str) -> list[dict[str, Any]]:
    return [{"label": k.label, "url": f"?kind={k.value}", "current": k.value == chosen} for k in Entry.Kind]


def _saw_others(request: Request, person: Person, rows: list[Entry]) -> None:
    """A reading of another provider's entries is entered with its rule, apart from the reading of one's own (A2)."""
    known = facts.around(request.actor, person.pk)
    others = [row for row in rows if (row.organization_id, row.social) != known.provider]
    if others:
        rule = policy.decide(request.actor, "record.read", others[0]).rule
        providers = sorted({row.organization_id for row in others})
        audit.seen(
            request, "record.others", [person.pk], f"records.others:{person.public_id}", rule_id=rule, whose=providers
        )


@guarded("record.write", Person)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, person: Person) -> HttpResponse:
    """A new entry; signed at once, or kept until it is."""
    now = clock.local_now()
    form = EntryForm(
        request.POST or None,
        request.FILES or None,
        initial={"day": now.date(), "at": now.time().replace(second=0, microsecond=0)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            found = [attachments.look(form.cleaned_data["file"])] if form.cleaned_data["file"] else []
            entry = entries.write(request.actor, person, form.written(), "sign" in request.POST, found)
        except UploadRefused as refused:
            form.add_error("file", str(refused))
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(
                request, _("Anteckningen är signerad.") if entry.signed_at else _("Sparad. Den väntar på din signatur.")
            )
            return redirect("records:entry", entry=entry.public_id)
    return form_page(request, person, form, _("Ny anteckning"), _("Spara utan att signera"), sign=True)


@guarded("record.read", Entry)
@require_safe
def page(request: Request, entry: Entry) -> HttpResponse:
    """One entry: what it says, who wrote and signed it, what it said before, what the person sees otherwise."""
    if request.actor.kind != "staff":
        return redirect("records:my_entry", entry=entry.public_id)
    may = {name: bool(policy.decide(request.actor, f"record.{name}", entry)) for name in ("sign", "correct", "dissent")}
    return shown(
        request, entry.person, "records/entry.html", entry=entry, versions=list(entry.versions.all()),
        dissents=list(entry.dissents.all()), may=may, files=attachments.now(entry), as_signed=attachments.as_signed(entry),
        files_before=attachments.before(entry), whose=services.name_of(entry.organization, entry.social),
        decision=policy.decide(request.actor, "record.read", entry),
    )  # fmt: skip


@guarded("record.sign", Entry)
@require_POST
def sign(request: Request, entry: Entry) -> HttpResponse:
    entries.sign(request.actor, entry)
    toast(request, _("Anteckningen är signerad."))
    return redirect("records:entry", entry=entry.public_id)


@guarded("record.correct", Entry)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Request, entry: Entry) -> HttpResponse:
    """What it said stays; the new version has a reason."""
    local = clock.local(entry.happened_at)
    now = {
        "kind": entry.kind, "title": entry.title, "text": entry.text, "day": local.date(), "at": local.time(),
        "number": entry.number,
    }  # fmt: skip
    form, between = CorrectForm(request.POST or None, initial=now), None
    if request.method == "POST" and form.is_valid():
        try:
            entries.correct(request.actor, entry, form.written(), form.cleaned_data["why"], form.cleaned_data["number"])
        except ValidationError as error:
            form.refuse(error)
        except entries.Changed as changed:
            between = changed.entry
            form.data = {**{name: form.data.get(name, "") for name in form.fields}, "number": between.number}
            form.add_error(
                None, _("Någon annan rättade anteckningen medan du skrev. Läs vad som står nu, och spara igen.")
            )
        else:
            toast(request, _("Rättad. Det som stod innan finns kvar."))
            return redirect("records:entry", entry=entry.public_id)
    return form_page(request, entry.person, form, _("Rätta anteckningen"), _("Spara rättelsen"), between=between)


@guarded("record.dissent", Entry)
@require_http_methods(["GET", "HEAD", "POST"])
def dissent(request: Request, entry: Entry) -> HttpResponse:
    """The person sees it otherwise: in her words (A17)."""
    own = request.actor.kind == "person"
    form = DissentForm(request.POST or None, own=own)
    done = redirect("records:my_entry" if own else "records:entry", entry=entry.public_id)
    if request.method == "POST" and form.is_valid():
        try:
            entries.dissent(request.actor, entry, form.cleaned_data["words"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Det står nu vid anteckningen."))
            return done
    if own:
        from samband.records.views.own import entry_page

        return entry_page(request, entry, form)
    return form_page(request, entry.person, form, _("Personen ser det på ett annat sätt"), _("Spara"), quoted=entry)


@guarded("record.inner", Entry)
@require_http_methods(["GET", "HEAD", "POST"])
def inner(request: Request, entry: Entry) -> HttpResponse:
    """An entry of the own provider behind an inner block (A3): its unit and day show, not what it says."""
    form = InnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sharing.open_inner(request.actor, entry, form.cleaned_data["ground"], form.cleaned_data["why"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Öppen för dig i dag. Personen ser att du har läst den."))
            return redirect("records:entry", entry=entry.public_id)
    lead = _("Personen har spärrat det som %(unit)s har skrivit. Du öppnar bara den här anteckningen, från %(day)s.") % {
        "unit": entry.unit, "day": clock.local(entry.happened_at).date()}  # fmt: skip
    return form_page(request, entry.person, form, _("Öppna en spärrad anteckning"), _("Öppna den"), lead=lead)
