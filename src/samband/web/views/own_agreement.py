"""Where the person answers: yes to the plan or what does not fit, consent, who takes part; what those near write (P1, P4, P6)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from samband.access.models import Party
from samband.core import policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.plans.models import CarePlan, RelativeNote
from samband.plans.models.careplan import WORDS
from samband.plans.services import approvals, notes, parties
from samband.plans.services import consent as consents
from samband.ui.toast import toast
from samband.web.services import agreement, own
from samband.web.views.own import page as own_page
from samband.web.views.own_edit import area, edit, writing


class NoteForm(forms.Form):
    words = area(
        gettext_lazy("Så är det för mig"),
        gettext_lazy("Hur du har det, vad du orkar, vad du behöver. De som är med i planen läser det."),
        WORDS,
        voice=True,
    )


@guarded("own.read")
@require_safe
def page(request: Request) -> HttpResponse:
    """What we have agreed on, and one clear act."""
    mine = own.open_page(request, "my_agreement")
    return _page(request, mine)


def _page(request: Request, mine: own.Own, status: int = 200, **more: Any) -> HttpResponse:
    return own_page(request, "web/agreement.html", mine, status=status, **agreement.whole(mine), **more)


@guarded("own.read")
@require_POST
def answer(request: Request) -> HttpResponse:
    """Yes to the version that was read, or what does not fit."""
    mine = own.open_page(request, "my_answer", log=False)
    plan, words = _plan(mine), request.POST.get("words", "")
    raw = request.POST.get("number", "")
    number = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else 0
    yes = request.POST.get("answer") == "yes"
    try:
        if yes:
            approvals.approve(request.actor, plan, number)
        else:
            approvals.disagree(request.actor, plan, number, words)
    except ValidationError as error:
        return _page(request, mine, 422, problem=" ".join(error.messages), words=words)
    toast(request, _("Tack. Ditt ja är sparat.") if yes else _("Tack. De som är med i planen ser vad du har skrivit."))
    return redirect("web:my_agreement")


@guarded("own.read")
@require_POST
def consent(request: Request) -> HttpResponse:
    """P6: take the yes to the whole plan back, or give it again with those whom one wants back."""
    mine = own.open_page(request, "my_consent", log=False)
    words = request.POST.get("words", "").strip()
    try:
        if request.POST.get("do") == "withdraw":
            consents.withdraw(request.actor, mine.person, words)
            toast(request, _("Ingen enhet läser planen längre. Du kan säga ja igen när du vill."))
        else:
            wanted = set(request.POST.getlist("units"))
            back = [u for u in consents.may_return(mine.person) if str(u.public_id) in wanted]
            consents.give(request.actor, mine.person, words or _("Ja, jag vill ha en gemensam plan."), units=back)
            toast(request, _("Ditt ja är sparat."))
    except ValidationError as error:
        return _page(request, mine, 422, problem=" ".join(error.messages))
    return redirect("web:my_agreement")


@guarded("own.write")
@require_POST
def withdraw_party(request: Request, party) -> HttpResponse:
    """P6: one unit stops reading. For the person alone."""
    mine = own.open_page(request, "my_party", log=False)
    rows = policy.scoped(request.actor, "own.write", Party.objects.filter(person=mine.person))
    row = get_object_or_404(rows.select_related("unit", "person"), public_id=party)
    if not mine.mine:
        raise policy.Denied(policy.deny("P6", "Personen bestämmer själv.", "The person decides for herself."))
    try:
        said = request.POST.get("words", "").strip() or _("Jag vill inte att de är med längre.")
        parties.withdraw_party(request.actor, row, said)
        toast(request, _("%(unit)s läser inte längre planen.") % {"unit": row.unit.name})
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    return redirect("web:my_agreement")


@guarded("own.write")
@writing
def note(request: Request) -> HttpResponse:
    """P4: a relative's or ombud's own part."""
    mine = own.open_page(request, "my_note", log=False)
    plan = _plan(mine)
    row = notes.own(request.actor, plan)
    return edit(
        request, mine, NoteForm, row,
        lambda changes, version: notes.write(request.actor, plan, changes["words"], version),
        title=_("Så är det för mig"), back=reverse("web:my_plan"),
    )  # fmt: skip


@guarded("own.read")
@require_POST
def share(request: Request, note) -> HttpResponse:
    """The person shows a relative's part to the parties, or stops."""
    mine = own.open_page(request, "my_share", log=False)
    rows = policy.scoped(request.actor, "note.share", RelativeNote.objects.filter(plan=mine.plan))
    row = get_object_or_404(rows.select_related("relative", "plan__person"), public_id=note)
    on = request.POST.get("on") == "1"
    notes.share(request.actor, row, on)
    name = row.relative.given_name
    said = _("De som är med i planen ser det %(name)s har skrivit.") if on else _("Bara du och %(name)s ser det nu.")
    toast(request, said % {"name": name})
    return redirect("web:my_agreement")


def _plan(mine: own.Own) -> CarePlan:
    if mine.plan is None:
        raise Http404
    mine.plan.person = mine.person
    return mine.plan
