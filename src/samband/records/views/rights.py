"""Copies that are given out (A17) and the register extract (GDPR art. 15, 20): staff's pages, and the person's own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samband.core import audit, clock, extract_file, policy
from samband.core.fresh import fresh
from samband.core.http import Request
from samband.core.jobs import worker_alive
from samband.core.policy import guarded
from samband.people.models import Person
from samband.records import tasks
from samband.records.forms_rights import CopyForm, ExtractForm
from samband.records.models import Copy, ExtractOrder
from samband.records.services import copies, extracts
from samband.records.services.shown import name_of
from samband.records.views.base import shown
from samband.records.views.own import me
from samband.ui.toast import toast

PAGE = 25


@guarded("record.copy", Person)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: Request, person: Person) -> HttpResponse:
    """Give out a copy; and what our provider has given out before."""
    form = CopyForm(request.POST or None, actor=request.actor, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            copies.give(request.actor, person, form.given(), form.cleaned_data["entries"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Uppskrivet. Skriv ut kopian i listan. Personen ser att den är utlämnad."))
            return redirect("records:copies", person=person.public_id)
    pages = Paginator(copies.ours(request.actor, person), PAGE).get_page(request.GET.get("page"))
    status = 422 if form.is_bound and form.errors else 200
    return shown(request, person, "records/copies.html", status, form=form, pages=pages)


@guarded("record.copy_read", Copy)
@require_safe
def sheet(request: Request, row: Copy) -> HttpResponse:
    """The copy for print."""
    name = f"kopia-{clock.local(row.at):%Y-%m-%d}.pdf"
    return HttpResponse(copies.pdf(row), content_type="application/pdf", headers={
        "Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff",
    })  # fmt: skip


@guarded("record.own")
@require_safe
def mine(request: Request) -> HttpResponse:
    """Copies that were given out about me."""
    person = me(request)
    audit.seen(request, "record.own", [person.pk], view="my_copies")
    rows = person.copies.select_related("organization", "unit").prefetch_related("entries__entry")
    pages = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [(row, name_of(row.organization, row.social)) for row in pages]
    return render(request, "records/my_copies.html", {"person": person, "pages": pages, "lines": lines})


@guarded("record.own")
@fresh("extract")
@require_http_methods(["GET", "HEAD", "POST"])
def my_extract(request: Request) -> HttpResponse:
    """All that there is about me: order it, see how far it is, fetch it."""
    person = me(request)
    if request.method == "POST":
        tasks.begin(extracts.order(request.actor, person))
        return redirect("records:my_extract")
    orders = policy.scoped(request.actor, "record.extract", ExtractOrder.objects.all())[:5]
    context = {"person": person, "orders": orders, "worker_alive": worker_alive(), "left_out": list(extract_file.left_out()),
               "working": any(order.working for order in orders)}  # fmt: skip
    return render(request, "records/parts/extract_orders.html" if request.htmx else "records/my_extract.html", context)


@guarded("record.extract_list")
@fresh("extract")
@require_http_methods(["GET", "HEAD", "POST"])
def staff_extracts(request: Request) -> HttpResponse:
    """On a person's written request: of whom, which request; and those that I have answered."""
    form = ExtractForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.person is not None:
        try:
            tasks.begin(extracts.order(request.actor, form.person, form.cleaned_data["request"]))
        except ValidationError as error:
            form.refuse(error)
        else:
            return redirect("records:extracts")
    if form.stranger:
        audit.record(request.actor, "record.extract_list", outcome="deny", rule="A1", why=form.cleaned_data["request"])
    rows = policy.scoped(request.actor, "record.extract", ExtractOrder.objects.select_related("person"))
    pages = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    audit.seen(request, "record.extract_list", {row.person_id for row in pages}, view="records:extracts")
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "pages": pages, "orders": pages, "worker_alive": worker_alive(), "staff": True,
               "working": any(order.working for order in pages)}  # fmt: skip
    template = "records/parts/extract_orders.html" if request.htmx else "records/extracts.html"
    return render(request, template, context, status=status)


@guarded("record.extract", ExtractOrder)
@require_safe
def fetch(request: Request, order: ExtractOrder) -> Any:
    """The archive, while it is there."""
    path = extracts.path_of(order)
    if order.state != ExtractOrder.State.DONE or not path.exists():
        raise Http404
    name = f"utdrag-{clock.local(order.at):%Y-%m-%d}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip", headers={
        "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'",
    })  # fmt: skip
