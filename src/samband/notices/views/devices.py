"""Devices that show notices: added by their own browser, removed here; and the worker that shows what comes."""

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samband.core.policy import guarded, public
from samband.notices.forms import DeviceForm
from samband.notices.models import Device
from samband.notices.services import push
from samband.notices.views.settings import address
from samband.ui.toast import toast

SCRIPT = "notices/worker.js"


def why(key: str) -> str:
    return {
        "endpoint": _("Webbläsarens pushtjänst finns inte bland dem som Samband får använda."),
        "keys": _("Webbläsaren lämnade nycklar som inte går att använda. Uppdatera den och försök igen."),
        "many": _("Du har redan tio enheter. Ta bort en först."),
    }[key]


@guarded("notice.settings")
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """The browser's own words about itself (its script sends them); answers as JSON."""
    if not settings.PUSH_ON:
        return JsonResponse({"error": _("Push är inte påslaget här.")}, status=409)
    form = DeviceForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": why("keys")}, status=422)
    try:
        push.add(request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
    except push.Refused as error:
        return JsonResponse({"error": why(str(error))}, status=422)
    toast(request, _("Enheten är tillagd. Välj ovan vad som ska visas på den."))
    return JsonResponse({"ok": True})


@guarded("notice.device", Device, log=False)
@require_POST
def remove(request: HttpRequest, device: Device) -> HttpResponse:
    push.remove(request.actor, device)  # type: ignore[attr-defined]
    toast(request, _("Enheten är borttagen."))
    return redirect(address(request.actor))  # type: ignore[attr-defined]


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, from our own origin and under `/inbox/`, which is as far as it reaches. No person in it."""
    path = finders.find(SCRIPT)
    if not path:
        raise Http404
    with open(str(path), "rb") as file:
        answer = HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer
