"""`samband account --staff HSA-ID | --person NUMBER --reason "…"`: the first administrator, and those who are protected."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from samband.core.ids import InvalidIdentity, parse_identity
from samband.people.services import accounts


class Command(BaseCommand):
    help = "Ties a log-in to a member of staff or a person, on the server. In the audit with the reason."

    def add_arguments(self, parser):
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--staff", metavar="HSA-ID")
        who.add_argument("--person", metavar="NUMBER", help="also a person whose facts are protected")
        parser.add_argument(
            "--sub", default="", help="what the log-in service calls the account, where it sends no other claim"
        )
        parser.add_argument("--reason", required=True)

    def handle(self, *args, **options):
        try:
            who = options["staff"] or parse_identity(options["person"])
            accounts.on_server(who, options["reason"], options["sub"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except InvalidIdentity as error:
            raise CommandError(error.reason) from error
        self.stdout.write("Knuten.")
