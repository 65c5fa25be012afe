"""`samband account --staff HSA-ID | --person NUMBER --reason "…"`: the first administrator, and those who are protected."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from samband.core.ids import InvalidIdentity, parse_identity
from samband.people.models import Staff
from samband.people.services import accounts, local


class Command(BaseCommand):
    help = "Ties a log-in to a member of staff or a person, on the server. In the audit with the reason."

    def add_arguments(self, parser):
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--staff", metavar="HSA-ID")
        who.add_argument("--person", metavar="NUMBER", help="also a person whose facts are protected")
        parser.add_argument(
            "--sub", default="", help="what the log-in service calls the account, where it sends no other claim"
        )
        parser.add_argument(
            "--local", action="store_true", help="with --staff: a link to set a password for the local log-in"
        )
        parser.add_argument("--reason", required=True)

    def handle(self, *args, **options):
        try:
            if options["local"]:
                said = self._local(options["staff"] or "", options["reason"])
            else:
                accounts.on_server(
                    options["staff"] or parse_identity(options["person"]), options["reason"], options["sub"]
                )
                said = "Knuten."
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except InvalidIdentity as error:
            raise CommandError(error.reason) from error
        self.stdout.write(said)

    def _local(self, hsa_id: str, reason: str) -> str:
        """The link, said once; the first administrator of all gets in by it."""
        staff = Staff.objects.filter(hsa_id=hsa_id).select_related("user").first()
        if staff is None:
            raise CommandError("No member of staff has that HSA-id; --local goes with --staff.")
        user = staff.user or accounts.on_server(staff.hsa_id, reason)
        return f"{settings.ADDRESS}{local.link_on_server(user, reason)}"
