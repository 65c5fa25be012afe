"""The sentence that says why something was raised, in Swedish and English, from the figures that the pattern kept."""

from collections.abc import Callable, Mapping
from typing import Any

Both = tuple[str, str]
HOW: dict[str, Both] = {
    "account": (
        "Läsaren är närstående till personen enligt personens egna uppgifter.",
        "The reader is a relative according to the person's own data.",
    ),
    "name": (
        "Läsaren heter som någon av personens närstående.",
        "The reader has the name of one of the person's relatives.",
    ),
    "surname": (
        "Läsaren och personen har samma ovanliga efternamn.",
        "The reader and the person share an uncommon family name.",
    ),
}


def _neighbour(f: Mapping[str, Any]) -> Both:
    if not f.get("metres"):
        return "Läsaren bor på samma adress som personen.", "The reader lives at the same address as the person."
    far = int(f["metres"])
    return (
        f"Läsaren bor ungefär {far} meter från personen.",
        f"The reader lives about {far} metres from the person.",
    )


def _colleague(f: Mapping[str, Any]) -> Both:
    if f.get("same"):
        return "Personen arbetar på samma enhet som läsaren.", "The person works at the same unit as the reader."
    return (
        "Personen arbetar i samma organisation som läsaren.",
        "The person works in the same organisation as the reader.",
    )


def _celebrity(f: Mapping[str, Any]) -> Both:
    if f.get("public"):
        return (
            "Personen är markerad som av allmänt intresse, och läsarens enhet hade inget ärende hos personen.",
            "The person is marked as of public interest, and the reader's unit had no task with the person.",
        )
    n = f.get("readers", 0)
    return (
        f"{n} läsare utan ärende har öppnat personen samma månad. Det är fler än för andra.",
        f"{n} readers without a task opened the person in the same month. That is more than for others.",
    )


SENTENCES: dict[str, Callable[[Mapping[str, Any]], Both]] = {
    "relative": lambda f: HOW.get(f.get("how", ""), ("", "")),
    "neighbour": _neighbour,
    "colleague": _colleague,
    "celebrity": _celebrity,
    "volume": lambda f: (
        f"Läsaren öppnade {f.get('persons')} personer den dagen. Vanligt är {f.get('usual')}.",
        f"The reader opened {f.get('persons')} persons that day. Usual is {f.get('usual')}.",
    ),
    "hours": lambda f: (
        f"Läst klockan {f.get('clock')}, när enheten är stängd och läsaren inte brukar arbeta.",
        f"Read at {f.get('clock')}, when the unit is closed and the reader is not usually at work.",
    ),
    "refusals": lambda f: (
        f"Läsaren fick nej {f.get('times')} gånger samma dag.",
        f"The reader was refused {f.get('times')} times on the same day.",
    ),
    "no_act": lambda f: (
        f"Enheten har inte skrivit något om personen inom {f.get('days')} dagar, och ingen annan där har öppnat personen.",
        f"The unit wrote nothing about the person within {f.get('days')} days, and nobody else there opened the person.",
    ),
    "started": lambda f: (
        f"Läsaren startade själv vårdrelationen {f.get('minutes')} minuter innan."
        f" Enheten har inte gjort något mer på {f.get('days')} dagar.",
        f"The reader started the care relation {f.get('minutes')} minutes before."
        f" The unit has done nothing more in {f.get('days')} days.",
    ),
}
