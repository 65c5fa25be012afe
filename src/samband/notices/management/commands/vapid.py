"""`samband vapid`: a key of our own for web push."""

from django.core.management.base import BaseCommand

from samband.notices.services import webpush


class Command(BaseCommand):
    help = "Prints a new private key for SAMBAND_VAPID_KEY. With it and SAMBAND_VAPID_CONTACT web push is on."

    def handle(self, *args, **options):
        self.stdout.write(f"SAMBAND_VAPID_KEY={webpush.new_key()}")
        self.stdout.write("SAMBAND_VAPID_CONTACT=mailto:<whom a push service may write to>")
        self.stderr.write("Keep the key secret and unchanged: with another one every device has to be added again.")
