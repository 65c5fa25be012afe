"""`samband backup`: one encrypted file with the database and the uploads, while Samband runs."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from samband.core.backup import keys, making, places, restoring
from samband.core.backup.errors import BackupError
from samband.core.backup.progress import Progress


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """What stands in the way is said, and nothing was changed."""
    try:
        yield
    except BackupError as error:
        raise CommandError(str(error)) from None
    except (OSError, sqlite3.Error, psycopg.Error) as error:
        raise CommandError(f"{type(error).__name__}: {str(error).strip()}. Nothing was changed.") from error


def said(told: dict) -> str:
    """What a backup holds, for whoever made or tried it."""
    engine = restoring.NAMES[told["engine"]]
    rows = sum(told["counts"].values())
    return f"{engine}, {told['at']}, {len(told['counts'])} tables, {rows} rows, {told['uploads']} uploads"


def progress(stderr: OutputWrapper, verbosity: int) -> Progress:
    return Progress(stderr.write if verbosity else None)


class Command(BaseCommand):
    help = "Backs up the database and the uploads into FILE, encrypted with the key in SAMBAND_BACKUP_KEY_FILE."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path, help="the backup; a new file")
        other = parser.add_mutually_exclusive_group()
        other.add_argument(
            "--new-key", action="store_true", help="make a key in FILE instead; keep it apart from backups"
        )
        other.add_argument("--verify", action="store_true", help="restore FILE into a temporary place and compare")

    def handle(self, *args, **options):
        # Progress is no alarm: stderr is not to be red.
        self.stderr.style_func = None
        with in_one_sentence():
            if options["new_key"]:
                self.new_key(options["file"])
            elif options["verify"]:
                self.verify(options["file"], options["verbosity"])
            else:
                self.make(options["file"], options["verbosity"])

    def new_key(self, file: Path) -> None:
        mark = keys.make(file)
        self.stdout.write(
            f"The key {mark} is in {file}. Set SAMBAND_BACKUP_KEY_FILE, and keep a copy elsewhere: without it"
        )
        self.stdout.write("no backup can be read, and with it all of them can.")

    def make(self, file: Path, verbosity: int) -> None:
        told = making.backup(places.here(), settings.BACKUP_KEY_FILE, file, progress(self.stderr, verbosity))
        self.stdout.write(f"{file}: {said(told)}.")
        if missing := told["missing"]:
            self.stderr.write(f"{len(missing)} uploads that rows name are not there, such as {missing[0]}.")

    def verify(self, file: Path, verbosity: int) -> None:
        told = restoring.verify(places.here(), settings.BACKUP_KEY_FILE, file, progress(self.stderr, verbosity))
        self.stdout.write(f"{file} can be restored: {said(told)}. All counts and digests agree.")
