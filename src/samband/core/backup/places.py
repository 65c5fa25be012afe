"""Where a Samband lives: a database and a folder of uploads."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

Columns = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Place:
    """`database` as in Django's settings. `columns`: the columns of the database that name uploads, by table."""

    database: dict[str, Any]
    var: Path
    uploads: Path
    columns: Columns = field(default=())

    @property
    def engine(self) -> str:
        return "sqlite" if self.database["ENGINE"].endswith("sqlite3") else "postgresql"

    @property
    def file(self) -> Path:
        """The file of an SQLite database."""
        return Path(self.database["NAME"])

    def beside(self, folder: Path, name: str) -> "Place":
        """The same kind of place, elsewhere: another database, uploads in `folder`."""
        name = str(folder / name) if self.engine == "sqlite" else name
        return replace(self, database={**self.database, "NAME": name}, uploads=folder / "uploads")


def here() -> Place:
    """The place of these settings."""
    from django.conf import settings

    return Place(dict(settings.DATABASES["default"]), settings.VAR, Path(settings.MEDIA_ROOT), _file_columns())


def _file_columns() -> Columns:
    from django.apps import apps
    from django.db.models import FileField

    return tuple(
        (model._meta.db_table, str(row.column))
        for model in apps.get_models()
        for row in model._meta.concrete_fields
        if isinstance(row, FileField)
    )
