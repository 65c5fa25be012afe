"""What the views of a plan share: where to go back, the frame of a form page, saving with both answers to a conflict."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from samband.people.models import Person
from samband.plans.forms import PartForm
from samband.plans.models import CarePlan
from samband.plans.services import editing
from samband.plans.services.summary import Summary, open_plan, summary
from samband.ui.toast import toast


def person_url(person: Person) -> str:
    return reverse("plans:person", args=[person.public_id])


def plan_or_404(person: Person) -> CarePlan:
    """The open plan; a page about a part of it does not exist without one."""
    plan = open_plan(person)
    if plan is None:
        raise Http404
    plan.person = person
    return plan


def header(request: HttpRequest, person: Person, plan: CarePlan | None = None) -> Summary:
    """The person's face, with the way back to her page."""
    back = {"url": person_url(person), "label": _("Hela planen"), "note": ""}
    return summary(person, request.actor, plan, back)  # type: ignore[attr-defined]


def back_to(request: HttpRequest, fallback: str) -> str:
    """Where the form was opened from, when that is a page of ours."""
    wanted = request.POST.get("back", "")
    own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if own else fallback


def form_page(
    request: HttpRequest, person: Person, plan: CarePlan | None, form: Any, title: str, **more: Any
) -> HttpResponse:
    """A form about the person, with her header on top; errors answer 422."""
    context = {
        "person": header(request, person, plan),
        "form": form,
        "title": title,
        "cancel": person_url(person),
        "save": _("Spara"),
        **more,
    }
    template = more.get("template", "plans/form.html")
    return render(
        request, template, context, status=422 if (form.is_bound and form.errors) or more.get("problem") else 200
    )


def save_form(
    request: HttpRequest,
    person: Person,
    form: PartForm,
    title: str,
    done: str,
    write: Callable | None = None,
    **more: Any,
) -> HttpResponse:
    """Show a part's form; when it is sent, save it, show the merge page, or show what is missing."""
    if request.method == "POST" and form.is_valid():
        part = form.instance
        why = form.cleaned_data.get("change_why", form.cleaned_data.get("why", "")) if part.pk else ""
        try:
            if write is not None:
                write(form)
            elif part.pk is None:
                editing.add(request.actor, form.new())  # type: ignore[attr-defined]
            else:
                version = form.cleaned_data.get("version") or 0
                editing.change(request.actor, part, form.changes(), version, why)  # type: ignore[attr-defined]
        except ValidationError as error:
            form.refuse(error)
        except editing.Conflict as conflict:
            from samband.plans.views.merge import show

            return show(request, person, conflict, why)
        else:
            toast(request, done)
            return redirect(back_to(request, person_url(person)))
    return form_page(request, person, form.plan, form, title, **more)
