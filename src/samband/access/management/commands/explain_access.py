"""`samband explain-access --user U --person P [--thing T] [--action A] [--lang en] [--json]`: why an account may, or may not."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from samband.access.services import explain
from samband.core import audit
from samband.core.policy import Actor


class Command(BaseCommand):
    help = "Says what an account may do with something about a person, by which rule and why. The question is in the audit."

    def add_arguments(self, parser):
        parser.add_argument("--user", required=True, help="user name, public id or HSA-id of the account")
        parser.add_argument("--person", required=True, metavar="ID", help="public id of the person")
        parser.add_argument("--thing", default="", help="plans.action:<public id>; without it the person herself")
        parser.add_argument("--action", default="", help="one question, such as plan.read; without it all that apply")
        parser.add_argument("--lang", choices=("sv", "en"), default="sv", help="the language of the sentences")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        try:
            user = explain.account(options["user"])
            person = explain.person(options["person"])
            thing = explain.thing(person, options["thing"])
            asked = explain.actions(thing, options["action"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        audit.record(
            Actor(name="samband explain-access"), "access.explain", person=person, thing=thing, rule="A2",
            account=str(user.public_id), asked=options["action"],
        )  # fmt: skip
        lines = explain.explain(explain.capacities(user, person), thing, asked)
        with override(options["lang"]):
            rows = [row(line) for line in lines]
        if options["json"]:
            whole = {
                "account": str(user.public_id),
                "open": user.is_active,
                "person": str(person.public_id),
                "answers": rows,
            }
            self.stdout.write(json.dumps(whole, ensure_ascii=False, indent=1))
            return
        if not user.is_active:
            self.stdout.write("The account is closed: nobody logs in with it (A16).")
        if not rows:
            self.stdout.write("The account has no capacity today, so every answer is no.")
        before = ""
        for found in rows:
            if found["as"] != before:
                before = found["as"]
                self.stdout.write(f"\n{before}")
            self.stdout.write(
                f"  {'allow' if found['allow'] else 'deny ':5} {found['action']:20} {found['rule']:8} {found['sentence']}"
            )


def row(line: explain.Line) -> dict:
    """One answer as plain data. A relative's capacity names nobody."""
    actor = line.actor
    return {
        "as": f"{actor.kind}: {actor.label}" if actor.kind == "staff" else " ".join(filter(None, (actor.kind, actor.role))),
        "action": line.action, "allow": line.decision.allow, "rule": line.decision.rule, "sentence": line.decision.reason,
    }  # fmt: skip
