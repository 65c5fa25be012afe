"""Somebody's page for planning: what holds day after day, what she may do and until when, her next shifts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samband.core import clock, policy
from samband.core.policy import guarded
from samband.people.models import Assignment
from samband.plans.services.summary import LANGUAGES
from samband.resources.forms.shift import ProfileForm
from samband.resources.forms.skill import CompetenceForm
from samband.resources.models import Competence, WorkProfile, WorkShift
from samband.resources.rules.competence import of_role
from samband.resources.services import delegating, delegations, rostered, shifts
from samband.resources.services.rostered import current_or_coming
from samband.resources.views.answering import answer
from samband.ui.toast import toast

COMING = 14


def address(assignment: Assignment) -> str:
    return reverse("resources:member", args=[assignment.public_id])


@guarded("shift.read", Assignment, log=False)
@require_GET
def page(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    profile = WorkProfile.objects.filter(assignment=assignment).select_related("start_unit").first()
    now = clock.now()
    coming = WorkShift.objects.filter(assignment=assignment, removed_at__isnull=True, ends_at__gt=now)
    codes = profile.languages if profile else []
    context: dict[str, Any] = {
        "who": assignment,
        "profile": profile,
        "languages": ", ".join(LANGUAGES.get(code, code) for code in codes),
        "own": sorted(Competence(kind=kind).get_kind_display() for kind in of_role(assignment.role) - {"none"}),
        "competences": Competence.objects.filter(current_or_coming(), assignment=assignment),
        "delegations": delegations.shown(actor, delegations.of(assignment)),
        "shifts": coming.select_related("team")[:COMING],
        "away": rostered.absences({assignment.staff_id}, now, now + shifts.FAR),
        "teams": assignment.teams.filter(ends_on__isnull=True).select_related("team"),
        "may": bool(policy.decide(actor, "shift.edit", assignment)),
        "may_competence": bool(policy.decide(actor, "competence.edit", assignment)),
        "may_delegate": bool(policy.decide(actor, "delegation.edit", assignment)),
    }
    return render(request, "resources/member.html", context)


@guarded("shift.edit", Assignment, log=False)
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row = WorkProfile.objects.filter(assignment=assignment).first() or WorkProfile(assignment=assignment)
    form = ProfileForm(request.POST or None, instance=row, assignment=assignment)
    return answer(
        request, form, lambda: delegating.save_profile(actor, assignment, form.cleaned_data, form.read),
        title=_("Arbetsprofil, %(who)s") % {"who": assignment.staff}, back=address(assignment),
        said=_("Arbetsprofilen är sparad."), place="staffing",
    )  # fmt: skip


@guarded("competence.edit", Assignment, log=False)
@require_http_methods(["GET", "POST"])
def competence(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    form = CompetenceForm(
        request.POST or None, instance=Competence(assignment=assignment), initial={"starts_on": clock.today()}
    )
    return answer(
        request, form, lambda: delegating.add_competence(actor, form.save(commit=False)),
        title=_("Ny kompetens, %(who)s") % {"who": assignment.staff}, back=address(assignment),
        said=_("Kompetensen är sparad."), place="staffing",
    )  # fmt: skip


@guarded("competence.edit", Competence, log=False)
@require_POST
def competence_end(request: HttpRequest, row: Competence) -> HttpResponse:
    delegating.end_competence(request.actor, row)  # type: ignore[attr-defined]
    toast(request, _("Kompetensen gäller inte längre."))
    return redirect(address(row.assignment))
