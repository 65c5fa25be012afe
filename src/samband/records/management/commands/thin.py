"""`samband thin --dry-run|--yes`: what is over by the rules, and carrying out what an administrator decided."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from samband.core import thinning
from samband.people.models import Organization
from samband.records.models import ThinningDecision
from samband.records.services import thin


class Command(BaseCommand):
    help = (
        "Thinning: show what the rules find and why, or carry out what was decided. The audit has `samband audit thin`."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", choices=("sv", "en"), default="sv", help="of what is said (sv)")
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--dry-run", action="store_true", help="show what would go, by rule, and change nothing")
        way.add_argument("--yes", action="store_true", help="carry out the decisions that wait")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            self.look() if options["dry_run"] else self.carry_out()

    def look(self) -> None:
        """By organization and rule; then what the decisions that wait would take, by the number of the person's row."""
        for organization in Organization.objects.order_by("name", "pk"):
            for found in thin.due(organization.pk):
                if found.persons or found.nameless:
                    say = _("%(org)s, %(rule)s: %(n)d personer, %(held)d av dem står kvar. Före %(day)s. %(law)s.")
                    more = _("Utan känd person: %(n)d.") % {"n": found.nameless} if found.nameless else ""
                    self.stdout.write(f"{say} {more}".rstrip() % {
                        "org": organization.name, "rule": found.rule.title, "n": found.persons, "held": found.held,
                        "day": f"{found.before:%Y-%m-%d}", "law": found.rule.law,
                    })  # fmt: skip
        for decision in thin.waiting():
            self.stdout.write(self.head(decision))
            for group, held in thin.looks(decision):
                kept = f" ({_('står kvar')})" if held else ""
                self.stdout.write(f"  {group.person_id or '–'}: {group.last_at:%Y-%m-%d}{kept}")
        self.stdout.write(_("%(n)d filer som ingen rad längre nämner.") % {"n": thin.stray_files(remove=False)})

    def carry_out(self) -> None:
        decisions = thin.waiting()
        if not decisions:
            raise CommandError(
                _("Inget beslut väntar. En administratör beslutar under Gallring; utan beslut gallras inget.")
            )
        for decision in decisions:
            self.stdout.write(self.head(decision))
            done = thin.carry_out(decision)
            rows = ", ".join(f"{label} {number}" for label, number in done.rows.items()) or "–"
            said = _("Gallrat: %(n)d. Står kvar: %(held)d. Rader: %(rows)s.")
            self.stdout.write("  " + said % {"n": done.groups, "held": done.held, "rows": rows})
        self.stdout.write(_("%(n)d filer som ingen rad nämnde är borta.") % {"n": thin.stray_files(remove=True)})

    @staticmethod
    def head(decision: ThinningDecision) -> str:
        rule = thinning.rules[decision.rule]
        say = _("Beslut %(day)s av %(who)s (%(org)s): %(rule)s, före %(before)s. %(why)s")
        return say % {
            "day": f"{decision.decided_at:%Y-%m-%d}", "who": decision.by_name, "org": decision.organization.name,
            "rule": rule.title, "before": f"{decision.before:%Y-%m-%d}", "why": decision.why,
        }  # fmt: skip
