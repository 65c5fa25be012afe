"""What the views share: the person's header, a form page, where the entries are."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from samband.core.http import Request
from samband.people.header import age_line, header, person_url
from samband.people.models import Person


def records_url(person: Person) -> str:
    return reverse("records:person", args=[person.public_id])


def shown(request: Request, person: Person, template: str, status: int = 200, **more: Any) -> HttpResponse:
    """A page about one person, with her header on top."""
    known = {
        "header": header(request, person), "whom": person, "age_line": age_line(person), "person_url": person_url(person),
        "records_url": records_url(person),
    }  # fmt: skip
    return render(request, template, {**known, **more}, status=status)


def form_page(request: Request, person: Person, form: Any, title: str, save: str, **more: Any) -> HttpResponse:
    """A form about the person; errors answer 422."""
    known = {"form": form, "title": title, "save": save, "cancel": records_url(person), "lead": "", **more}
    failed = form.is_bound and bool(form.errors)
    return shown(request, person, known.pop("template", "records/form.html"), 422 if failed else 200, **known)
