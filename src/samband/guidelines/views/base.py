"""What the pages of routines have in common."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samband.core import clock, text
from samband.core.http import Request
from samband.guidelines.models import Guideline, GuidelineVersion
from samband.guidelines.rules import validity
from samband.guidelines.services.publishing import dates

form_view = require_http_methods(["GET", "HEAD", "POST"])
Status = GuidelineVersion.Status


def state_of(version: GuidelineVersion | None) -> dict[str, str]:
    """State and word of a version for `mark`: shape and words, never colour alone."""
    if version is None:
        return {"state": "unknown", "word": _("ingen version gäller")}
    if version.status == Status.DRAFT:
        return {"state": "unknown", "word": _("utkast: gäller inte än")}
    if version.status == Status.WITHDRAWN:
        return {"state": "act", "word": _("indragen: gäller inte")}
    found = validity.state(dates(version), clock.today())
    review = text.short_date(version.review_by) if version.review_by else ""
    return {
        validity.COMING: {"state": "unknown", "word": _("börjar gälla %(day)s") % {"day": _day(version.valid_from)}},
        validity.ENDED: {"state": "act", "word": _("slutade gälla %(day)s") % {"day": _day(version.valid_to)}},
        validity.DUE: {"state": "warn", "word": _("skulle ha setts över %(day)s") % {"day": review}},
        validity.SOON_DUE: {"state": "ok", "word": _("gäller, ses över senast %(day)s") % {"day": review}},
        validity.VALID: {"state": "ok", "word": _("gäller")},
    }[found]


def _day(day: Any) -> str:
    return text.short_date(day) if day else ""


def form_page(
    request: Request, form: Any, title: str, save: str, guideline: Guideline | None = None, **more: Any
) -> HttpResponse:
    """A page with one form; 422 where it was sent and is wrong."""
    back = (
        reverse("guidelines:guideline", args=[guideline.public_id]) if guideline else reverse("guidelines:guidelines")
    )
    context = {"form": form, "title": title, "save": save, "guideline": guideline, "back": back, **more}
    return render(request, "guidelines/form.html", context, status=422 if form.is_bound and form.errors else 200)
