"""What of rooms is a person's own (core/extract.py): that she led one. What was said there has no sender who can be found."""

from django.utils.translation import gettext_lazy as _

from samband.core.extract import not_in_it, part

part("dialogue.Facilitator", _("Dialoger som du har lett som personal"), "assignment__staff__user__person")
SAID = _(
    "Det som sägs i ett rum skrivs från en plats utan konto. Ett namn står där bara om rummet inte är anonymt, och då det "
    "namn som var och en själv valde: det går inte att veta vem det är."
)
for label in ("Room", "RoomGroup", "Seat", "RoomCard", "Draw", "Note", "Agreement", "Moderation"):
    not_in_it(f"dialogue.{label}", SAID)
