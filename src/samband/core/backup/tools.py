"""PostgreSQL's own tools: found on PATH, new enough, told where to connect without a password on the command line."""

import os
import re
import shutil
import subprocess
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from samband.core.backup.errors import BackupError
from samband.core.backup.places import Place

# What may stand on a command line of what libpq knows: no secrets.
KEYWORDS = {row.keyword.decode() for row in psycopg.pq.Conninfo.get_defaults()} - {"password", "sslpassword"}
NAMES = {"NAME": "dbname", "USER": "user", "HOST": "host", "PORT": "port"}


def connection_facts(place: Place) -> dict[str, Any]:
    """What libpq needs to reach the database, from Django's settings."""
    database = place.database
    facts = {word: database[name] for name, word in NAMES.items() if database.get(name)}
    return {**{k: v for k, v in database.get("OPTIONS", {}).items() if k in KEYWORDS}, **facts}


def connect(place: Place, **more: Any) -> psycopg.Connection:
    password = place.database.get("PASSWORD") or None
    try:
        return psycopg.connect(**{**connection_facts(place), "password": password}, **more)
    except psycopg.OperationalError as error:
        raise BackupError(f"The database does not answer: {str(error).strip()}") from None


def environment(place: Place) -> dict[str, str]:
    """For the tools: the password goes by the environment, where other accounts do not see it."""
    env = {**os.environ, "LC_ALL": "C.UTF-8", "PGAPPNAME": "samband backup"}
    if password := place.database.get("PASSWORD"):
        env["PGPASSWORD"] = password
    return env


def target(place: Place) -> str:
    return f"--dbname={make_conninfo(**connection_facts(place))}"


def find(name: str, least: int, why: str) -> tuple[str, int]:
    """The tool's path and major version; refused in one sentence when it is missing or older than `least`."""
    path = shutil.which(name)
    if path is None:
        raise BackupError(f"{name} is not on PATH: apt-get install postgresql-client.")
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\s(\d+)[.\d]*(?:\s|$|[a-z])", said)
    version = int(found[1]) if found else 0
    if version < least:
        raise BackupError(
            f"{name} is of version {version}, older than {why} ({least}); install PostgreSQL {least}'s client."
        )
    return path, version
