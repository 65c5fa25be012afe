"""`samband import persons|units|staff FILE [--commit]`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from samband.core.policy import Actor
from samband.people.models import ImportRun
from samband.people.services.imports import runs
from samband.people.services.imports.reader import ImportProblem, spoken

PIECE = 64 * 1024


class Command(BaseCommand):
    help = "Imports persons, units or staff from a CSV file. Without --commit it is a dry run that changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=ImportRun.Kind.values)
        parser.add_argument("file", type=Path)
        parser.add_argument("--commit", action="store_true", help="enter all rows, or none")

    def handle(self, *args, **options):
        actor = Actor(name="samband import")
        try:
            with options["file"].open("rb") as file:
                run = runs.receive(options["kind"], options["file"].name, iter(lambda: file.read(PIECE), b""), actor)
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except ImportProblem as problem:
            raise CommandError(str(problem)) from problem
        runs.check(run)
        self._tell(run)
        if not options["commit"]:
            run.path.unlink(missing_ok=True)
            return
        if not run.rows_new:
            run.path.unlink(missing_ok=True)
            self.stdout.write("Inget nytt att läsa in.")
            return
        runs.begin_commit(run, actor)
        runs.commit(run)
        if run.status != ImportRun.Status.DONE:
            raise CommandError(spoken(run.problem) or run.get_status_display())
        self.stdout.write(f"Inläst: {run.rows_new} nya.")

    def _tell(self, run: ImportRun) -> None:
        if run.status == ImportRun.Status.FAILED:
            raise CommandError(spoken(run.problem))
        for entry in run.report:
            column = f", {entry['column']}" if entry["column"] else ""
            self.stdout.write(f"rad {entry['line']}{column}: {spoken(entry)}")
        self.stdout.write(
            f"{run.rows_total} rader: {run.rows_new} nya, {run.rows_known} redan kända, {run.rows_wrong} med fel."
        )
        if run.rows_wrong:
            run.path.unlink(missing_ok=True)
            raise CommandError("Rätta raderna ovan. Inget har lästs in.")
