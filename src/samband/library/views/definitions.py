"""Templates as staff read them: the list, one template, an earlier version, approval, export."""

import json

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samband.core import policy, text
from samband.core.policy import guarded
from samband.library.models import Definition, DefinitionVersion
from samband.library.rules import compare, problems
from samband.library.services import drafting, offers, using
from samband.library.services.spoken import field_name, rows_of, shown, spoken_problem, title_of, type_name
from samband.ui.toast import toast

Status = DefinitionVersion.Status


@guarded("definition.list")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every template, by kind; those at rest on demand."""
    actor = request.actor  # type: ignore[attr-defined]
    kind = request.GET.get("kind", "")
    rested = request.GET.get("rested") == "1"
    rows = policy.scoped(actor, "definition.list", Definition.objects.filter(retired_at__isnull=not rested))
    if kind in Definition.Kind.values:
        rows = rows.filter(kind=kind)
    context = {
        "rows": [{"definition": row, **state_of(row)} for row in rows.prefetch_related("versions")],
        "kinds": [
            {"value": value, "label": label, "chosen": value == kind} for value, label in Definition.Kind.choices
        ],
        "rested": rested,
        "may_edit": policy.decide(actor, "definition.edit"),
    }
    return render(request, "library/definitions.html", context)


def state_of(definition: Definition) -> dict:
    """The version in use, whether there is a draft, and its mark: approved or an example."""
    versions = list(definition.versions.all())
    version = next((v for v in versions if v.status == Status.PUBLISHED), None)
    return {
        "version": version,
        "draft": next((v for v in versions if v.status == Status.DRAFT), None),
        **approval_of(version),
    }


def approval_of(version: DefinitionVersion | None) -> dict:
    """State and words for `mark`."""
    if version is None:
        return {"state": "unknown", "word": _("bara utkast")}
    if not version.approved:
        return {"state": "warn", "word": _("exempel, inte kliniskt godkänt")}
    who = {"name": version.approved_name, "day": text.short_date(version.approved_at.date())}  # type: ignore[union-attr]
    return {"state": "ok", "word": _("godkänd av %(name)s %(day)s") % who}


def parts_of(version: DefinitionVersion) -> list[dict]:
    """The parts as a page shows them, each with what is wrong with it."""
    wrong: dict[str, list[str]] = {}
    for problem in problems(version.definition.kind, version.parts):
        wrong.setdefault(problem.key, []).append(spoken_problem(problem))
    return [
        {
            "key": part["key"],
            "type": type_name(part["type"]),
            "title": title_of(part),
            "rows": rows_of(part),
            "wrong": wrong.get(part["key"], []),
        }
        for part in version.parts
    ]


def changes_of(old: DefinitionVersion, new: DefinitionVersion) -> list[dict]:
    """What differs between two versions, in words."""
    by_key = {part["key"]: part for part in [*old.parts, *new.parts]}
    kinds = {"new": _("Ny"), "changed": _("Ändrad"), "gone": _("Borttagen")}
    return [
        {
            "kind": kinds[change.kind],
            "type": type_name(change.type),
            "title": title_of(by_key[change.key]),
            "rows": [
                {"label": field_name(name), "before": shown(name, pair[0]), "after": shown(name, pair[1])}
                for name, pair in change.fields.items()
            ],
        }
        for change in compare(old.parts, new.parts)
    ]


@guarded("definition.read", Definition)
@require_safe
def page(request: HttpRequest, definition: Definition) -> HttpResponse:
    """The version in use, who approved it, earlier versions, and how many plans are behind."""
    found = state_of(definition)
    return show(request, definition, found["version"] or found["draft"])


@guarded("definition.read", Definition)
@require_safe
def version(request: HttpRequest, definition: Definition, version: int) -> HttpResponse:
    return show(request, definition, get_object_or_404(definition.versions, number=version))


def show(request: HttpRequest, definition: Definition, version: DefinitionVersion | None) -> HttpResponse:
    """One version, with what differs from the one before."""
    if version is None:
        raise Http404
    actor = request.actor  # type: ignore[attr-defined]
    versions = list(definition.versions.all())
    before = next((v for v in versions if v.number < version.number), None)
    published = version.status == Status.PUBLISHED
    context = {
        "definition": definition,
        "version": version,
        "versions": versions,
        "parts": parts_of(version),
        "changes": changes_of(before, version) if before else [],
        "before": before,
        "may_edit": policy.decide(actor, "definition.edit", definition),
        "may_approve": published and not version.approved and policy.decide(actor, "definition.approve", definition),
        "allowed": using.usable(version),
        "behind": offers.plans_behind(version) if published else 0,
        **approval_of(version if published else None),
    }
    return render(request, "library/definition.html", context)


@guarded("definition.approve", Definition)
@require_POST
def approve(request: HttpRequest, definition: Definition) -> HttpResponse:
    """The version that was read is the one that is approved, whatever has come since."""
    number = request.POST.get("version", "")
    version = get_object_or_404(definition.versions, number=int(number) if number.isdecimal() else 0)
    try:
        drafting.approve(request.actor, version)  # type: ignore[attr-defined]
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    else:
        toast(request, _("Godkänd. Ditt namn står vid mallen."))
    return redirect("library:version", definition=definition.public_id, version=version.number)


@guarded("definition.read", Definition)
@require_safe
def export(request: HttpRequest, definition: Definition) -> HttpResponse:
    """The template as JSON, every version: to read, to keep, to give to another county."""
    body = {
        "format": "samband-template/1",
        "slug": definition.slug,
        "kind": definition.kind,
        "title": definition.title,
        "summary": definition.summary,
        "versions": [
            {
                "number": v.number,
                "status": v.status,
                "note": v.note,
                "published": v.published_at.isoformat() if v.published_at else None,
                "approved": {"name": v.approved_name, "title": v.approved_title} if v.approved else None,
                "parts": v.parts,
            }
            for v in definition.versions.all()
        ],
    }
    answer = HttpResponse(json.dumps(body, ensure_ascii=False, indent=2), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{definition.slug}.json"'
    return answer
