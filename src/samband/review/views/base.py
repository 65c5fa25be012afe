"""What the pages of the reviewer share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render

from samband.core.http import Request


def form_status(form: Any) -> int:
    """422 where the form was sent and has errors."""
    return 422 if form is not None and form.is_bound and form.errors else 200


def shown(request: Request, template: str, form: Any = None, **more: Any) -> HttpResponse:
    return render(request, f"review/{template}", {"form": form, **more}, status=form_status(form))


def refuse(form: Any, error: ValidationError) -> None:
    form.refuse(error)
