"""The words that name a body of collaboration: its head ("styrgrupp", "nämnd") with what belongs to it. Pure."""

import re

W = r"[\wåäöÅÄÖé&/’'-]+"
ENDING = (
    r"(?:grupp(?:en|er|erna)?|råd(?:et)?|nämnd(?:en)?|forum(?:et)?|nätverk(?:et|en)?|beredning(?:en)?|organ(?:et)?|samråd(?:et)?"
    r"|aren(?:a|an|or|orna)|konferens(?:en|er|erna)?|ledningsstruktur|ledningsgrupp\w*)"
)
HEAD = rf"(?:{W})?{ENDING}\b"
CUT = re.compile(
    r"\s(?:som|med representanter|med politiker|där|vars|bestående|för att|när|vilka?|med uppdrag|i syfte)\b.*"
    r"|,?\s(?:med|på|inom länet)\s.*"
)
ARTICLE = re.compile(
    r"^(?:det finns|det|finns|även|också|därtill|dessutom|ett|en|den|de|särskil(?:d|t|da)|nya?|nytt|tre|två|fyra|fem|sex|flera)\s+",
    re.IGNORECASE,
)
PHRASE = re.compile(rf"(?:[\wåäöÅÄÖ-]+ ){{0,2}}?{HEAD}(?: (?:för|kring|inom|i|av) .{{3,90}})?")
# Names that have no such head: "Länssamverkan kring …", "Vårdsamverkan Norra Länet", "Samrådet för …".
OTHER = re.compile(
    rf"(?:[A-ZÅÄÖ]{W} )*{W}samverkan (?:kring|i|inom)\b.*|[A-ZÅÄÖ]{W}samverkan(?: [A-ZÅÄÖ]{W})+|{W}råde?t? för .*"
    r"|samverkans- och stödstruktur$"
)


def noun_phrase(text: str) -> str:
    """The words of the body alone, or empty where there is none: `en styrgrupp för nära vård med …` → `styrgrupp för nära vård`."""
    text = re.split(r"\b(?:genom|finns|utgörs av)\s", CUT.sub("", text))[-1].strip(" ,")
    while hit := ARTICLE.match(text):
        text = text[hit.end() :]
    usual, other = PHRASE.search(text), OTHER.search(text)
    if other and (usual is None or other.start() <= usual.start()):
        return other[0].strip()
    return usual[0].strip() if usual else ""
