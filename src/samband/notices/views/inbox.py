"""The inbox: for staff in rows, for the person and those near her in plain, large words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samband.core import audit, notices
from samband.core.policy import Actor, guarded
from samband.notices.models import Delivery
from samband.notices.services import inbox, preferences, receipts
from samband.notices.services.opening import may_open
from samband.ui.slots import url_of
from samband.ui.toast import toast

OTHER = "other"


def home(actor: Actor) -> str:
    """The inbox of this reader's kind."""
    return reverse("notices:inbox" if actor.kind == "staff" else "notices:my_inbox")


def back(request: HttpRequest) -> str:
    """Where the reader came from: a page of the own inbox, else its beginning. Never anywhere else."""
    asked, start = request.POST.get("back", ""), home(request.actor)  # type: ignore[attr-defined]
    return asked if asked == start or asked.startswith(start + "?") else start


def chosen(request: HttpRequest) -> tuple[str, str, int]:
    """View, group and page number out of the address; what is not known is the first of its kind."""
    show = request.GET.get("show", request.POST.get("show", ""))
    group = request.GET.get("group", request.POST.get("group", ""))
    number = request.GET.get("page", "")
    return (
        show if show in inbox.SHOW else inbox.SHOW[0],
        group if group in groups() else "",
        min(int(number), 4000) if number.isascii() and number.isdecimal() and int(number) else 1,
    )


def groups() -> dict[str, str]:
    """The groups of kinds that exist, by key, in the order of their names."""
    used = {kind.group for kind in notices.kinds.values()}
    found = {key: str(notices.groups.get(key, _("Övrigt"))) for key in used}
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))


def listing(request: HttpRequest, template: str, part: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    show, group, number = chosen(request)
    found = inbox.page(actor, show, group, number)
    audit.seen(request, "notice.list", found.persons, view=f"notices:inbox:{show}:{number}")
    around = f"?show={show}" + (f"&group={group}" if group else "")
    context: dict[str, Any] = {
        "lines": found.lines,
        "segment": segment(show, group, own=actor.kind != "staff"),
        "groups": [
            {"label": label, "url": f"?show={show}&group={key}", "current": key == group}
            for key, label in groups().items()
        ],
        "group": group,
        "all_url": f"?show={show}",
        "show": show,
        "number": number,
        "previous": f"{around}&page={number - 1}" if number > 1 else "",
        "next": f"{around}&page={number + 1}" if found.more else "",
        "here": home(actor) + around + (f"&page={number}" if number > 1 else ""),
        "settings_url": reverse("notices:settings" if actor.kind == "staff" else "notices:my_settings"),
        "others": inbox.unread_elsewhere(actor),
        "choose": url_of("web:choose"),
        "failing": preferences.of_user(actor.user_id or 0).failing_since,
    }  # fmt: skip
    partial = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, part if partial else template, context)


def segment(show: str, group: str, own: bool) -> list[dict[str, Any]]:
    """The three views; plainer words on own pages."""
    labels = {"unread": _("Olästa"), "receipt": _("Väntar på kvittens"), "all": _("Alla")}
    if own:
        labels = {"unread": _("Nytt"), "receipt": _("Väntar på dig"), "all": _("Allt")}
    tail = f"&group={group}" if group else ""
    return [{"label": labels[key], "url": f"?show={key}{tail}", "current": key == show} for key in inbox.SHOW]


@guarded("notice.list")
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """One inbox for the account: every assignment's notices, each with the assignment it came to.

    Mail and push lead here, whoever the reader is: others are led on to their own.
    """
    if request.actor.kind != "staff":  # type: ignore[attr-defined]
        return redirect("notices:my_inbox")
    return listing(request, "notices/inbox.html", "notices/parts/list.html")


@guarded("notice.own")
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The person's and the relative's inbox."""
    return listing(request, "notices/my_inbox.html", "notices/parts/my_list.html")


@guarded("notice.read", Delivery, kwarg="delivery", log=False)
@require_safe
def open_copy(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    """To the thing, if it is still open to the reader; else a page that says so and shows nothing."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inbox.mark(actor, delivery, read=True)
    if actor.kind == "staff" and delivery.assignment_id != actor.assignment_id:
        own = delivery.assignment
        shown = {"assignment": own, "token": f"staff:{own.pk}" if own else "", "choose": url_of("web:choose")}
        return render(request, "notices/elsewhere.html", {**shown, "onward": request.path})
    if not may_open(actor, delivery.notice.url):
        audit.record(actor, "notice.open", thing=delivery, outcome="deny", rule="A1", view="notices:open")
        name = "notices/gone.html" if actor.kind == "staff" else "notices/my_gone.html"
        return render(request, name, {"home": home(actor)}, status=410)
    return redirect(delivery.notice.url)


