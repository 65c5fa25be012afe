"""`samband audit seal|verify|thin|key|accept`: the sealed audit."""

import argparse
import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from samband.core.sealing import checkpoints, keys, thinning
from samband.core.sealing.accepting import accept
from samband.core.sealing.keys import SealError
from samband.core.sealing.sealing import seal
from samband.core.sealing.verifying import Report, verify

SHOWN = 200
STEP = 20_000


def month(text: str) -> str:
    """A period on the command line."""
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"{text!r}: expected a month, such as 2026-03")
    return text


class Command(BaseCommand):
    help = "The audit: seal it, verify it, drop what is old, make its key, go on after a restored backup."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", choices=("sv", "en"), default="sv", help="of what is said (sv)")
        parts = parser.add_subparsers(dest="part", required=True)
        parts.add_parser("seal", help="close what has come to rest now, instead of at the worker's next turn")
        look = parts.add_parser("verify", help="find every change; exit code 1 if there is one")
        look.add_argument("--since", type=month, metavar="YYYY-MM", help="read entries from this month on")
        look.add_argument("--checkpoints", type=Path, help="a copy of the file of checkpoints, kept elsewhere")
        look.add_argument("--public-key", type=Path, help="the public key, as the reviewer has it")
        drop = parts.add_parser("thin", help="drop whole sealed months older than SAMBAND_AUDIT_YEARS")
        drop.add_argument("--dry-run", action="store_true", help="only say what would go")
        parts.add_parser("key", help="make the key and begin the file of checkpoints, once")
        go_on = parts.add_parser("accept", help="go on from a restored backup, which lacks the newest batches")
        go_on.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            try:
                getattr(self, options["part"])(options)
            except (SealError, OSError) as error:
                raise CommandError(str(error)) from error

    def seal(self, options: dict[str, Any]) -> None:
        done = seal()
        told = _("Förseglade poster: %(entries)d, omgångar: %(batches)d.")
        self.stdout.write(told % {"entries": done.entries, "batches": done.batches})
        if done.held_up:
            self.stdout.write(_("Någon skriver ännu; de nyaste posterna väntar till nästa varv."))

    def verify(self, options: dict[str, Any]) -> None:
        report = Report(tell=lambda sentence: None, step=self._progress())
        report.tell = lambda sentence: self.stdout.write(f"■ {sentence}") if report.findings <= SHOWN else None
        verify(report, options["since"] or "", options["checkpoints"], options["public_key"])
        if report.findings > SHOWN:
            self.stdout.write(_("… och fler fynd: %(more)d.") % {"more": report.findings - SHOWN})
        for note in report.notes:
            self.stdout.write(note)
        checked = _("Granskade poster: %(entries)d, omgångar: %(batches)d.")
        self.stdout.write(checked % {"entries": report.entries, "batches": report.batches})
        if report.findings:
            raise CommandError(_("Loggen håller inte. Fynd: %(count)d.") % {"count": report.findings})
        self.stdout.write(_("Loggen håller: inget är ändrat, borttaget eller inskjutet."))

    def _progress(self) -> Any:
        told = 0

        def step(entries: int) -> None:
            nonlocal told
            if entries // STEP > told:
                told = entries // STEP
                self.stderr.write(_("Poster: %(entries)d …") % {"entries": entries}, style_func=str)

        return step

    def thin(self, options: dict[str, Any]) -> None:
        found = thinning.due() if options["dry_run"] else thinning.thin()
        told = (
            _("%(period)s skulle gallras, poster: %(entries)d.")
            if options["dry_run"]
            else _("%(period)s gallrad, poster: %(entries)d.")
        )
        empty = True
        for one in found:
            empty = False
            self.stdout.write(told % {"period": one.period, "entries": one.entries})
        if empty:
            self.stdout.write(
                _("Inget att gallra: allt före %(month)s är borta eller väntar på försegling.")
                % {"month": thinning.first_kept()}
            )

    def key(self, options: dict[str, Any]) -> None:
        with checkpoints.lock():
            checkpoints.begin()
        self.stdout.write(_("Den öppna nyckeln, att ge till granskaren: %(path)s") % {"path": keys.public_path()})

    def accept(self, options: dict[str, Any]) -> None:
        end, given_up = accept(options["reason"])
        told = _(
            "Kedjan fortsätter efter omgång %(end)d; omgångar till och med %(given_up)d är förlorade, vilket står kvar."
        )
        self.stdout.write(told % {"end": end, "given_up": given_up})
