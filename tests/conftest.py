"""Fixtures that every kind of test may use."""

import gc
import itertools
import os
import sqlite3

import pytest
from django.conf import settings as ours
from django.db import connection
from django.utils import translation

from tests.tools import tables
from tests.worlds import World, make_world


def pytest_configure() -> None:
    """What took a part of the whole run for nothing.

    Static files are looked up when asked for (to list them all for each test's browser: a tenth), and what is loaded once is not
    looked through for garbage again and again (a twentieth).
    """
    ours.WHITENOISE_AUTOREFRESH = True
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:
    """The suite's database begins with a copy of laid out tables; migrating takes longer than most files of tests."""
    test = ours.DATABASES["default"].setdefault("TEST", {})
    if connection.vendor == "sqlite":
        _fill_from(tables.kept())
    elif name := os.environ.get(tables.TEMPLATE):
        connection.settings_dict["TEST"]["TEMPLATE"] = name
    else:
        return
    test["MIGRATE"] = connection.settings_dict["TEST"]["MIGRATE"] = False


def _fill_from(file) -> None:
    make = connection.creation._create_test_db

    def made(*args, **kwargs):
        name = make(*args, **kwargs)
        connection.settings_dict["NAME"] = name
        connection.ensure_connection()
        with sqlite3.connect(file) as source:
            source.backup(connection.connection)
        return name

    connection.creation._create_test_db = made


# Files that take minutes begin first: whoever gets one of them last would keep the whole run waiting.
LONG = (
    "tests/walk/",
    "tests/demo/",
    "tests/architecture/test_strangers",
    "tests/core/backup",
    "tests/planner/",
    "tests/access/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture
def world(db) -> World:
    """See tests/worlds.py."""
    return make_world()


@pytest.fixture(autouse=True)
def swedish() -> None:
    """Every test begins in Swedish: a page asked for in English leaves its language behind in the thread."""
    translation.activate("sv")


@pytest.fixture(autouse=True)
def upload_folder(tmp_path_factory, settings):
    """What a test attaches lies in no folder of the product's."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "uploads"
    return settings.MEDIA_ROOT


@pytest.fixture(scope="session")
def audit_folders(tmp_path_factory):
    """Names of folders that do not exist yet, one for each test."""
    home = tmp_path_factory.mktemp("audit")
    return (home / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def audit_folder(audit_folders, settings):
    """Every test's database has checkpoints of its own: a chain that is rolled back must not leave any to the next."""
    settings.AUDIT_DIR = next(audit_folders)
    settings.AUDIT_KEY = settings.AUDIT_DIR / "signing-key.pem"
    return settings.AUDIT_DIR
