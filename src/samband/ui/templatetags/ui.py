"""Samband's template tags: icons, marks, why, dialogs, acts, the frame's slots, and time as people speak of it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from samband.core import clock, policy, text
from samband.ui import slots, toast

register = template.Library()

WORDS = {"ok": _("Enligt plan"), "warn": _("Se upp"), "act": _("Agera nu"), "unknown": _("Vi vet inte")}


@lru_cache(maxsize=256)
def _use(symbol: str) -> str:
    """Where the symbol is; some seventy are drawn on a person's page, and where the file lies is the same until restart."""
    return f"{static('ui/icons.svg')}#{symbol}"


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """`{% icon "phone" %}`: decoration beside a word, hidden from screen readers."""
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}"></use></svg>', css, _use(name))


@register.simple_tag
def picture(name: str) -> SafeString:
    """`{% picture "lungs" %}`: a 56 × 56 picture for a situation."""
    return format_html('<svg class="picture" aria-hidden="true"><use href="{}"></use></svg>', _use(f"p-{name}"))


@register.simple_tag
def logo() -> SafeString:
    """The two knots, tied."""
    return format_html('<svg class="logo" aria-hidden="true"><use href="{}"></use></svg>', _use("logo"))


@register.simple_tag
def mark(state: str, word: Any = "", lead: bool = False, quiet: bool = False) -> SafeString:
    """`{% mark "act" "2 dagar sen" %}`: shape, colour and word. `lead`: bold in the state's colour.

    States: ok, warn, act, unknown; any other is drawn as unknown, never as ok. A more exact word than the state's own
    keeps the state as the shape's name. `quiet` draws the shape alone, named for those who cannot see it.
    """
    state = state if state in WORDS else "unknown"
    name = WORDS[state]
    css = "mark-lead" if lead else ""
    use = _use(f"mark-{state}")
    if quiet:
        word = ""
    elif not word:
        return format_html(
            '<span class="mark mark-{} {}"><svg aria-hidden="true"><use href="{}"></use></svg><span>{}</span></span>',
            state,
            css,
            use,
            name,
        )
    return format_html(
        '<span class="mark mark-{} {}"><svg role="img" aria-label="{}"><use href="{}"></use></svg><span>{}</span></span>',
        state,
        css,
        name,
        use,
        word,
    )


@register.simple_tag
def action(a: Mapping[str, Any]) -> SafeString:
    """`{% action a %}`: one action in the grid or the list. A long plan has dozens, so it is drawn here.

    a: title · clock, note, who (only in the list), icon, state (done, late, undone), mark, mark_word, url.
    """
    title = format_html('<a href="{}">{}</a>', a["url"], a["title"]) if a.get("url") else a["title"]
    state = mark(a["mark"], a["mark_word"], lead=True) if a.get("mark") else ""
    return format_html(
        '<div class="{}">{}<div>{}{}{}{}</div></div>',
        f"act {a['state']}" if a.get("state") else "act",
        icon(a.get("icon") or "check"),
        format_html("<b>{}</b> ", a["clock"]) if a.get("clock") else "",
        title,
        _meta(", ".join(filter(None, [a.get("who"), a.get("note")]))),
        _meta(state),
    )


def _meta(content: Any) -> SafeString | str:
    return format_html('<span class="meta">{}</span>', content) if content else ""


WHY = _("varför?")


@register.simple_block_tag(end_name="endwhy")
def why(content: str, label: Any = WHY, source: Any = "", url: str = "") -> SafeString:
    """`{% why "varför då?" source="Lag 2017:612, 2 kap. 3 §" url="…" %}En mening.{% endwhy %}`: opens in place."""
    return format_html(
        '<details class="why"><summary>{}</summary><div class="why-body">{}{}</div></details>',
        label,
        content,
        _source(source, url),
    )


def _source(source: Any, url: str) -> SafeString | str:
    if not source:
        return ""
    return format_html(' <a href="{}">{}</a>', url, source) if url else format_html(" <cite>{}</cite>", source)


@register.simple_block_tag(end_name="enddialog")
def dialog(content: str, id: str, title: Any) -> SafeString:
    """`{% dialog "move" "Flytta besöket" %}…{% enddialog %}`; a button with `data-opens="move"` opens it."""
    return SafeString(render_to_string("ui/parts/dialog.html", {"id": id, "title": title, "content": content}))


