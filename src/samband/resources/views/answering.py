"""What the views with a form share: answered, kept, or told why not."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samband.core import policy
from samband.resources.services.shifts import Stale
from samband.ui.toast import toast


def shown(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page of the schedule, with the ways between them that the reader may go."""
    may = bool(policy.decide(request.actor, "visitday.plan"))  # type: ignore[attr-defined]
    return render(request, template, {"may_terms": may, **context})


def answer(
    request: HttpRequest, form: BaseForm, save: Callable[[], Any], *, title: str, back: str, said: str,
    onward: Callable[[Any], str] | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """A form page: shown, refused with 422, overtaken by somebody else with 409, or kept and back again.

    `onward`: where to go with what was kept, where that is not back.
    """
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                kept = save()
            except Stale:
                form.add_error(
                    None, _("Någon annan har ändrat det här medan du skrev. Öppna sidan på nytt och se vad som gäller.")
                )
                status = 409
            else:
                toast(request, said)
                return redirect(onward(kept) if onward else back)
    return render(request, "resources/form.html", {"form": form, "title": title, "back": back, **more}, status=status)


def facts(
    request: HttpRequest, form: BaseForm, service: Any, thing: Any, title: str, back: str, said: str
) -> HttpResponse:
    """What stands of a pool or a team, made or changed; `service.save` decides, and knows what the form had read."""
    actor = request.actor  # type: ignore[attr-defined]
    return answer(
        request, form, lambda: service.save(actor, thing, form.cleaned_data, form.read), title=title, back=back,  # type: ignore[attr-defined]
        said=said, place="staffing",
    )  # fmt: skip
