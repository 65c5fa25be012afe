"""`samband worker`: background jobs and the clock that finds what is due."""

import threading

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from samband.core import jobs


class Command(BaseCommand):
    help = "Runs background jobs and the duties that fall due. Stop with Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--turn", type=float, default=20.0, help="seconds between two turns of the clock")
        parser.add_argument("--once", action="store_true", help="one turn, then stop")

    def handle(self, *args, **options):
        if options["once"]:
            self.stdout.write(", ".join(jobs.beat()) or "nothing was due")
            return
        stop = threading.Event()
        threading.Thread(target=self._turns, args=(stop, options["turn"]), daemon=True).start()
        try:
            call_command("db_worker", interval=1, verbosity=0)
        finally:
            stop.set()

    def _turns(self, stop: threading.Event, seconds: float) -> None:
        while not stop.is_set():
            close_old_connections()
            try:
                jobs.beat()
            except Exception as error:
                self.stderr.write(f"the clock could not turn: {type(error).__name__}")
            close_old_connections()
            stop.wait(seconds)
