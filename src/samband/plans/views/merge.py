"""Two wrote at once: both texts side by side, one choice each. Nothing is lost, whoever came second."""

from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samband.core import policy, text
from samband.core.policy import guarded
from samband.people.models import Person
from samband.plans.models import Action, CarePlan, FollowUp, Goal, Situation
from samband.plans.services import editing, history
from samband.plans.views.base import header, person_url
from samband.ui.toast import toast

SALT = "samband.plans.merge"
PARTS = {m._meta.label_lower: m for m in (Action, CarePlan, FollowUp, Goal, Situation)}


def show(request: HttpRequest, person: Person, conflict: editing.Conflict, why: str = "") -> HttpResponse:
    """The merge page (409). What was written travels signed, so that it comes back as it was."""
    part = conflict.part
    fields = []
    for clash in conflict.fields:
        field = history.field_of(part, clash.name)
        fields.append(
            {
                "name": clash.name,
                "label": str(field.verbose_name).capitalize(),
                "mine": history.shown(field, clash.mine),
                "theirs": history.shown(field, clash.theirs),
                "base": history.shown(field, clash.base),
                "long": field.get_internal_type() == "TextField",
            }
        )
    sealed = {"thing": history.thing_of(part), "mine": conflict.mine, "version": conflict.version, "why": why,
              "clashes": [c.name for c in conflict.fields], "theirs": {c.name: c.theirs for c in conflict.fields}}  # fmt: skip
    context = {
        "person": header(request, person),
        "merge": {
            "who": conflict.who or _("Någon annan"),
            "when": text.spoken_time(conflict.when) if conflict.when else _("nyss"),
            "fields": fields,
        },
        "sealed": signing.dumps(sealed, salt=SALT, compress=True),
        "kept": [name for name in conflict.mine if name not in {c.name for c in conflict.fields}],
        "cancel": person_url(person),
    }
    return render(request, "plans/merge.html", context, status=409)


@guarded("day.read")
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """The choices, on what was signed. The policy is asked again, as for any change."""
    try:
        sealed = signing.loads(request.POST.get("sealed", ""), salt=SALT, max_age=86_400)
    except signing.BadSignature:
        raise Http404 from None
    label, _sep, public_id = sealed["thing"].partition(":")
    model = PARTS[label]
    rows = policy.scoped(request.actor, "plan.read", model.objects.all())  # type: ignore[attr-defined]
    part = rows.filter(public_id=public_id).first()
    if part is None:
        raise Http404
    person = editing.plan_of(part).person
    try:
        values = _chosen(model, sealed, request.POST)
        editing.change(request.actor, part, values, sealed["version"], sealed["why"])  # type: ignore[attr-defined]
    except editing.Conflict as conflict:
        return show(request, person, conflict, sealed["why"])
    except ValidationError as error:
        context = {"person": header(request, person), "problems": error.messages, "cancel": person_url(person)}
        return render(request, "plans/merge_refused.html", context, status=422)
    toast(request, _("Sparat. Båda texterna finns i historiken."))
    return redirect(person_url(person))


def _chosen(model: Any, sealed: dict, choices: Any) -> dict[str, Any]:
    """What is to be saved: mine where I said so, both after each other, and all that nobody else had touched."""
    values = {}
    for name, mine in sealed["mine"].items():
        field = history.field_of(model, name)
        choice = choices.get(f"merge-{name}", "mine") if name in sealed["clashes"] else "mine"
        if choice == "theirs":
            continue
        if choice == "both" and isinstance(mine, str):
            mine = f"{sealed['theirs'][name] or ''}\n{mine}".strip()
        values[name] = history.value_of(field, mine)
    return values
