"""Teams: the list, one, its people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samband.core import policy
from samband.core.policy import guarded
from samband.people.models import Assignment
from samband.resources.forms.pool import MemberForm, TeamForm
from samband.resources.models import Team
from samband.resources.services import teams
from samband.resources.services.rostered import current_or_coming
from samband.resources.views.answering import facts, shown
from samband.ui.toast import toast


@guarded("team.list")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    rows = policy.scoped(actor, "team.list", Team.objects.filter(current_or_coming())).select_related(
        "unit__organization"
    )
    rows = rows.prefetch_related("members__assignment__staff", "members__assignment__unit__organization")
    found = [{"team": row, "people": [m for m in row.members.all() if m.ends_on is None]} for row in rows]
    for one in found:
        one["organizations"] = sorted({m.assignment.unit.organization.name for m in one["people"]})
    return shown(request, "resources/teams.html", {"teams": found, "may": bool(policy.decide(actor, "team.edit"))})


@guarded("team.read", Team, log=False)
@require_GET
def page(request: HttpRequest, team: Team) -> HttpResponse:
    return _page(request, team, MemberForm(team=team))


def _page(request: HttpRequest, team: Team, form: MemberForm, status: int = 200) -> HttpResponse:
    context = {
        "team": team,
        "members": teams.members(team),
        "may": bool(policy.decide(request.actor, "team.edit", team)),  # type: ignore[attr-defined]
        "form": form,
    }
    return render(request, "resources/team.html", context, status=status)


@guarded("team.edit")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _facts(request, Team(), _("Nytt team"), reverse("resources:teams"))


@guarded("team.edit", Team, log=False)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, team: Team) -> HttpResponse:
    return _facts(request, team, team.name, reverse("resources:team", args=[team.public_id]))


def _facts(request: HttpRequest, team: Team, title: str, back: str) -> HttpResponse:
    form = TeamForm(request.POST or None, instance=team, actor=request.actor)  # type: ignore[attr-defined]
    return facts(request, form, teams, team, title, back, _("Teamet är sparat."))


@guarded("team.edit", Team, log=False)
@require_POST
def add(request: HttpRequest, team: Team) -> HttpResponse:
    form = MemberForm(request.POST, team=team)
    if form.is_valid():
        if teams.add(request.actor, team, form.cleaned_data["assignment"]):  # type: ignore[attr-defined]
            toast(request, _("Hon eller han är med i teamet."))
            return redirect("resources:team", team=team.public_id)
        form.add_error("assignment", _("Hon eller han är redan med i teamet."))
    return _page(request, team, form, 422)


@guarded("team.edit", Team, log=False)
@require_POST
def end(request: HttpRequest, team: Team) -> HttpResponse:
    """Who leaves stands in the form."""
    rows = Assignment.objects.filter(teams__team=team, teams__ends_on__isnull=True)
    who = next((row for row in rows.distinct() if str(row.public_id) == request.POST.get("assignment", "")), None)
    if who is not None:
        teams.end(request.actor, team, who)  # type: ignore[attr-defined]
        toast(request, _("Hon eller han är inte längre med i teamet."))
    return redirect("resources:team", team=team.public_id)
