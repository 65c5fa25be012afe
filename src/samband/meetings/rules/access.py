"""Who may see and do what about a meeting: pure functions of the actor, the plan's own decisions and a few facts.

P1 (parties), P2 (assignment at a party), P3 (the parties write together), P4 (the person, relatives), P5 and A14 (parties
outside care), P6 (withdrawal), A13. `plan` is what `plan.read` answered about the person, `edit` what `plan.edit` did.
"""

from dataclasses import dataclass

from samband.access.rules import PLANNING_ROLES, is_care, is_outside
from samband.core.decision import Actor, Decision, allow, deny


@dataclass(frozen=True)
class MeetingFacts:
    """Who is invited now (not taken off, not withdrawn), who called, and where it stands."""

    units: frozenset[int] = frozenset()
    assignments: frozenset[int] = frozenset()
    relatives: frozenset[int] = frozenset()
    caller_unit: int | None = None
    caller_is_party: bool = True
    cancelled: bool = False
    finished: bool = False
    begun: bool = False


@dataclass(frozen=True)
class Invited:
    """Whose answer it is: a unit's, a named member of staff's, a relative's, or the person's own."""

    kind: str
    unit: int | None = None
    assignment: int | None = None
    relative: int | None = None


def list_meetings(actor: Actor) -> Decision:
    """A1, P5: staff in care see the meetings of plans they read; a party outside care those it is invited to."""
    if is_care(actor):
        return allow("A1", "Mötena i de planer som din enhet är part i.", "Meetings of the plans that your unit is in.")
    if is_outside(actor):
        return allow("P5", "Möten som ni är kallade till.", "Meetings that you are called to.")
    return deny("A1", "Ditt uppdrag omfattar inga möten.", "Your assignment includes no meetings.")


def takes_part(actor: Actor, facts: MeetingFacts) -> bool:
    """Whether the actor, or her unit, is among those invited. The person always is: it is her meeting."""
    if actor.kind == "staff":
        return bool(facts.units & set(actor.unit_ids)) or actor.assignment_id in facts.assignments
    if actor.kind == "relative":
        return actor.relative_id in facts.relatives
    return actor.kind == "person"


def read(actor: Actor, plan: Decision, facts: MeetingFacts) -> Decision:
    """P2, P4, P5: whoever reads the plan reads its meetings; relatives and parties outside care those they are called to."""
    if not plan:
        return plan
    if is_outside(actor) and not takes_part(actor, facts):
        return deny("P5", "Ni är inte kallade till mötet.", "You are not called to the meeting.")
    if actor.kind == "relative" and not takes_part(actor, facts):
        return deny("P4", "Du är inte kallad till mötet.", "You are not called to the meeting.")
    return plan


def call(actor: Actor, edit: Decision) -> Decision:
    """P3: a party that plans care calls to a meeting about the plan."""
    if not edit:
        return edit
    if actor.kind == "staff" and is_care(actor) and actor.role in PLANNING_ROLES:
        return allow("P3", "Parterna kallar till möte om planen.", "The parties call to meetings about the plan.")
    return deny("P3", "En part i vården kallar till möte.", "A party in care calls to a meeting.")


def manage(actor: Actor, edit: Decision, facts: MeetingFacts) -> Decision:
    """P3: the unit that called moves and cancels; any other party does when the caller is no longer a party (P6)."""
    may = call(actor, edit)
    if not may or facts.caller_unit in actor.unit_ids:
        return may
    if not facts.caller_is_party:
        return allow("P6", "Den som kallade är inte längre part.", "The one who called is no longer a party.")
    return deny("P3", "Enheten som kallade flyttar och ställer in.", "The unit that called moves and cancels.")


def write(actor: Actor, edit: Decision, facts: MeetingFacts) -> Decision:
    """P3: the parties in care write the minutes together, until the meeting is finished; then only marked corrections."""
    if not edit:
        return edit
    if actor.kind != "staff" or not is_care(actor):
        return deny("P3", "Parterna i vården skriver minnesanteckningar.", "The parties in care write the minutes.")
    if facts.cancelled:
        return deny("P3", "Mötet är inställt.", "The meeting is cancelled.")
    if facts.finished:
        return deny("P3", "Mötet är avslutat. Skriv en rättelse.", "The meeting is finished. Write a correction.")
    return allow("P3", "Parterna skriver tillsammans.", "The parties write together.")


def correct(actor: Actor, edit: Decision, facts: MeetingFacts) -> Decision:
    """P3: what is finished is corrected beside itself, with a mark."""
    if not edit or not is_care(actor):
        return edit if not edit else deny("P3", "Parterna i vården rättar.", "The parties in care correct.")
    if not facts.finished:
        return deny("P3", "Mötet är inte avslutat än.", "The meeting is not finished yet.")
    return edit


def raise_item(actor: Actor, seen: Decision, edit: Decision, own_write: Decision, facts: MeetingFacts) -> Decision:
    """P3, P4: what is to be talked about, from staff of the parties, the person, and relatives who may write."""
    if not seen:
        return seen
    if facts.cancelled or facts.finished:
        return deny("P3", "Mötet tar inte emot fler frågor.", "The meeting takes no more items.")
    if actor.kind in ("person", "relative"):
        return own_write
    return deny("P5", "Ni läser er del.", "You read your part.") if is_outside(actor) else edit


def is_mine(actor: Actor, who: Invited) -> bool:
    """Whether the place is the actor's own, or her unit's."""
    if actor.kind == "person":
        return who.kind == "person"
    if actor.kind == "relative":
        return who.kind == "relative" and who.relative == actor.relative_id
    if actor.kind != "staff":
        return False
    return who.assignment == actor.assignment_id if who.kind == "staff" else who.unit in actor.unit_ids


def calendar(actor: Actor, seen: Decision, who: Invited) -> Decision:
    """The file is for the one who is called: its address opens her own page."""
    if not seen or is_mine(actor, who):
        return seen
    return deny("P3", "Filen är för den som är kallad.", "The file is for the one who is called.")


def answer(actor: Actor, seen: Decision, who: Invited, facts: MeetingFacts) -> Decision:
    """Each answers for herself, staff for their unit. A relative may answer for herself, not for the person."""
    if not seen:
        return seen
    if facts.cancelled or facts.finished or facts.begun:
        return deny("P3", "Mötet tar inte emot fler svar.", "The meeting takes no more answers.")
    mine = is_mine(actor, who)
    if mine:
        return allow("P2" if actor.kind == "staff" else "P4", "Svaret är ditt.", "The answer is yours.")
    return deny("P3", "Den som är kallad svarar själv.", "Whoever is called answers.")
