"""`samband bounced`: the mail server says that addresses do not work."""

import sys

from django.core.management.base import BaseCommand
from django.db import transaction

from samband.notices.models import Preferences
from samband.notices.rules.trying import REFUSALS
from samband.notices.services.mail import mark_refused


class Command(BaseCommand):
    help = (
        "Marks e-mail addresses as failing, so that nothing more is sent to them and their owners see it. Addresses as "
        "arguments, or one a line on standard input (from a bounce filter of the mail server)."
    )

    def add_arguments(self, parser):
        parser.add_argument("address", nargs="*")

    def handle(self, *args, **options):
        found = options["address"] or sys.stdin.read().split()
        marked = 0
        with transaction.atomic():
            for address in found:
                marked += mark_refused(Preferences.objects.filter(email__iexact=address), REFUSALS)
        self.stdout.write(f"{marked} of {len(found)} marked")
