"""`samband translations`: makes the compiled translations, or says what has no English yet."""

from django.core.management.base import BaseCommand, CommandError

from samband.core import translations


class Command(BaseCommand):
    help = "Compiles the translations of all modules (only those that changed)."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="compile all of them")
        parser.add_argument("--check", action="store_true", help="fail when a sentence has no English")
        parser.add_argument("--missing", metavar="MODULE", help="print a module's missing sentences as .po entries")

    def handle(self, *args, **options):
        if options["check"]:
            self.check_all()
        elif options["missing"]:
            self.print_missing(options["missing"])
        else:
            for source in translations.compile_all(options["force"]):
                if options["verbosity"] > 1:
                    self.stdout.write(str(source.relative_to(translations.HOME)))

    def check_all(self) -> None:
        found = translations.missing()
        lines = [f"{module}: {sentence}" for module, rows in found.items() for sentence in rows]
        if lines:
            raise CommandError("\n".join([f"{len(lines)} sentences have no English:", *lines]))

    def print_missing(self, module: str) -> None:
        from babel.messages.pofile import normalize

        for sentence in translations.missing().get(module, []):
            self.stdout.write(f'msgid {normalize(sentence)}\nmsgstr ""\n')
