"""Sends the forms that a user is offered: full of nonsense, with the ids of others, with fields that nobody offered."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from django.db import DataError, models, transaction

from samband.core import clock
from tests.access.oracle import Who
from tests.walk import filling, forms, walking
from tests.walk.forms import Form

# What is drawn anew at each saving: public ids, and the key of a part of a template.
IDS = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|'key': '[0-9a-f]{12}'")
YES = (301, 302, 303, 204)
# What a page takes beside the form that was read: a search word, the page of a list, what a button says, a reason in words.
OFFERED = {"q", "page", "kind", "next", "layout", "sign", "undo", "do", "action", "said", "why"}
TEMPTING = {
    "signed_at": "2020-01-01",
    "shared": "on",
    "reads": "on",
    "writes": "on",
    "role": "guardian",
    "withdrawn_at": "",
}


def offered(
    walk: walking.Walk, r: Random, share: float, of: Callable[[str], bool] = lambda url: True
) -> Iterator[tuple[Who, Any, str, Form]]:
    """(who, browser, page, form): every form of the pages that the user may open."""
    readers = walking.holding(walk)
    for _entry, _person, url in walking.requests(walk):
        for who, _account, client in readers if of(url) else ():
            if r.random() >= share:
                continue
            with transaction.atomic():
                response = walking.send(client, "GET", url)
                html = response.content if response.status_code == 200 and not response.streaming else b""
                kind = response.get("Content-Type", "")
                transaction.set_rollback(True)
            if kind.startswith("text/html"):
                for form in forms.read(html, url):
                    yield who, client, url, form


def foreign(walk: walking.Walk, who: Who) -> tuple[list[str], list[int]]:
    """Ids of every row about the persons whom the reader does not know, and those persons."""
    known = [p for p in walk.made.world.persons if not walk.allowed.oracle.knows(who, p.key)[0]]
    ids = []
    for person in known:
        for model in filling.every_model():
            if filling.way(model) is not None:
                for row in filling.about(model, walk.made.persons[person.key])[:3]:
                    ids += [str(row.pk), str(getattr(row, "public_id", row.pk))]
    return ids, [p.key for p in known]


def counts() -> dict[str, int]:
    """Rows in every table of ours but the audit, the session and what is counted of log-ins."""
    return {m._meta.label: m._base_manager.count() for m in filling.every_model() if m._meta.label != "board.MarkDue"}


def tops() -> dict[str, int]:
    """The highest key of every table."""
    counted = [m for m in filling.every_model() if isinstance(m._meta.pk, models.AutoField)]
    return {m._meta.label: m._base_manager.aggregate(top=models.Max("pk"))["top"] or 0 for m in counted}


def dump(persons: list[Any] | None = None, known: dict[str, int] | None = None) -> dict[str, list[tuple]]:
    """What stands in every row (about the persons, or at all), without what differs between two savings anyway.

    `known`: `tops()` before them. A key above it is that of a row made meanwhile: PostgreSQL counts on after a rollback.
    """
    found = {}
    for model in filling.every_model():
        # A notice is its receiver's to have read, whoever it is about; a board's marks are reckoned anew by whoever counts.
        beside = model._meta.app_label == "notices" or model._meta.label == "board.Mark"
        if persons is not None and (filling.way(model) is None or beside):
            continue
        fields = [f for f in model._meta.concrete_fields if _lasting(f)]
        names = [f.attname for f in fields]
        limits = [(known or {}).get(f.related_model._meta.label) if f.is_relation else None for f in fields]
        rows = model._base_manager.all() if persons is None else _of(model, persons)
        found[model._meta.label] = sorted(IDS.sub("…", str(_old(row, limits))) for row in rows.values_list(*names))
    return found


def _old(row: tuple, limits: list[int | None]) -> tuple:
    return tuple(
        "new" if top is not None and isinstance(v, int) and v > top else v for v, top in zip(row, limits, strict=True)
    )


def _of(model: type[models.Model], persons: list[Any]) -> models.QuerySet:
    return model._base_manager.filter(**{f"{'__'.join(filling.way(model) or ['pk'])}__in": [p.pk for p in persons]})


def _lasting(field: models.Field) -> bool:
    return not isinstance(field, models.UUIDField | models.AutoField) and not getattr(field, "auto_now_add", False)


def fuzz(walk: walking.Walk, seed: int, share: float, times: int = 1) -> None:
    """Nonsense in forms: no 500, nothing echoed raw, no header made, and either a yes or nothing written."""
    r = Random(seed)
    for who, client, page, form in offered(walk, r, share):
        ids, _persons = foreign(walk, who) if r.random() < 0.1 else ([], [])
        for _ in range(times):
            files = form.odd_files(r)
            walk.tally.counts["odd files"] += len(files)
            _one(walk, who, client, page, form, form.fuzzed(r, ids) | files)


def fuzz_files(walk: walking.Walk, seed: int, times: int = 3) -> None:
    """The forms that take a file, each kind of them, well filled in but for the file: the reader of files itself is reached."""
    r, done = Random(seed), Counter[str]()
    for who, client, page, form in offered(walk, r, 1.0, of=takes_a_file):
        kind = IDS.sub("*", form.action)
        if not form.files or done[kind] >= times * len(forms.FILES):
            continue
        for file in range(len(forms.FILES)):
            done[kind] += 1
            walk.tally.counts["odd files"] += len(form.files)
            _one(walk, who, client, page, form, form.filled(r) | form.with_file(file))
    walk.tally.counts["forms with files"] += len(done)


def takes_a_file(url: str) -> bool:
    return any(part in url for part in ("import", "records", "attach"))


def _one(walk: walking.Walk, who: Who, client: Any, page: str, form: Form, data: dict) -> None:
    walk.tally.counts["fuzz requests"] += 1
    what = (
        f"POST {form.action} (from {page}) by {walking.name_of(who)} with { {k: str(v)[:60] for k, v in data.items()} }"
    )
    with transaction.atomic():
        walking.send(client, "GET", page)  # as a browser does; a draft that the page makes is there before
        before = counts()
        try:
            response = walking.send(client, "POST", form.action, data)
        except (ValueError, DataError) as error:
            walk.tally.fault("500", f"{what}: {error!r}")
            transaction.set_rollback(True)
            return
        walking.look(walk, who, walking.account_of(who), what, response, set(walking.marking.MARK.findall(str(data))))
        text = walking.text_of(response)
        said_yes = response.status_code in YES or "HX-Redirect" in response.headers or "HX-Trigger" in response.headers
        after = counts()
        if not said_yes and response.status_code >= 400 and before != after:
            changed = {k: (before[k], after[k]) for k in before if before[k] != after[k]}
            walk.tally.fault("half-written", f"{what}: {response.status_code} and {changed}")
        if any(raw in text for raw in forms.RAW) or "X-Qz-Injected" in str(response.headers.items()):
            walk.tally.fault("echoed raw", what)
        if response.status_code in YES:
            _follow(walk, client, response, what)
        transaction.set_rollback(True)


def _follow(walk: walking.Walk, client: Any, response: Any, what: str) -> None:
    """What was written is read again on the page that the browser is sent to."""
    target = response.get("Location", "")
    if target.startswith("/"):
        page = walking.send(client, "GET", target)
        walk.tally.counts["pages after a yes"] += 1
        if page.status_code >= 500:
            error = getattr(page, "exc_info", None)
            walk.tally.fault("500", f"GET {target} after {what}: {error[1] if error else ''!r}")
        if any(raw in walking.text_of(page) for raw in forms.RAW):
            walk.tally.fault("stored raw", f"{target} after {what}")


def swap_ids(walk: walking.Walk, seed: int, share: float) -> None:
    """IDOR: other people's ids in every choice. Nothing about a person who is not known changes, and no row mixes two persons."""
    r = Random(seed)
    for who, client, page, form in offered(walk, r, share):
        ids, strangers = foreign(walk, who)
        if not ids:
            continue
        persons = [walk.made.persons[key] for key in strangers]
        data = form.swapped(r, ids)
        what = f"POST {form.action} (from {page}) by {walking.name_of(who)} with {data}"
        walk.tally.counts["ids swapped"] += 1
        with transaction.atomic():
            before = dump(persons)
            response = walking.send(client, "POST", form.action, data)
            walking.look(walk, who, walking.account_of(who), what, response)
            after = dump(persons)
            if before != after:
                changed = [label for label in before if before[label] != after[label]]
                walk.tally.fault("written about a stranger", f"{what}: {changed}")
            for mixed in crossed(walk):
                walk.tally.fault("two persons in one row", f"{what}: {mixed}")
            transaction.set_rollback(True)


