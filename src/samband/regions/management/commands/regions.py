"""`samband regions import FILE`: a document of the regions, as it is. Run twice, it changes nothing."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from samband.regions.rules import as_json
from samband.regions.rules.reading import MOST_BYTES, Unreadable
from samband.regions.services import finding, importing, known, shipped, spoken

SHOWN = 60


class Command(BaseCommand):
    help = "Reads a document of the regions' accounts, line by line; says what was not understood."

    def add_arguments(self, parser):
        words = "import FILE; add: only the 21 regions, empty, and the themes; reindex: the search, anew"
        parser.add_argument("what", choices=["import", "add", "reindex"], help=words)
        parser.add_argument("file", nargs="?", help="the text file, as it is")
        parser.add_argument("--json", dest="out", help="write what was read to this file ('-': to the terminal)")
        parser.add_argument("--as-of", help="the day the document speaks for, 2020-08-31; else its own, else today")
        parser.add_argument("--dry-run", action="store_true", help="read and report; keep nothing")

    def handle(self, *args, **options):
        if options["what"] == "add":
            self.stdout.write(f"{len(known.load())} regions are in place; themes that were missing: {shipped.load()}.")
            return
        if options["what"] == "reindex":
            self.stdout.write(f"{finding.rebuild()} things can be found.")
            return
        if not options["file"]:
            raise CommandError("Which file? samband regions import FILE")
        path, day = Path(options["file"]), _day(options["as_of"])
        try:
            content = _content(path)
            outcome = (
                importing.preview(content) if options["dry_run"] else importing.keep(content, path.name, as_of=day)
            )
        except Unreadable as error:
            raise CommandError(spoken.refused(error)) from None
        if options["out"]:
            self._json(options["out"], as_json.document(outcome.parsed))
        self._report(outcome, options["dry_run"], self.stderr if options["out"] == "-" else self.stdout)

    def _json(self, out: str, document: dict) -> None:
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        if out == "-":
            self.stdout.write(text)
            return
        try:
            Path(out).write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"--json: {error.strerror}: {out}") from None

    def _report(self, outcome: importing.Outcome, dry: bool, out: OutputWrapper) -> None:
        say = out.write
        for note in outcome.notes[:SHOWN]:
            say(f"line {note.line}: {spoken.note(note.what)}: {note.text}")
        if len(outcome.notes) > SHOWN:
            say(f"… and {len(outcome.notes) - SHOWN} lines more in the report of the source.")
        for conflict in outcome.conflicts:
            say(f"{conflict.region}: {conflict.said_by} has written here; it stays, look at it: {conflict.text}")
        say(_said(outcome, dry))


def _said(outcome: importing.Outcome, dry: bool) -> str:
    if outcome.same:
        return "This very file has been read in before. Nothing was changed."
    made = ", ".join(f"{number} {model}" for model, number in outcome.made.items())
    regions = len(outcome.parsed.accounts)
    if dry:
        return f"Dry run: {regions} regions, {made}. Nothing was kept."
    older = " A later document has spoken already: these are kept as history." if outcome.older else ""
    return f"{regions} regions, {made}; {outcome.ended} earlier statements ended.{older}"


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"--as-of: expected a day as 2020-08-31, got {text}") from None


def _content(path: Path) -> bytes:
    """No more than may be read, whatever lies there. Raises CommandError."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