@register.simple_tag(takes_context=True)
def act(context: template.Context, act: Any, kind: str = "") -> str:
    """Draw an act as a link or, when it writes, as a POST form. See parts/act.html for what an act may hold."""
    if not act:
        return ""
    request = context.get("request")
    values = {"act": act, "kind": kind}
    return SafeString(render_to_string("ui/parts/act.html", values, request=request))


# The frame


@register.simple_block_tag(takes_context=True, end_name="endcurrentplace")
def currentplace(context: template.Context, content: str) -> str:
    """Remember which place the page belongs to (block `place`), for the bars."""
    request = context.get("request")
    if request is not None:
        request.ui_place = content.strip()
    return ""


@register.simple_tag(takes_context=True)
def places(context: template.Context, phone: bool = False) -> list[dict]:
    """The places this reader may open: `{% places as rows %}`; with `phone=True` the four of the bottom bar."""
    request = context.get("request")
    if request is None:
        return []
    rows = slots.places_for(request, getattr(request, "ui_place", ""))
    return [row for row in rows if row["phone"]][:4] if phone else rows


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, **knows: Any) -> SafeString:
    """`{% slot "board.side" area=area %}`: what other modules show here (ui/slots.py, `slots.part`)."""
    request = context.get("request")
    return SafeString("".join(slots.parts_for(name, request, **knows))) if request is not None else SafeString("")


@register.simple_tag(takes_context=True)
def menu(context: template.Context) -> list[dict]:
    """The lines under the reader's name."""
    request = context.get("request")
    return slots.menu_for(request) if request is not None else []


@register.simple_tag(takes_context=True)
def search_url(context: template.Context) -> str:
    """Where the search box posts, or nothing."""
    request = context.get("request")
    if getattr(request, "ui_places", None) is not None:
        return "#"
    actor = getattr(request, "actor", None)
    name, action = slots.slots.search.get(actor.kind, ("", "")) if actor else ("", "")
    if actor is None or not name or (action and not policy.decide(actor, action)):
        return ""
    return slots.url_of(name)


@register.filter
def undo_url(message: Any) -> str:
    """The undo address of a message, if any."""
    return toast.undo_url(message.extra_tags)


# Time as people speak of it (samband.core.text)


@register.filter
def spoken_time(value: datetime | None) -> str:
    """`i dag 14.10`"""
    return text.spoken_time(value) if value else ""


@register.filter
def spoken_delta(value: datetime | None) -> str:
    """`om 5 h`, `2 dagar sen`"""
    return text.spoken_delta(value) if value else ""


@register.filter
def spoken_date(value: date | None) -> str:
    """`i dag`, `onsdag`, `4 november`"""
    return text.spoken_date(value) if value else ""


@register.filter
def spoken_span(value: timedelta | None) -> str:
    """`2 h 18 min`"""
    return text.spoken_span(value) if value is not None else ""


@register.filter
def short_date(value: date | None) -> str:
    """`4 november`"""
    return text.short_date(value) if value else ""


@register.filter
def long_date(value: date | None) -> str:
    """`måndag 23 november`"""
    return f"{text.weekday(value)} {text.short_date(value)}" if value else ""


@register.filter
def bar_date(value: datetime | None) -> str:
    """`mån 23 nov 09.12`, for the bar."""
    if not value:
        return ""
    local = clock.local(value)
    day, month = text.weekday(local)[:3], text.MONTHS[text._lang()][local.month - 1][:3]
    return f"{day} {local.day} {month} {text.clock_time(value)}"


@register.filter
def clock_time(value: datetime | None) -> str:
    """`14.10`"""
    return text.clock_time(value) if value else ""


@register.filter
def years(value: date | None) -> int | str:
    """Whole years since a birth date."""
    found = text.age(value)
    return "" if found is None else found


@register.filter
def tel(number: str | None) -> str:
    """A number as `tel:` wants it: digits and a leading plus."""
    raw = str(number or "")
    return ("+" if raw.startswith("+") else "") + "".join(c for c in raw if c.isdigit())


@register.simple_tag
def when(value: datetime | None, delta: bool = False) -> SafeString | str:
    """`{% when moment %}`: the time as spoken, the exact one in `datetime` and `title`."""
    if not value:
        return ""
    local = clock.local(value)
    spoken = text.spoken_delta(value) if delta else text.spoken_time(value)
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), f"{local:%Y-%m-%d %H.%M}", spoken)
