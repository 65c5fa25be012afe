"""What each engine can do."""

from types import ModuleType, SimpleNamespace

from samband.core.backup import postgres, postgres_build, sqlite
from samband.core.backup.places import Place

POSTGRES = SimpleNamespace(
    moment=postgres.moment,
    what_is_there=postgres.what_is_there,
    temporary=postgres.temporary,
    Build=postgres_build.Build,
)


def of(place: Place) -> ModuleType | SimpleNamespace:
    """`moment`, `what_is_there`, `temporary`, `Build`."""
    return sqlite if place.engine == "sqlite" else POSTGRES
