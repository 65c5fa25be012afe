"""docs/dataskydd.md has a line for every model about persons, and none about a model that is gone.

About persons is what reaches a person, a relative, staff or an account by its relations, however far; what names one without a
relation; and what holds text of its own. Every other model says there why it is not.
"""

import re
from pathlib import Path

from django.apps import apps
from django.db import models

PAGE = Path(__file__).resolve().parents[2] / "docs" / "dataskydd.md"
ROOTS = {"people.Person", "people.Relative", "people.Staff", "core.User"}
LOOSE = re.compile(r"^(person|user|staff|relative|assignment)(_id)?$|(^|_)(username|by_name|ip_address)$")
CELLS = 6  # model, purpose, controller, basis, kept, thinned


def relations(model) -> set[type[models.Model]]:
    """What its rows point to."""
    found = [field.related_model for field in model._meta.get_fields() if field.concrete and field.is_relation]
    return {other for other in found if isinstance(other, type)}


def names_somebody(model) -> bool:
    """Without a relation: a number of a person or an account, a name, an address, or text of any kind."""
    for field in model._meta.concrete_fields:
        if not field.is_relation and (isinstance(field, models.TextField) or LOOSE.search(field.name)):
            return True
    return False


def about_persons(every) -> set[str]:
    """Grows until nothing more is reached."""
    found = {model for model in every if model._meta.label in ROOTS or names_somebody(model)}
    while more := {model for model in every if model not in found and relations(model) & found}:
        found |= more
    return {model._meta.label for model in found}


def lines(text: str) -> tuple[dict[str, tuple[str, list[str]]], dict[str, str]]:
    """The lines about persons by model, each with its heading and cells; and the reasons of those that are not."""
    told: dict[str, tuple[str, list[str]]] = {}
    others: dict[str, str] = {}
    heading = ""
    for line in text.splitlines():
        if line.startswith("## "):
            heading = line[3:]
        found = re.match(r"\| `(\w+\.\w+)` \|", line)
        if not found:
            continue
        assert found[1] not in told.keys() | others.keys(), f"{found[1]} stands twice"
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if heading == "Inte om personer":
            others[found[1]] = cells[1]
        else:
            told[found[1]] = heading, cells
    return told, others


TOLD, OTHERS = lines(PAGE.read_text())
EVERY = {model._meta.label: model for model in apps.get_models()}


def test_every_model_about_persons_has_its_line():
    assert sorted(about_persons(EVERY.values()) - TOLD.keys()) == []


def test_every_other_model_says_why_it_is_not_about_persons():
    assert sorted(EVERY.keys() - TOLD.keys() - OTHERS.keys()) == []
    assert [label for label, reason in OTHERS.items() if not reason] == []


def test_no_line_is_about_a_model_that_is_gone():
    assert sorted((TOLD.keys() | OTHERS.keys()) - EVERY.keys()) == []


def test_every_line_is_whole_and_stands_with_its_module():
    for label, (heading, cells) in TOLD.items():
        assert len(cells) == CELLS, label
        assert all(cells), label
        module = label.partition(".")[0]
        ours = apps.get_app_config(module).name.startswith("samband.")
        assert heading.split()[0] == (f"`{module}`" if ours else "Bibliotekens"), label


def test_every_shorthand_is_explained():
    """What the cells call R1, B2, A3 … is said in the introduction."""
    text = PAGE.read_text()
    used = {word for _, cells in TOLD.values() for cell in cells[2:5] for word in re.findall(r"\b[ARB]\d\b", cell)}
    assert used == set(re.findall(r"^\| \*\*([ARB]\d)\*\* \|", text, re.MULTILINE))


def test_the_look_sees_what_reaches_a_person_however_far():
    """On the real models, without the tables of the page: far relations, loose numbers, plain text; and not the rest."""
    found = about_persons(EVERY.values())
    assert {
        "plans.HandoverItem",
        "core.AuditSubject",
        "axes.AccessLog",
        "board.SnapshotRow",
        "library.UsedPart",
    } <= found
    assert not found & {"people.Area", "people.OpeningHours", "contenttypes.ContentType"}


def test_the_look_sees_a_missing_and_a_stale_line():
    told, _ = lines("## `people` x\n| `people.Person` | a | b | c | d | e |\n| `people.Gone` | a | b | c | d | e |\n")
    assert "people.Relative" in about_persons(EVERY.values()) - told.keys()
    assert told.keys() - EVERY.keys() == {"people.Gone"}
