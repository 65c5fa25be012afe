"""Foreign keys obey the same floors as imports, also those written as strings."""

from django.apps import apps

FLOORS = [
    "core",
    "ui",
    "people",
    "access",
    "contact",
    "guidelines",
    "notices",
    "plans",
    "records",
    "review",
    "library",
    "meetings",
    "resources",
    "dialogue",
    "regions",
    "board",
    "web",
    "demo",
]
SIBLINGS = [
    {"plans", "contact", "notices", "records", "review", "guidelines"},
    {"library", "meetings", "resources", "dialogue", "regions"},
]


def test_no_relation_points_upward():
    for model in apps.get_models():
        if model._meta.app_label not in FLOORS:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not field.concrete or target is None or isinstance(target, str) or target._meta.app_label not in FLOORS:
                continue
            pair = {model._meta.app_label, target._meta.app_label}
            assert not (len(pair) == 2 and any(pair <= row for row in SIBLINGS)), f"{model.__name__}.{field.name}"
            assert FLOORS.index(target._meta.app_label) <= FLOORS.index(model._meta.app_label), (
                f"{model.__name__}.{field.name}"
            )


def test_every_module_has_its_floor():
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("samband.")}
    assert ours == set(FLOORS)
