"""`samband serve`: the web server and the job worker as children of one command. Ctrl-C stops both."""

import os
import signal
import socket
import sys
import time
import urllib.request
from urllib.error import URLError

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from samband.core import translations
from samband.core.supervise import Child
from samband.people.models import Person
from samband.web.services.logins import offered

PATIENCE = 180.0  # a busy or small machine takes its time the first time


class Stop(Exception):
    """Somebody asked the command to end."""


class Command(BaseCommand):
    help = "Prepares the database, then serves Samband and runs its jobs until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--host", default="127.0.0.1", help="loopback only in demo mode")

    def handle(self, *args, **options):
        host, port = options["host"], options["port"]
        if settings.DEMO_LOGINS and host not in {"127.0.0.1", "localhost", "::1"}:
            raise CommandError("The demo log-ins need no password: demo mode answers on 127.0.0.1 only.")
        if busy(host, port):
            raise CommandError(f"Port {port} is taken. Choose another: make run PORT={port + 1}")
        self.prepare()
        self.watch(children(host, port), f"http://{host}:{port}")

    def prepare(self) -> None:
        """What a fresh copy lacks: translations, tables, and in demo mode the demo county."""
        translations.compile_all()
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        self.say("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        if settings.DEMO_LOGINS and "demo" in get_commands():
            if Person.objects.exists():
                call_command("demo", "--age", stdout=self.stdout)
            else:
                self.say("The database is empty: loading the demo county …")
                call_command("demo")

    def watch(self, family: list[Child], address: str) -> None:
        """Keep the children going until somebody asks for the end."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, ask_to_stop)
        greeting = self.greeting(address)
        connections.close_all()
        told = False
        begun = time.monotonic()
        try:
            while True:
                for child in family:
                    child.tend(self.say)
                if not told and answers(address):
                    told = True
                    self.say(greeting)
                elif not told and time.monotonic() - begun > PATIENCE:
                    raise CommandError("The server does not answer; its own message is above.")
                time.sleep(0.3)
        except Stop:
            self.say("\nStopping …")
        finally:
            for name in (signal.SIGINT, signal.SIGTERM):
                signal.signal(name, signal.SIG_IGN)
            for child in family:
                child.stop()
        self.say("Samband has stopped. Nothing that was saved is lost.")

    def greeting(self, address: str) -> str:
        """Where it is, and one log-in for each role."""
        lines = ["", f"Samband answers at {address}/   (Ctrl-C stops it)", ""]
        if settings.DEMO_LOGINS:
            found = offered()
            width = max((len(login.title) for login in found), default=0)
            lines += [f"Log in at {address}/login/ as one of these (no password, this machine only):"]
            lines += [f"  {login.title:<{width}}   {login.who}" for login in found]
        return "\n".join([*lines, ""])

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def ask_to_stop(*_args: object) -> None:
    raise Stop


def children(host: str, port: int) -> list[Child]:
    """The web server and the worker, with the same Python and the same settings."""
    env = {"SAMBAND_BIND": f"{host}:{port}", "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
    if settings.DEMO_LOGINS:
        env.setdefault("SAMBAND_ACCESS_LOG", os.environ.get("SAMBAND_ACCESS_LOG", str(settings.VAR / "access.log")))
    web = [sys.executable, "-m", "gunicorn", "-c", "python:samband.config.gunicorn", "samband.config.wsgi"]
    return [Child("web server", web, env), Child("worker", [sys.executable, "-m", "samband", "worker"], env)]


def busy(host: str, port: int) -> bool:
    """Whether somebody else already listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as reply:
            return reply.status == 200
    except (URLError, OSError):
        return False
