"""One row of every model about a person, made from what the model says of itself: a model added later joins by itself, or is red."""

import uuid
from datetime import time, timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from samband.core import clock
from samband.core.models import User
from samband.people.models import Assignment, Organization, Person, Unit
from samband.regions.models import Region
from tests.access.rows import Written

# The audit is what the walk itself writes; a session, a device and mail are an account's, and name nobody.
APART = {"core", "auth", "contenttypes", "sessions", "django_tasks_database", "axes", "account", "socialaccount"}
# What the rules decide by is said by the plain world alone: a row more would open what the oracle knows nothing of.
FACTS = {
    "people.Relative", "access.CareRelation", "access.Party", "access.Capacity", "records.Information", "records.Block",
    "records.ReadingConsent", "records.Reading", "records.LiftRequest", "contact.Case", "plans.RelativeNote", "plans.Action",
    "meetings.Attendee", "access.Maturity", "records.Share", "records.SharePart",
}  # fmt: skip
# The receiver of a notice is not whom it is about.
NOT_ABOUT = {
    ("notices", "Recipient", "person"),
    ("notices", "Delivery", "person"),
    ("notices", "Recipient", "by_person"),
}
THROUGH = (Assignment, Unit, Organization, User)


def every_model() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m._meta.app_label not in APART]


def keys(model: type[models.Model]) -> list[models.ForeignKey]:
    return [f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]


def way(model: type[models.Model]) -> list[str] | None:
    """The shortest way from a row to the person it is about, as names of fields; [] for Person, None for none."""
    queue: list[tuple[type[models.Model], list[str]]] = [(model, [])]
    seen = {model}
    while queue:
        here, path = queue.pop(0)
        if here is Person:
            return path
        for key in keys(here):
            to = key.related_model
            named = (here._meta.app_label, here.__name__, key.name) in NOT_ABOUT
            if to not in seen and not named and not issubclass(to, THROUGH):
                seen.add(to)
                queue.append((to, [*path, key.name]))
    return None


def about(model: type[models.Model], person: Person) -> models.QuerySet:
    """The model's rows about the person."""
    path = way(model)
    assert path is not None
    return model._base_manager.filter(**{"__".join(path) or "pk": person.pk}).order_by("pk")


def fill(made: Written) -> list[str]:
    """At least one row of each model about each person, and of each other model; what could not be made, in sentences."""
    problems = []
    for model in every_model():
        if model in (Person, User) or model._meta.label in FACTS:
            continue
        for person in made.persons.values() if way(model) is not None else [None]:
            try:
                one(made, model, person)
            except Missing:
                continue
            except (IntegrityError, ValueError, TypeError) as error:
                problems.append(f"{model._meta.label}: say in tests/walk/filling.py (RECIPES) how one is made: {error}")
    return problems


class Missing(Exception):
    """What a row hangs on is not in this world."""


def one(made: Written, model: type[models.Model], person: Person | None) -> Any:
    """The first such row, made where there is none."""
    path = way(model)
    found = (about(model, person) if path is not None and person else model._base_manager.order_by("pk")).first()
    if found is not None:
        return found
    if model._meta.label in FACTS:
        raise Missing(model._meta.label)
    values = {f.name: _value(made, f, person) for f in model._meta.concrete_fields if _wanted(f, person)}
    values |= RECIPES.get(model._meta.label, lambda *_: {})(made, person)
    with transaction.atomic():
        return model._base_manager.create(**values)


def _wanted(field: models.Field, person: Person | None) -> bool:
    if getattr(field, "auto_now_add", False) or (field.primary_key and not isinstance(field, models.ForeignKey)):
        return False
    if isinstance(field, models.OneToOneField) and field.null:
        return False
    leads = isinstance(field, models.ForeignKey) and field.null and person is not None and field.related_model is Person
    return leads or not (field.null or field.has_default()) or isinstance(field, (models.CharField, models.TextField))


