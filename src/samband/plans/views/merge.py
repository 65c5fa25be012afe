"""Two wrote at once: both texts side by side, one choice each. Nothing is lost, whoever came second."""

from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samband.core import policy, text
from samband.core.policy import guarded
from samband.people.models import Person
from samband.plans.models import Action, CarePlan, FollowUp, Goal, Situation
from samband.plans.rules.texts import differ, together
from samband.plans.services import editing, history
from samband.plans.services.changes import labels
from samband.plans.views.base import header, person_url
from samband.ui.toast import toast

SALT = "samband.plans.merge"
PARTS = {m._meta.label_lower: m for m in (Action, CarePlan, FollowUp, Goal, Situation)}


def show(request: HttpRequest, person: Person, conflict: editing.Conflict, why: str = "") -> HttpResponse:
    """The merge page (409). What was written travels signed, so that it comes back as it was."""
    sealed = {"thing": history.thing_of(conflict.part), "mine": conflict.mine, "version": conflict.version, "why": why,
              "clashes": [c.name for c in conflict.fields], "theirs": {c.name: c.theirs for c in conflict.fields},
              "base": {c.name: c.base for c in conflict.fields}, "who": conflict.who,
              "when": conflict.when.isoformat() if conflict.when else ""}  # fmt: skip
    return _page(request, person, type(conflict.part), sealed, 409)


def _page(
    request: HttpRequest, person: Person, model: Any, sealed: dict[str, Any], status: int, problems: Any = ()
) -> HttpResponse:
    """Both texts with what each changed, from what is sealed; shown again with the problem where a choice cannot be saved."""
    when = parse_datetime(sealed["when"]) if sealed["when"] else None
    kept = [name for name in sealed["mine"] if name not in sealed["clashes"] and name not in editing.DERIVED]
    context = {
        "person": header(request, person),
        "merge": {
            "who": sealed["who"] or _("Någon annan"),
            "when": text.spoken_time(when) if when else _("nyss"),
            "fields": [
                _field(model, name, sealed, request.POST.get(f"merge-{name}", "")) for name in sealed["clashes"]
            ],
        },
        "sealed": signing.dumps(sealed, salt=SALT, compress=True),
        "kept": [
            {
                "label": label_of(model, name),
                "shown": history.shown(history.field_of(model, name), sealed["mine"][name]),
            }
            for name in kept
        ],
        "cancel": person_url(person),
        "problems": problems,
    }
    return render(request, "plans/merge.html", context, status=status)


def label_of(model: Any, name: str) -> str:
    return labels().get(name) or str(history.field_of(model, name).verbose_name).capitalize()


def _field(model: Any, name: str, sealed: dict[str, Any], chosen: str) -> dict[str, Any]:
    """One field that both changed; a text word by word, and both changes in one text where they touch different words."""
    field = history.field_of(model, name)
    mine, theirs, base = sealed["mine"].get(name), sealed["theirs"].get(name), sealed["base"].get(name)
    found: dict[str, Any] = {
        "name": name, "label": label_of(model, name), "mine": history.shown(field, mine), "theirs": history.shown(field, theirs),
        "base": history.shown(field, base), "long": field.get_internal_type() == "TextField", "chosen": chosen,
    }  # fmt: skip
    if _is_text(field):
        was = str(base or "")
        if was:
            found["mine_pieces"], found["theirs_pieces"] = differ(was, str(mine or "")), differ(was, str(theirs or ""))
        found["merged"] = merged(field, sealed, name)
    return found


def _is_text(field: Any) -> bool:
    return (
        field.get_internal_type() in ("TextField", "CharField")
        and not field.choices
        and field.name not in ("rrule", "icon")
    )


def merged(field: Any, sealed: dict[str, Any], name: str) -> str:
    """Both changes in one text; empty where they touch the same words, or it would be too long."""
    both = together(*(str(sealed[side].get(name) or "") for side in ("base", "mine", "theirs"))) or ""
    same = both in (sealed["mine"].get(name), sealed["theirs"].get(name))
    return "" if same or len(both) > (field.max_length or len(both)) else both


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
        return _page(request, person, model, sealed, 422, error.messages)
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
        if choice == "merged":
            mine = merged(field, sealed, name) or mine
        if choice == "both" and isinstance(mine, str):
            mine = f"{sealed['theirs'][name] or ''}\n{mine}".strip()
        values[name] = history.value_of(field, mine)
    return values