@guarded("notice.read", Delivery, kwarg="delivery")
@require_POST
def read(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    inbox.mark(request.actor, delivery, read=True)  # type: ignore[attr-defined]
    toast(request, _("Markerat som läst."), undo_url=reverse("notices:unread", args=[delivery.public_id]))
    return redirect(back(request))


@guarded("notice.read", Delivery, kwarg="delivery")
@require_POST
def unread(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    inbox.mark(request.actor, delivery, read=False)  # type: ignore[attr-defined]
    toast(request, _("Oläst igen."))
    return redirect(back(request))


@guarded("notice.read", Delivery, kwarg="delivery", log=False)
@require_POST
def acknowledge(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    """The receipt. Whoever comes second hears who was first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        row = receipts.acknowledge(actor, delivery)
    except receipts.Refused as error:
        toast(request, str(error))
    else:
        inbox.forget(actor)
        first = inbox.given_by(row)
        mine = row.by_assignment_id == actor.assignment_id if actor.kind == "staff" else True
        toast(request, _("Kvitterat.") if mine or not first else _("%(name)s har redan kvitterat.") % {"name": first})
    return redirect(back(request))


@guarded("notice.list")
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything in the view is read; a receipt is not given by it."""
    show, group, _number = chosen(request)
    count, mark = inbox.mark_all(request.actor, show, group)  # type: ignore[attr-defined]
    if count:
        request.session[inbox.UNDO] = mark
        text = ngettext("%(n)d är läst.", "%(n)d är lästa.", count) % {"n": count}
        toast(request, text, undo_url=reverse("notices:unread_all"))
    else:
        toast(request, _("Inget var oläst."))
    return redirect(back(request))


@guarded("notice.list")
@require_POST
def unread_all(request: HttpRequest) -> HttpResponse:
    count = inbox.unmark_all(request.actor, request.session.pop(inbox.UNDO, ""))  # type: ignore[attr-defined]
    toast(request, ngettext("%(n)d är oläst igen.", "%(n)d är olästa igen.", count) % {"n": count})
    return redirect(back(request))


@guarded("notice.sent")
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What our side sent: who has acknowledged it and when, and what the clock did where nobody has."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    waiting = request.GET.get("show") != "all"
    number = request.GET.get("page", "")
    page = min(int(number), 4000) if number.isascii() and number.isdecimal() and int(number) else 1
    first = (page - 1) * inbox.PAGE
    rows = list(receipts.sent(actor, waiting)[first : first + inbox.PAGE + 1])
    around = "" if waiting else "show=all&"
    context = {
        "rows": [sent_line(notice) for notice in rows[: inbox.PAGE]],
        "segment": [
            {"label": _("Väntar på kvittens"), "url": "?show=waiting", "current": waiting},
            {"label": _("Alla"), "url": "?show=all", "current": not waiting},
        ],
        "waiting": waiting,
        "number": page,
        "previous": f"?{around}page={page - 1}" if page > 1 else "",
        "next": f"?{around}page={page + 1}" if len(rows) > inbox.PAGE else "",
    }
    return render(request, "notices/sent.html", context)


def sent_line(notice: Any) -> dict[str, Any]:
    """A notice with its receipts: to whom, given by whom and when, or since when it waits and how far it was carried."""
    words = receipts.step_words()
    return {
        "title": notice.title,
        "told_at": notice.told_at,
        "receipts": [
            {
                "to": recipient_name(row),
                "waits": row.waits,
                "late": row.level > 0,
                "by": inbox.given_by(row),
                "at": row.acknowledged_at,
                "steps": [{"at": step.at, "text": words[step.step]} for step in row.steps.all()],
            }
            for row in notice.recipients.all()
        ],
    }


def recipient_name(row: Any) -> str:
    """To whom it was put: a unit, somebody of staff, or what the others are (a name of theirs is not for a list of receipts)."""
    if row.unit:
        return row.unit.name
    if row.assignment:
        return f"{row.assignment.staff}, {row.assignment.unit}"
    return _("En närstående") if row.relative_id else _("Personen själv")