def _value(made: Written, field: models.Field, person: Person | None) -> Any:
    now = clock.now()
    if isinstance(field, models.ForeignKey):
        return _row(made, field, person)
    if field.choices:
        return field.default if field.has_default() else field.choices[0][0]
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.FileField):
        return f"walk/{uuid.uuid4().hex}"
    if isinstance(field, models.TextField | models.CharField):
        if field.has_default() and field.default != "":
            return field.get_default()
        return (
            f"x{uuid.uuid4().hex}"[: field.max_length or 30] if field.unique else made.text()[: field.max_length or 30]
        )
    plain = {
        models.DateTimeField: now, models.DateField: clock.today(), models.TimeField: time(8), models.UUIDField: uuid.uuid4(),
        models.DurationField: timedelta(hours=1), models.JSONField: {}, models.BinaryField: b"x", models.FloatField: 1.0,
    }  # fmt: skip
    return next((value for kind, value in plain.items() if isinstance(field, kind)), 1)


def _row(made: Written, field: models.ForeignKey, person: Person | None) -> Any:
    to = field.related_model
    if to is Person:
        return person or made.persons[0]
    if to is User:
        return next(iter(made.users.values()))
    if to is Assignment:
        return made.assignments[0]
    if to is Unit:
        return made.units[0]
    return one(made, to, person if way(to) is not None else None)


def _copy(made: Written, person: Person) -> dict[str, Any]:
    return {"assignment": made.assignments[0], "person": None, "relative": None}


def _two_shifts(made: Written, _person: Any) -> dict[str, Any]:
    from samband.contact.models import RotaShift

    mine = one(made, RotaShift, None)
    theirs = RotaShift.objects.create(
        rota=mine.rota, starts_at=mine.starts_at + timedelta(days=1), ends_at=mine.ends_at + timedelta(days=1)
    )
    return {"mine": mine, "theirs": theirs, "asked": made.assignments[1]}


def _span(*_: Any) -> dict[str, Any]:
    return {"starts_at": clock.now() + timedelta(hours=1), "ends_at": clock.now() + timedelta(hours=9)}


# What a model does not say of itself: two units that differ, an end after a beginning, who was told.
RECIPES: dict[str, Any] = {
    "notices.Recipient": lambda made, _p: {"assignment": made.assignments[0], "person": None},
    "notices.Delivery": _copy,
    "regions.Region": lambda *_: {"code": f"{Region.objects.count() + 40:02d}"},
    "plans.Handover": lambda made, _p: {"to_unit": made.units[1]},
    "plans.Action": lambda made, _p: {"by": "unit", "unit": made.units[0]},
    "plans.Situation": lambda made, _p: {"call_unit": made.units[0]},
    "contact.RotaShift": lambda made, _p: {**_span(), "assignment": made.assignments[0]},
    "contact.RotaRule": lambda *_: {"weekdays": "0123456"},
    "contact.Absence": _span,
    "contact.CoverageSnapshot": lambda *_: {"holes": []},
    "contact.SwapRequest": _two_shifts,
    "meetings.Meeting": _span,
    "meetings.Attendee": lambda *_: {"kind": "person", "unit": None},
    "meetings.Decision": lambda *_: {"undone_at": None},
    "records.Block": lambda made, _p: {"organization": made.units[0].organization, "unit": None},
    "records.Entry": lambda made, _p: {"signed_at": clock.now(), "organization": made.units[0].organization},
    "guidelines.GuidelineVersion": lambda *_: {"status": "published", "published_at": clock.now()},
    "guidelines.GuidelineUse": lambda *_: {"value": "bandage"},
    "dialogue.DeckVersion": lambda *_: {"status": "published", "published_at": clock.now()},
    "dialogue.Card": lambda *_: {"key": "ett", "texts": {"sv": {"front": "Vad gör vi?", "prompts": [], "back": ""}}},
    "library.DefinitionVersion": lambda *_: {"status": "published", "published_at": clock.now()},
    "people.OpeningHours": lambda *_: {"opens": time(8), "closes": time(17)},
    "resources.WorkShift": _span,
    "people.Relative": lambda *_: {"reads": False},
}  # fmt: skip
