"""The list beside a plan: what is left, what is done, and one line to add."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samband.core.policy import guarded
from samband.library.forms import ItemForm
from samband.library.models import CheckItem, InfoText
from samband.library.services import checklist
from samband.people.models import Person
from samband.plans.views.base import back_to, header, plan_or_404
from samband.ui.toast import toast


@guarded("plan.edit", Person)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, person: Person) -> HttpResponse:
    plan = plan_or_404(person)
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            checklist.add(request.actor, plan, form.cleaned_data["text"], form.cleaned_data["due_on"])  # type: ignore[attr-defined]
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Tillagt."))
            return redirect("library:checklist", person=person.public_id)
    rows = checklist.items(plan)
    context = {
        "person": header(request, person, plan),
        "whom": person,
        "form": form,
        "left": [row for row in rows if row.done_at is None],
        "done": [row for row in rows if row.done_at is not None],
        "texts": checklist.texts(plan),
    }
    return render(request, "library/checklist.html", context, status=422 if form.errors else 200)


@guarded("checklist.edit", CheckItem)
@require_POST
def do(request: HttpRequest, checkitem: CheckItem) -> HttpResponse:
    """Tick, untick, strike or bring back; each with its undo."""
    actor = request.actor  # type: ignore[attr-defined]
    act = request.POST.get("act") or request.GET.get("act", "")  # the toast's undo carries it in its address
    undo = reverse("library:check_do", args=[checkitem.public_id])
    if act in ("tick", "untick"):
        checklist.tick(actor, checkitem, act == "tick")
        toast(request, _("Gjort: %(text)s") % {"text": checkitem.text} if act == "tick" else _("Åter på listan."),
              undo + ("?act=untick" if act == "tick" else "?act=tick"))  # fmt: skip
    elif act in ("strike", "back"):
        checklist.strike(actor, checkitem, act == "strike")
        toast(request, _("Struket ur listan.") if act == "strike" else _("Åter på listan."),
              undo + ("?act=back" if act == "strike" else "?act=strike"))  # fmt: skip
    else:
        raise Http404
    return redirect(back_to(request, reverse("library:checklist", args=[checkitem.plan.person.public_id])))


@guarded("info.edit", InfoText)
@require_POST
def strike_text(request: HttpRequest, infotext: InfoText) -> HttpResponse:
    on = request.POST.get("on", "1") == "1"
    checklist.strike(request.actor, infotext, on)  # type: ignore[attr-defined]
    toast(request, _("Texten visas inte längre för personen.") if on else _("Texten visas igen."))
    return redirect("library:checklist", person=infotext.plan.person.public_id)
