"""Log-ins: the list, one account, a new tie. For administrators; no person's or relative's name is shown (A1)."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samband.core import text
from samband.core.fresh import fresh
from samband.core.http import Request
from samband.core.models import AuditEvent, User
from samband.core.policy import guarded
from samband.people.forms.accounts import ReasonForm, TieForm
from samband.people.services import accounts as services
from samband.people.services import factors, local, locking
from samband.people.services.accounts import Tie
from samband.ui.toast import toast

PAGE = 40
HITS = 40


@guarded("account.list")
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: Request) -> HttpResponse:
    """Every account; a search is sent, never written in the address."""
    q = request.POST.get("q", "").strip()[:100] if request.method == "POST" else ""
    show = request.GET.get("show", "")
    show = show if show in services.KINDS else ""
    rows = services.search(request.actor, q)[:HITS] if q else services.accounts(request.actor, show)
    page = Paginator(rows, HITS if q else PAGE).get_page(request.GET.get("page"))
    context = {
        "table": _table(page.object_list, page.paginator.count, q or show),
        "pager": page,
        "pager_url": f"?show={show}&page=" if show else "?page=",
        "q": q,
        "choices": [{"value": key, "label": label, "chosen": key == show} for key, label in labels().items()],
    }
    return render(request, "people/accounts.html", context)


def labels() -> dict[str, str]:
    """What may be chosen in the list."""
    return {
        "staff": _("Personal"), "person": _("Personer"), "relative": _("Närstående"), "nobody": _("Hör inte till någon"),
        "closed": _("Stängda"),
    }  # fmt: skip


def whose(tie: Tie) -> str:
    """In words; a person's or relative's name is not an administrator's to read."""
    return {"staff": tie.name, "person": _("en person, sig själv"), "relative": _("en närstående")}[tie.kind]


def _title(user: User) -> str:
    held = services.ties(user)
    return ", ".join(whose(tie) for tie in held) if held else _("Hör inte till någon")


def _subject(user: User) -> str:
    """What the log-in service calls it; of a number the day of birth only."""
    kind, _sep, value = (user.subject or "").partition(":")
    if kind == "number":
        return _("nummer %(start)s-••••") % {"start": value[:8]}
    if kind == "hsa" or (not kind and getattr(user, "staff", None)):
        return value or user.staff.hsa_id
    return _("demoinloggning") if user.is_demo else value


def _table(rows: Any, total: int, narrowed: str) -> dict:
    found = [
        {
            "id": user.public_id,
            "name": _title(user),
            "url": reverse("people:account", kwargs={"account": user.public_id}),
            "cells": [
                {"text": _subject(user)},
                {"text": text.spoken_time(user.last_login) if user.last_login else _("aldrig")},
                {"text": _("öppet"), "state": "ok"} if user.is_active else {"text": _("stängt"), "state": "unknown"},
            ],
        }
        for user in rows
    ]
    empty: dict[str, Any] = {
        "title": _("Inga konton än"),
        "text": _("Personal får sitt konto vid första inloggningen."),
    }
    if narrowed:
        empty = {"title": _("Inget konto passar"), "act": {"label": _("Visa alla"), "url": reverse("people:accounts")}}
    return {
        "caption": _("Inloggningar"),
        "columns": [
            {"label": label} for label in (_("Hör till"), _("Inloggningstjänsten säger"), _("Senast inne"), _("Konto"))
        ],
        "rows": found,
        "total": total,
        "acts": [],
        "empty": empty,
    }


@guarded("account.edit")
@fresh("account.edit")
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Tie a log-in to a member of staff, a person or a relative."""
    form = TieForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = _tie(request, form.cleaned_data)
        except ValidationError as error:
            for name, messages in _by_field(error).items():
                form.add_error(name if name in form.fields else None, messages)
        else:
            toast(request, _("Inloggningen är knuten."))
            return redirect("people:account", account=user.public_id)
    return render(request, "people/account_new.html", {"form": form}, status=422 if form.errors else 200)


def _tie(request: Request, data: dict[str, Any]) -> User:
    actor, reason, sub = request.actor, data["reason"], data["sub"]
    if data["kind"] == "staff":
        return services.tie_staff(actor, data["hsa_id"], reason, sub)
    if data["kind"] == "person":
        return services.tie_person(actor, data["number"], reason, sub)
    return services.tie_relative(actor, data["number"], data["name"], data["own"], reason, sub)


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


@guarded("account.edit", User, kwarg="account")
@fresh("account.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, account: User) -> HttpResponse:
    """One account: whom it belongs to, and what was done with it."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("act") == "link":
                path = local.give_link(request.actor, account, form.cleaned_data["reason"])
                # Said once, to be handed over: it stands in no log and is nowhere to be found again.
                link = {"account": account, "title": _title(account), "link": request.build_absolute_uri(path)}
                return render(request, "people/account_link.html", link)
            said = _changed(request, account, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            toast(request, said)
            return redirect("people:account", account=account.public_id)
    context = {
        "account": account,
        "title": _title(account),
        "subject": _subject(account),
        "ties": [{"key": f"{tie.kind}:{tie.key}", "whose": whose(tie)} for tie in services.ties(account)],
        "form": form,
        "is_local": local.is_local(account),
        "may_be_local": bool(getattr(account, "staff", None)) and account.is_active and settings.LOCAL_LOGINS,
        "factors": len(factors.of(account)),
        "locked": locking.is_locked(account),
        "log": [_told(event) for event in services.log_of(account)[:20]],
    }
    return render(request, "people/account.html", context, status=422 if form.errors else 200)


def _changed(request: Request, account: User, reason: str) -> str:
    act = request.POST.get("act", "")
    if act in ("close", "open"):
        services.close(request.actor, account, act == "close", reason)
        return _("Kontot är stängt.") if act == "close" else _("Kontot är öppet.")
    if act == "factors":
        factors.reset(request.actor, account, reason)
        return _("Den andra faktorn är återställd. En ny ställs in vid nästa inloggning.")
    if act == "unlock":
        locking.unlock(request.actor, account, reason)
        return _("Inloggningen är upplåst.")
    if act == "sessions":
        services.log_out(request.actor, account, reason)
        return _("Kontot är utloggat överallt.")
    tie = next((t for t in services.ties(account) if act == f"{t.kind}:{t.key}"), None)
    if tie is None:
        raise ValidationError(_("Knytningen är redan borttagen."))
    services.untie(request.actor, account, tie, reason)
    return _("Knytningen är borttagen. Den gällde till nu.")


def _told(event: AuditEvent) -> dict[str, Any]:
    said = {"account.tie": _("Knuten"), "account.untie": _("Knytningen togs bort"), "account.close": _("Stängt"),
            "account.open": _("Öppnat"), "account.factors": _("Andra faktorn återställdes"),
            "account.link": _("Länk för lösenord gavs"),
            "account.unlock": _("Låstes upp"), "account.sessions": _("Loggades ut överallt")}  # fmt: skip
    kinds = {"staff": _("personal"), "person": _("personen själv"), "relative": _("närstående")}
    reason = event.detail.get("reason", "")
    return {
        "what": said[event.action],
        "kind": kinds.get(event.detail.get("kind", ""), ""),
        "at": event.at,
        "who": event.actor_name or _("första inloggningen"),
        "why": reason if event.actor_name else "",
    }
