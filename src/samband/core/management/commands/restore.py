"""`samband restore`: a backup into an empty place, whole or not at all."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from samband.core.backup import places, restoring
from samband.core.management.commands.backup import in_one_sentence, progress, said


class Command(BaseCommand):
    help = "Restores FILE, made by `samband backup`, into an empty database and empty uploads. Stop Samband first."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path, help="the backup")

    def handle(self, *args, **options):
        self.stderr.style_func = None
        with in_one_sentence():
            told = restoring.restore(
                places.here(), settings.BACKUP_KEY_FILE, options["file"], progress(self.stderr, options["verbosity"])
            )
        self.stdout.write(f"Restored: {said(told)}. All counts and digests agree. Now: samband migrate.")
        self.verify_audit()

    def verify_audit(self) -> None:
        """The chain of the audit says more than counts. What is in place stays there, whatever it finds."""
        if "audit" not in get_commands():
            return
        try:
            call_command("audit", "verify", stdout=self.stdout, stderr=self.stderr)
        except (
            CommandError,
            SystemExit,
            DatabaseError,
        ) as error:  # the last: the backup's tables are older than the command
            if isinstance(error, SystemExit) and not error.code:
                return
            raise CommandError(
                f"The backup is restored, but its audit does not verify: {error}", returncode=2
            ) from None
