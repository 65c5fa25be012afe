"""Why can this account see, or not? For administrators, who learn the answer and nothing else."""

from datetime import timedelta
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samband.access import words
from samband.access.forms import ExplainForm
from samband.access.services import explain
from samband.core import audit, clock
from samband.core.http import Request
from samband.core.models import AuditEvent, User
from samband.core.policy import guarded
from samband.people.services.numbers import holder

ASKED = "access.explain"
LIMIT, WITHIN = 10, timedelta(minutes=10)


@guarded(ASKED, User, kwarg="account", log=False)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, account: User) -> HttpResponse:
    """The question is in the audit before it is answered, with the person where there is one."""
    form = ExplainForm(request.POST or None)
    answers: list[dict[str, Any]] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            answers = _answers(request, account, form.asked())
        except ValidationError as error:
            form.add_error(None, error.messages)
    context = {"account": account, "form": form, "answers": answers}
    return render(request, "access/explain.html", context, status=422 if form.errors else 200)


def _answers(request: Request, account: User, asked: dict[str, Any]) -> list[dict[str, Any]]:
    _patient(request)
    person = holder(asked["number"])
    audit.record(
        request.actor, ASKED, person=person, thing=account, rule="A2", reason=asked["reason"], view="access:explain",
        session=audit.session_mark(request),
    )  # fmt: skip
    lines = explain.for_administrator(account, person, asked["address"])
    return [
        {
            "as": words.capacity(actor),
            "rows": [{"what": words.question(line.action), "decision": line.decision} for line in found],
        }
        for actor, found in groupby(lines, key=lambda line: line.actor)
    ]


def _patient(request: Request) -> None:
    """Numbers are not tried out here: so many in a while, and no more."""
    recent = AuditEvent.objects.filter(user_id=request.actor.user_id, action=ASKED, at__gte=clock.now() - WITHIN)
    if recent.count() >= LIMIT:
        raise ValidationError(_("Du har frågat om många nummer på kort tid. Vänta tio minuter."))
