"""Bodies of collaboration: who meets, by which name, at which level. Read from how sentences introduce them. Pure.

Generic words ("en samverkansstruktur") are no body until they have a name; the same body is told once, by its fuller name.
"""

import re
from dataclasses import replace

from samband.regions.rules import introduced, levels, wording
from samband.regions.rules.introduced import Found
from samband.regions.rules.layout import CASE, COLLABORATION, JOINT
from samband.regions.rules.parsed import Body
from samband.regions.rules.wording import Marked

NO_BODY = re.compile(
    r"(?:mål|risk|ålders|patient|yrkes|person|med|resurs|process|projekt|program|arbets)grupp|^flertal|^organ$|^råd$",
    re.IGNORECASE,
)
BARE = re.compile(r"(?:grupp|råd|nämnd|forum|organ|nätverk|konferens)(?:en|et|erna|er)?", re.IGNORECASE)
GENERIC = re.compile(
    r"^(?:(?:en|ett|den|det|de|ny|etablerad|olika|gemensam|länsgemensam|övergripande)\s)*(?:samverkans- och stödstruktur\w*"
    r"|samverkansstruktur\w*|samverkansorganisation\w*|samverkansgruppe\w+|mötesplats|mötesarena|samverkansorgan)(?: för .*)?$",
    re.IGNORECASE,
)


def bodies(sections: dict[str, list[Marked]]) -> list[Body]:
    """The bodies that an account names, in the order in which they are named."""
    shorts = wording.short_names([line for lines in sections.values() for line in lines])
    found: list[Found] = []
    for line in sections.get(COLLABORATION, []):
        found += introduced.of_line(line, shorts)
    for key in (JOINT, CASE):
        for line in sections.get(key, []):
            found += introduced.beside(line)
    return levels.told(_unique(found), sections.get(COLLABORATION, []))


def _stems(name: str) -> list[str]:
    """The words without article and definite ending, for telling whether two names are one body."""
    words = re.findall(r"[\wåäöÅÄÖé-]+", name.casefold())
    return [
        re.sub(r"(?:erna|er|en|et|n|a)$", "", word) for word in words if word not in ("den", "det", "de", "en", "ett")
    ]


def _unique(found: list[Found]) -> list[Found]:
    """Once each: the fuller name stays; a generic word without a name of its own is no body."""
    kept: list[Found] = []
    for row in found:
        name = re.sub(r"^(?:[Dd]e|[Ee]n|[Ee]tt) (?=[a-zåäö])", "", row.name.strip(" ,.:"))
        name = re.sub(r"^Den (?=[a-zåäö])", "den ", name)
        name = re.sub(r"grupperna$", "grupper", name)
        head = name.split(" (")[0]
        if (
            len(name) < 3
            or BARE.fullmatch(name)
            or NO_BODY.search(head.split(" ")[0])
            or (GENERIC.match(head) and not row.short)
        ):
            continue
        row = replace(row, name=name)
        same = next((place for place, old in enumerate(kept) if _same(old, row)), None)
        if same is None:
            kept.append(row)
        else:
            kept[same] = _fuller(kept[same], row)
    return kept


def _fuller(old: Found, new: Found) -> Found:
    """Which of two names of one body stays: the longer; the later short name; the definite form where it is used as a name."""
    if len(_stems(new.name)) > len(_stems(old.name)) and not old.short:
        return replace(new, line=old.line, sentence=f"{old.sentence}. {new.sentence}")
    if _stems(new.name) == _stems(old.name):
        definite = new.name if new.name.startswith(old.name) and " " not in new.name else old.name
        return replace(old, name=definite, short=old.short or new.short, sentence=f"{old.sentence}. {new.sentence}")
    return old


def _same(old: Found, new: Found) -> bool:
    if (new.short and new.short == old.short) or new.name == old.short:
        return True
    one, other = set(_stems(old.name)), set(_stems(new.name))
    return (
        bool(one and other)
        and (one <= other or other <= one)
        and (_stems(old.name)[0] == _stems(new.name)[0] or _stems(old.name)[-1] == _stems(new.name)[-1])
    )
