"""A case: read, taken, answered, promised, handed over, received, given back, closed, opened again."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samband.contact.forms import CallerForm, HandForm, PromiseForm, TextForm
from samband.contact.models import Case
from samband.contact.services import answers, cases
from samband.contact.services.cases import Refused
from samband.contact.services.story import story
from samband.contact.views.who import _opened, asked_of
from samband.core import policy
from samband.core.policy import guarded
from samband.ui.toast import toast


@guarded("case.create")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Somebody called: without a plan, newly arrived, for a child, or without a name. She is led the same way."""
    form = CallerForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                case = cases.open_case(request.actor, asked_of(form), area=form.cleaned_data["area"])  # type: ignore[attr-defined]
            except Refused as error:
                form.add_error(None, str(error))
            else:
                return _opened(request, case)
        status = 422
    return render(request, "contact/case_new.html", {"form": form}, status=status)


@guarded("case.read", Case)
@require_GET
def page(request: HttpRequest, case: Case) -> HttpResponse:
    return shown(request, case)


def shown(request: HttpRequest, case: Case, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of a case, with the forms that were sent and could not be kept."""
    actor = request.actor  # type: ignore[attr-defined]
    works = bool(policy.decide(actor, "case.work", case))
    spoken = None
    if works and case.open:
        found = answers.resolve_case(case.person, case.area, case.need)
        spoken = answers.speak(found) if found else None
    receiving = case.handed_at is not None and cases._receiver(actor, case)
    context = {
        "case": case,
        "story": story(case),
        "works": works,
        "mine": case.owner_id is not None and case.owner_id == actor.assignment_id,
        "receiving": works and receiving,
        "answer": spoken,
        "reply_form": TextForm(auto_id="reply_%s"),
        "promise_form": PromiseForm(),
        "hand_form": HandForm(
            case=case, initial={"unit": spoken.unit_id if spoken and spoken.unit_id != case.unit_id else None}
        ),
        "close_form": TextForm(auto_id="close_%s"),
        "back_form": TextForm(auto_id="back_%s"),
        "sees_person": case.person is not None and bool(policy.decide(actor, "person.read", case.person)),
        "relative_reads": case.sender_relative is None or case.sender_relative.reads,
        **forms,
    }
    return render(request, "contact/case.html", context, status=status)


@guarded("case.work", Case)
@require_POST
def do(request: HttpRequest, case: Case) -> HttpResponse:
    """One act; the button says which. What cannot be done is said on the page, with what was written still there."""
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        answer = act(request, case)
    except Refused as error:
        case.refresh_from_db()
        return shown(request, case, 409, refused=str(error), **_kept(request))
    return answer or redirect("contact:case", case=case.public_id)


def _kept(request: HttpRequest) -> dict[str, Any]:
    name = {"reply": "reply_form", "note": "reply_form", "close": "close_form", "give_back": "back_form"}.get(
        request.POST["act"]
    )
    return {name: TextForm(request.POST, auto_id=f"{name.split('_')[0]}_%s")} if name else {}


Act = Callable[[HttpRequest, Case], HttpResponse | None]


def _take(request: HttpRequest, case: Case) -> None:
    cases.take(request.actor, case)  # type: ignore[attr-defined]
    toast(request, _("Du har ärendet."))


def _receive(request: HttpRequest, case: Case) -> None:
    cases.receive(request.actor, case)  # type: ignore[attr-defined]
    toast(request, _("Mottaget. Du har ärendet."))


def _text(request: HttpRequest, case: Case, name: str, then: Callable[[str], object], done: str) -> HttpResponse | None:
    form = TextForm(request.POST, auto_id=f"{name.split('_')[0]}_%s")
    if not form.is_valid():
        return shown(request, case, 422, **{name: form})
    then(form.cleaned_data["text"])
    toast(request, done)
    return None


def _reply(request: HttpRequest, case: Case) -> HttpResponse | None:
    actor = request.actor  # type: ignore[attr-defined]
    return _text(request, case, "reply_form", lambda text: cases.reply(actor, case, text), _("Svaret är skickat."))


def _note(request: HttpRequest, case: Case) -> HttpResponse | None:
    actor = request.actor  # type: ignore[attr-defined]
    return _text(request, case, "reply_form", lambda text: cases.reply(actor, case, text, shown=False), _("Antecknat."))


def _back(request: HttpRequest, case: Case) -> HttpResponse | None:
    actor = request.actor  # type: ignore[attr-defined]
    answer = _text(request, case, "back_form", lambda text: cases.give_back(actor, case, text), _("Lämnat tillbaka."))
    return answer or redirect("contact:cases")


def _close(request: HttpRequest, case: Case) -> HttpResponse | None:
    actor = request.actor  # type: ignore[attr-defined]
    return _text(request, case, "close_form", lambda text: cases.close(actor, case, text), _("Ärendet är avslutat."))


def _promise(request: HttpRequest, case: Case) -> HttpResponse | None:
    form = PromiseForm(request.POST)
    if not form.is_valid():
        return shown(request, case, 422, promise_form=form)
    cases.promise(request.actor, case, form.cleaned_data["at"])  # type: ignore[attr-defined]
    toast(request, _("Löftet är sparat. Klockan påminner."))
    return None


def _hand(request: HttpRequest, case: Case) -> HttpResponse | None:
    form = HandForm(request.POST, case=case)
    if not form.is_valid():
        return shown(request, case, 422, hand_form=form)
    unit = form.cleaned_data["unit"]
    cases.hand_over(request.actor, case, unit, text=form.cleaned_data["text"])  # type: ignore[attr-defined]
    toast(request, _("På väg till %(unit)s. Du har ärendet tills de tar emot.") % {"unit": unit.name})
    return None


def _reopen(request: HttpRequest, case: Case) -> None:
    cases.reopen(request.actor, case)  # type: ignore[attr-defined]
    toast(request, _("Ärendet är öppet igen."))


ACTS: dict[str, Act] = {
    "take": _take, "receive": _receive, "reply": _reply, "note": _note, "give_back": _back, "close": _close,
    "promise": _promise, "hand": _hand, "reopen": _reopen,
}  # fmt: skip
