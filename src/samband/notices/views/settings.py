"""How I want to be reached: by group of kinds, by mail and by push, and when it is to be quiet."""

from typing import Any

from django.conf import settings as config
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core.models import User
from samband.core.policy import Actor, guarded
from samband.notices.forms import SettingsForm
from samband.notices.models import Device, Preferences
from samband.notices.services import mail, preferences, webpush
from samband.notices.views.inbox import groups
from samband.ui.toast import toast

FIELDS = ("at_once", "quiet_from", "quiet_to", "break_through", "on_shift")


def address(actor: Actor) -> str:
    return reverse("notices:settings" if actor.kind == "staff" else "notices:my_settings")


@guarded("notice.settings")
@require_http_methods(["GET", "POST"])
def staff(request: HttpRequest) -> HttpResponse:
    """Every group has its row. The link in a mail leads here, whoever the reader is."""
    if request.actor.kind != "staff":  # type: ignore[attr-defined]
        return redirect("notices:my_settings")
    return page(request, "notices/settings.html", list(groups()))


@guarded("notice.own")
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """One choice for everything, in plain words."""
    return page(request, "notices/my_settings.html", [""])


def page(request: HttpRequest, template: str, keys: list[str]) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = preferences.of_user(actor.user_id or 0)
    form = SettingsForm(request.POST or None, row=row, own=keys == [""], mail=config.MAIL_ON)
    if request.method == "POST" and form.is_valid():
        save(request, row, form.cleaned_data, keys)
        return redirect(address(actor))
    return render(
        request, template, {"form": form, **shown(actor, row, keys, request)}, status=422 if request.method == "POST" else 200
    )  # fmt: skip


def save(request: HttpRequest, row: Preferences, data: dict[str, Any], keys: list[str]) -> None:
    """Keep the choices; a new address gets its link."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    for name in FIELDS:
        if name in data:
            setattr(row, name, data[name])
    if "digests" in data:
        row.digests = [f"{t:%H:%M}" for t in data["digests"]] or [f"{t:%H:%M}" for t in preferences.sending.DIGESTS]
    chosen = {key: request.POST.getlist(f"channel-{key}") for key in keys}
    row.channels = {
        **row.channels, **{key: {"mail": "mail" in ways, "push": "push" in ways} for key, ways in chosen.items()}
    }  # fmt: skip
    if not preferences.set_address(actor, row, data.get("email", row.email)):
        toast(request, _("Sparat."))
    elif config.MAIL_ON:
        send(request, row)


def send(request: HttpRequest, row: Preferences) -> None:
    """The link of confirmation, and how that went."""
    user = User.objects.get(pk=row.user_id)
    if mail.confirm_address(user, row):
        toast(request, _("Sparat. Öppna mejlet som vi skickade och följ länken, så börjar mejlen komma."))
    else:
        toast(request, _("Sparat, men mejlet med länken gick inte att skicka nu. Försök igen om en stund."))


def shown(actor: Actor, row: Preferences, keys: list[str], request: HttpRequest) -> dict[str, Any]:
    names = {"": _("Allt nytt"), **groups()}
    return {
        "row": row,
        "rows": [{"key": key, "label": names[key], **channel(row, key, request)} for key in keys],
        "devices": Device.objects.filter(user_id=actor.user_id or 0),
        "mail_on": config.MAIL_ON,
        "push_on": config.PUSH_ON,
        "push_key": webpush.public_key(config.VAPID_KEY) if config.PUSH_ON else "",
        "pending": bool(row.email and not row.confirmed_at and not row.failing_since),
    }


def channel(row: Preferences, key: str, request: HttpRequest) -> dict[str, bool]:
    """What is ticked: as sent just now, else as kept."""
    if request.method == "POST":
        ways = request.POST.getlist(f"channel-{key}")
        return {"mail": "mail" in ways, "push": "push" in ways}
    kept = row.channel(key)
    return {"mail": bool(kept.get("mail")), "push": bool(kept.get("push"))}


@guarded("notice.settings")
@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """The link once more, at most once a minute."""
    from django.core.cache import cache

    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = preferences.of_user(actor.user_id or 0)
    if not config.MAIL_ON or not row.email or row.confirmed_at:
        toast(request, _("Det finns ingen adress att bekräfta."))
    elif not cache.add(f"notices-confirm-{actor.user_id}", 1, 60):
        toast(request, _("Vi skickade nyss ett mejl. Vänta en minut."))
    else:
        send(request, row)
    return redirect(address(actor))


@guarded("notice.settings")
@require_safe
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail. Only the account that wrote the address can follow it."""
    done = preferences.confirm(request.actor, token)  # type: ignore[attr-defined]
    toast(
        request,
        _("Adressen är bekräftad.")
        if done
        else _("Länken gäller inte längre, eller gäller ett annat konto. Be om en ny här."),
    )
    return redirect(address(request.actor))  # type: ignore[attr-defined]
