"""The person shares her entries with those near (A13), and what a relative reads of it."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import audit
from samband.core.fresh import fresh
from samband.core.http import Request
from samband.core.policy import guarded
from samband.records.forms_near import ShareForm
from samband.records.models import Share
from samband.records.services import near
from samband.records.views.own import me
from samband.ui.toast import toast


@guarded("record.own")
@fresh("share")
@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: Request) -> HttpResponse:
    """With whom I share, what, until when and whether it was read; and a new one."""
    person = me(request)
    form = ShareForm(request.POST or None, person=person, entry=_uuid(request.GET.get("entry", "")))
    if request.method == "POST" and form.is_valid():
        try:
            made = near.give(request.actor, person, form.wanted())
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("%(name)s får läsa från och med nu.") % {"name": made.relative.full_name})
            return redirect("records:my_sharing")
    audit.seen(request, "record.own", [person.pk], view="my_sharing")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "records/my_sharing.html", {"person": person, "form": form, "lines": near.lines(person)},
                  status=status)  # fmt: skip


def _uuid(raw: str) -> str:
    """What is no id names no entry."""
    try:
        return str(UUID(raw))
    except ValueError:
        return ""


@guarded("record.share", Share)
@require_POST
def end(request: Request, row: Share) -> HttpResponse:
    near.end(request.actor, row)
    toast(request, _("%(name)s kan inte läsa mer.") % {"name": row.relative.full_name})
    return redirect("records:my_sharing")


@guarded("record.shared")
@require_safe
def shared(request: Request) -> HttpResponse:
    """For a relative: what the person shares, newest first."""
    pages = near.page(request.actor, request.GET.get("page", 1))
    if request.actor.person_id:
        audit.seen(request, "record.shared", [request.actor.person_id], view="records:shared", rule_id="A13")
    return render(request, "records/shared.html", {"pages": pages, "until": near.until(request.actor)})
