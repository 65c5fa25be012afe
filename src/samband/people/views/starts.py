"""Start a care relation, or enter a new person: the same way, so that nobody learns who is in Samband."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samband.core import clock
from samband.core.http import Request
from samband.core.ids import Identity, parse_identity
from samband.core.policy import guarded
from samband.people.forms.persons import PersonForm, StartForm
from samband.people.header import person_url
from samband.people.services import persons, starts
from samband.ui.toast import toast

KEY = "people_start"
VALID = 15 * 60


@guarded("relation.start")
@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    """An exact number and a reason."""
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        identity, reason = form.cleaned_data["identity"], form.cleaned_data["reason"]
        try:
            starts.ask(request.actor, identity, reason)
        except starts.TooMany:
            form.add_error(
                None,
                _("Du har frågat om många nummer på kort tid. Vänta tio minuter, eller ring dem som känner personen."),
            )
            return render(request, "people/start.html", {"form": form}, status=429)
        request.session[KEY] = {"number": identity.number, "reason": reason, "at": clock.now().timestamp()}
        return redirect("people:start_confirm")
    return render(request, "people/start.html", {"form": form}, status=422 if form.errors else 200)


@guarded("relation.start")
@require_http_methods(["GET", "POST"])
def confirm(request: Request) -> HttpResponse:
    """The neutral page: it says the same about every number. Only starting the relation tells more, and that is in the log."""
    asked = _asked(request)
    if asked is None:
        return redirect("people:start")
    identity, reason = asked
    if request.method != "POST":
        return render(request, "people/start_confirm.html", {"identity": identity, "reason": reason})
    person = starts.begin(request.actor, identity, reason)
    if person is None:
        return redirect("people:person_new")
    del request.session[KEY]
    toast(request, _("Vårdrelationen är startad"))
    return redirect(person_url(person))


@guarded("person.create")
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Nobody has the number: enter the person. The number comes from the page before, never from this form."""
    asked = _asked(request)
    if asked is None:
        return redirect("people:start")
    identity, reason = asked
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = persons.create(request.actor, identity, form.values(), reason)
        except persons.AlreadyKnown:
            return redirect("people:start_confirm")
        del request.session[KEY]
        toast(request, _("Personen är inlagd och vårdrelationen är startad"))
        return redirect(person_url(person))
    context = {"form": form, "identity": identity, "reason": reason}
    return render(request, "people/person_new.html", context, status=422 if form.errors else 200)


def _asked(request: Request) -> tuple[Identity, str] | None:
    """What was asked on the first page, for a quarter of an hour."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    if not kept or clock.now().timestamp() - kept["at"] > VALID:
        request.session.pop(KEY, None)
        return None
    return parse_identity(kept["number"]), kept["reason"]
