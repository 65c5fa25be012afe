"""Answering a sheet: one form, saved by itself as it is filled in and by a button where nothing runs in the browser."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samband.core import policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.dialogue.forms_sheets import AnswerForm, answer_forms
from samband.dialogue.models import Sitting
from samband.dialogue.services import sheets_answering, sheets_results
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


def elsewhere() -> str:
    return _(
        "Bladet är sparat från ett annat fönster sedan du öppnade det här. Spara en gång till om det du ser här ska gälla."
    )


@guarded("sitting.answer", Sitting)
@form_view
def answer(request: Request, sitting: Sitting) -> HttpResponse:
    """The sheet to fill in; closed, it leads to the result."""
    if not sitting.is_open:
        return redirect("dialogue:sitting_result", sitting=sitting.public_id)
    statements = list(sitting.version.statements.all())
    whose, given = sheets_answering.mine(request.actor, sitting)
    forms = answer_forms(statements, given, request.POST if request.method == "POST" else None)
    lock, problem, status = whose.lock if whose else 0, "", 200
    if request.method == "POST":
        problem, status = _save(request, sitting, forms)
        if not problem:
            toast(request, _("Dina svar är sparade."))
            return redirect("dialogue:sitting", sitting=sitting.public_id)
    may_manage = bool(policy.decide(request.actor, "sitting.manage", sitting))
    context = {
        "sitting": sitting, "sheet": sitting.version.sheet, "forms": forms, "lock": lock, "problem": problem,
        "may_manage": may_manage, "answered": sheets_results.answered(sitting) if may_manage else None,
        "begun": sum(bool(row.today and row.wanted) for row in given.values()),
    }  # fmt: skip
    return render(request, "dialogue/sheet_answer.html", context, status=status)


@guarded("sitting.answer", Sitting)
@require_POST
def save(request: Request, sitting: Sitting) -> HttpResponse:
    """What the page sends by itself: answers with how it went and the lock for the next time."""
    statements = list(sitting.version.statements.all())
    _whose, given = sheets_answering.mine(request.actor, sitting)
    forms = answer_forms(statements, given, request.POST)
    problem, _status = _save(request, sitting, forms)
    whose, _given = sheets_answering.mine(request.actor, sitting)
    sent = request.POST.get("lock", "")
    wrong = [form for form in forms if form.errors]
    context = {"problem": problem, "wrong": wrong, "lock": sent if problem or not whose else whose.lock}
    return render(request, "dialogue/parts/saved.html", context)


def _save(request: Request, sitting: Sitting, forms: list[AnswerForm]) -> tuple[str, int]:
    """What went wrong, in a sentence (empty: all is saved), and the status of the answer."""
    wrong = [
        form for form in forms if not form.is_valid()
    ]  # every form is asked, so that each shows what is wrong with it
    if wrong:
        return _("Inget är sparat än. Rätta det som är markerat."), 422
    lock = int(request.POST["lock"]) if request.POST.get("lock", "").isdecimal() else 0
    try:
        sheets_answering.save(request.actor, sitting, {f.prefix or "": f.given() for f in forms}, lock)
    except ValidationError as error:
        return " ".join(error.messages), 422
    except sheets_answering.Stale:
        return elsewhere(), 409
    return "", 200
