"""Who may approve a template, and when one may be used. Pure."""

from samband.access.rules import LICENSED
from samband.core.decision import Actor, Decision, allow, deny

RULE = "T1"


def approve(actor: Actor) -> Decision:
    """A named licensed person takes the responsibility for the content."""
    if actor.kind == "staff" and actor.role in LICENSED and actor.org_kind != "outside":
        return allow(RULE, "Du har legitimation och kan godkänna innehållet.", "You are licensed and may approve it.")
    return deny(
        RULE,
        "Innehållet godkänns av någon med legitimation: läkare, sjuksköterska, fysio- eller arbetsterapeut, tandvård eller apotekare.",
        "The content is approved by somebody licensed: physician, nurse, therapist, dental staff or pharmacist.",
    )


def may_use(approved: bool, published: bool, invented: bool) -> Decision:
    """T1: what nobody licensed has approved is an example, for invented persons only (`invented`: the demo county)."""
    if not published:
        return deny(RULE, "Mallen är ett utkast.", "The template is a draft.")
    if approved:
        return allow(RULE, "Godkänd av någon med legitimation.", "Approved by somebody licensed.")
    if invented:
        return allow(
            RULE,
            "Exempel, inte kliniskt godkänt. Går att pröva här, eftersom alla personer är påhittade.",
            "An example, not clinically approved. It may be tried here, as every person is invented.",
        )
    return deny(
        RULE,
        "Exempel, inte kliniskt godkänt. Den går att använda när någon med legitimation har godkänt den.",
        "An example, not clinically approved. It can be used once somebody licensed has approved it.",
    )
