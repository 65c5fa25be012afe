"""How the log is reviewed here: the figures of the patterns and the size of the sample."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samband.core.http import Request
from samband.core.policy import guarded
from samband.review.forms import PracticeForm
from samband.review.rules.patterns import PATTERNS
from samband.review.services import practice as services
from samband.review.services.own import ours
from samband.review.views.base import shown
from samband.ui.toast import toast


@guarded("audit.practice")
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: Request) -> HttpResponse:
    """Every pattern says what it asks; its figures may be changed within bounds."""
    figures, sample = services.of(ours(request.actor))
    initial = {f"{p}-{key}": int(value) for p, found in figures.items() for key, value in found.items()}
    form = PracticeForm(request.POST or None, initial={**initial, "sample": sample})
    if request.method == "POST" and form.is_valid():
        services.change(request.actor, form.figures(), form.cleaned_data["sample"])
        toast(request, _("Sparat. Det gäller från nästa gång."))
        return redirect("review:practice")
    patterns = [(p, [form[f"{p.id}-{param.key}"] for param in p.params]) for p in PATTERNS.values()]
    return shown(request, "practice.html", form, patterns=patterns)
