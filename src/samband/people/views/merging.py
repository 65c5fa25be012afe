"""A form that somebody else saved in between: what only one of them changed is kept, for the rest both texts are shown.

The form carries `seen` (what the writer read, in the service's terms) and `base` (the fields as they were then). Three
texts for each field decide: base, mine, theirs.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samband.core.http import Request
from samband.core.text import spoken_time
from samband.people.services.lock import Conflict

Raw = dict[str, list[str]]
TRIES = 3


@dataclass
class Outcome:
    """Either `saved`, or a form to show; `merge` when there is something to choose. `joined`: two edits went together."""

    form: forms.BaseForm
    seen: str
    base: str
    saved: Any = None
    merge: dict | None = None
    joined: bool = False

    @property
    def status(self) -> int:
        return 409 if self.merge else 422 if self.form.errors else 200


def handle(
    request: Request,
    thing: Any,
    make: Callable[[QueryDict | None, Any], forms.BaseForm],
    seen_of: Callable[[Any], str],
    save: Callable[[Any, str], Any],
    who: Callable[[Any], tuple[str, Any]] = lambda thing: ("", None),
) -> Outcome:
    """Show, check, save; on a conflict join what can be joined and ask about the rest."""
    fresh = make(None, thing)
    if request.method != "POST":
        return Outcome(fresh, seen_of(thing), json.dumps(raws(fresh)))
    base = _read(request.POST.get("base", ""))
    data, seen = _answered(request.POST, base), request.POST.get("seen", "")
    joined = False
    for _try in range(TRIES):
        form = make(data, thing)
        if not form.is_valid():
            break
        try:
            return Outcome(form, seen, "", saved=save(form, seen), joined=joined)
        except Conflict as conflict:
            thing = conflict.stored
            fresh, seen = make(None, thing), seen_of(thing)
            theirs = raws(fresh)
            data, unsettled = settle(data, base, theirs)
            base, joined = theirs, True
            if unsettled:
                form = make(data, thing)
                return Outcome(form, seen, json.dumps(theirs), merge=_merge(form, fresh, unsettled, who(thing)))
    return Outcome(form, seen, json.dumps(base))


def as_base(form: forms.BaseForm) -> str:
    """What the hidden field `base` carries."""
    return json.dumps(raws(form))


def raws(form: forms.BaseForm) -> Raw:
    """The fields of an unbound form as a browser would send them back unchanged."""
    return {name: _raw(form[name]) for name in form.fields}


def _raw(field: forms.BoundField) -> list[str]:
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return ["on"] if value else []
    if isinstance(value, list | tuple):
        return sorted(str(getattr(v, "pk", v)) for v in value)
    shown = field.field.widget.format_value(value) if hasattr(field.field.widget, "format_value") else value
    if isinstance(shown, list):
        shown = shown[0] if shown else ""
    return [] if shown in (None, "") else [str(shown)]


def settle(data: QueryDict, base: Raw, theirs: Raw) -> tuple[QueryDict, list[str]]:
    """Three-way: the data with their changes where I made none, and the names that both changed differently."""
    settled, unsettled = data.copy(), []
    for name, stored in theirs.items():
        mine = _sent(data, name, stored)
        if mine == stored:
            continue
        if name in base and mine == base[name]:
            settled.setlist(name, stored)
        elif name not in base or stored != base[name]:
            unsettled.append(name)
    return settled, unsettled


def _sent(data: QueryDict, name: str, like: list[str]) -> list[str]:
    values = [value.replace("\r\n", "\n").strip() for value in data.getlist(name)]
    return sorted(value for value in values if value not in ("", "False"))


def _answered(post: QueryDict, base: Raw) -> QueryDict:
    """The choices of the merge page applied: `base` holds their texts then."""
    data = post.copy()
    for name, theirs in base.items():
        choice = post.get(f"merge-{name}")
        if choice == "theirs":
            data.setlist(name, theirs)
        elif choice == "both":
            data[name] = "\n".join([*theirs, post.get(name, "")])
    return data


def _read(text: str) -> Raw:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(k): [str(v) for v in values] for k, values in found.items() if isinstance(values, list)}


def _merge(mine: forms.BaseForm, theirs: forms.BaseForm, names: list[str], who: tuple[str, Any]) -> dict:
    name, moment = who
    fields = [
        {"name": n, "label": mine[n].label, "mine": shown(mine[n]), "theirs": shown(theirs[n]), "long": _long(mine[n])}
        for n in names
    ]
    return {"who": name or _("Någon annan"), "when": spoken_time(moment) if moment else _("nyss"), "fields": fields}


def _long(field: forms.BoundField) -> bool:
    return isinstance(field.field.widget, forms.Textarea)


def shown(field: forms.BoundField) -> str:
    """A field's value in words."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return _("ja") if value not in (None, "", False, "False") else _("nej")
    if isinstance(field.field, forms.ChoiceField):
        chosen = {str(v) for v in value} if isinstance(value, list | tuple) else {str(value)}
        choices: Iterable = field.field.choices  # type: ignore[assignment]
        return ", ".join(str(label) for key, label in choices if str(key) in chosen and str(key))
    if hasattr(value, "year"):
        return date_format(value, "Y-m-d")
    return "" if value is None else str(value)