def crossed(walk: walking.Walk) -> list[str]:
    """Rows whose ways lead to two persons."""
    found = []
    for model in filling.every_model():
        path = filling.way(model)
        if not path:
            continue
        for key in filling.keys(model):
            to = key.related_model
            label = (model._meta.app_label, model.__name__, key.name)
            other = filling.way(to)
            if other is None or key.name == path[0] or label in filling.NOT_ABOUT or to._meta.label == "core.User":
                continue
            one, two = "__".join(path), "__".join([key.name, *other])
            rows = model._base_manager.filter(**{f"{two}__isnull": False}).exclude(**{one: models.F(two)})
            if rows.exists():
                found.append(f"{model._meta.label}.{key.name}")
    return found


def overpost(walk: walking.Walk, seed: int, share: float) -> None:
    """Mass assignment: every name of a field in the database sent along changes nothing that the form does not own."""
    r = Random(seed)
    names = {f.name for m in filling.every_model() for f in m._meta.concrete_fields}
    names |= {f.attname for m in filling.every_model() for f in m._meta.concrete_fields}
    for who, client, page, form in offered(walk, r, share):
        data = form.filled(r)
        extra = {n: TEMPTING.get(n, "1") for n in names if n not in form.fields and n not in OFFERED and n not in data}
        with clock.frozen(clock.now()):
            plain, more = _written(client, form, data), _written(client, form, {**extra, **data})
        walk.tally.counts["fields sent along"] += len(extra)
        if plain != more:
            changed = [k for k in plain[1] if plain[1][k] != more[1][k]]
            what = f"POST {form.action} (from {page}) by {walking.name_of(who)}"
            walk.tally.fault("field taken", f"{what}: {plain[0]} and {more[0]}, {changed}")


def _written(client: Any, form: Form, data: dict) -> tuple[int, dict]:
    with transaction.atomic():
        known = tops()
        response = walking.send(client, "POST", form.action, data)
        found = dump(known=known)
        transaction.set_rollback(True)
    return response.status_code, found
