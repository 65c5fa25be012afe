"""What may be missing: what each number is called and how it is counted, one sentence each.

Order: how soon somebody may be harmed; what nobody is harmed by within the hour is fetched after the page (`later`).
A number joins with `register`; its query joins in `gaps`, its words in `words`.
"""

from bisect import insort
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A number on the board and its list.

    `rule` says how it is counted, `none` what is true when it is zero (`zero` the same, short). `state` is its mark when
    it is not zero, `order` its place: how soon somebody may be harmed. `of_plan` tells that only readers of the plan see it
    (P2). `what` heads the column of what is missing (none: there is no such column), `owned` that the list says who has it.
    `way` leads from a row of the number to the person. `later`: fetched after the page, as nobody is harmed within the hour.
    """

    slug: str
    order: int
    title: Any
    rule: Any
    none: Any
    zero: Any
    state: str
    what: Any
    since: Any
    of_plan: bool
    owned: bool = False
    way: str = "person__"
    later: bool = False

    @property
    def key(self) -> str:
        """The key that opens its list: its place on the board. Only the first nine have one."""
        place = KINDS.index(self) + 1
        return str(place) if place <= KEYS else ""


KEYS = 9
KINDS: list[Kind] = []
BY_SLUG: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Give the number its place on the board. Twice under one name is an error at start."""
    if kind.slug in BY_SLUG:
        raise ValueError(f"{kind.slug} is counted already")
    insort(KINDS, kind, key=lambda k: k.order)
    BY_SLUG[kind.slug] = kind
    return kind


NEXT_STEP = Kind(
    slug="next-step",
    order=10,
    title=_("Nästa steg försenat"),
    rule=_(
        "Planens nästa steg är en insats som skulle ha varit gjord och inte är markerad som klar. "
        "Är det en uppföljning som är sen räknas den under Plan inte uppföljd."
    ),
    none=_("Inget nästa steg är försenat"),
    zero=_("inget är sent"),
    state="act",
    what=_("Steg"),
    since=_("Sent"),
    of_plan=True,
    owned=True,
)
TODAY = Kind(
    slug="unassigned",
    order=20,
    title=_("I dag utan ansvarig"),
    rule=_(
        "En insats ska göras i dag, är varken gjord eller inställd, och ingen enhet eller person har den: "
        "planen säger ingen än, eller någon har lämnat dagens tillfälle."
    ),
    none=_("Allt som ska göras i dag har någon som är ansvarig"),
    zero=_("allt har någon ansvarig"),
    state="act",
    what=_("Insats"),
    since=_("När"),
    of_plan=True,
    owned=True,
)
NO_PLAN = Kind(
    slug="no-plan",
    order=40,
    title=_("Utan gemensam plan"),
    rule=_(
        "Någon av era enheter deltar i personens vård nu, och personen har varken en plan som gäller eller ett utkast. "
        "Tiden räknas från den dag då vården hos er började."
    ),
    none=_("Alla har en gemensam plan"),
    zero=_("alla har en plan"),
    state="warn",
    what="",
    since=_("Sedan"),
    of_plan=False,
)
NO_CONTACT = Kind(
    slug="no-contact",
    order=50,
    title=_("Saknar en fast kontakt"),
    rule=_(
        "Fast vårdkontakt eller fast läkarkontakt är inte utsedd i dag, eller fast omsorgskontakt "
        "där hemtjänst, särskilt boende eller socialtjänst deltar. "
        "Tiden räknas från den dag då en kontakt senast upphörde utan att någon ny utsågs, "
        "annars från den dag då vården hos er började."
    ),
    none=_("Alla har de fasta kontakter som de ska ha"),
    zero=_("alla har sina"),
    state="warn",
    what=_("Saknar"),
    since=_("Sedan"),
    of_plan=False,
)
NO_CONSENT = Kind(
    slug="no-consent",
    order=60,
    title=_("Samtycke saknas"),
    rule=_(
        "Personen har en plan eller ett utkast, men inget samtycke är antecknat, eller så är det återtaget. "
        "Tiden räknas från dagen då det togs tillbaka, annars från planens första dag."
    ),
    none=_("Alla med en plan har sagt ja till den"),
    zero=_("alla har svarat"),
    state="warn",
    what=_("Vad som saknas"),
    since=_("Sedan"),
    of_plan=False,
)
ASKS = Kind(
    slug="asks",
    order=65,
    later=True,
    title=_("Nej eller inget svar"),
    rule=_(
        "En enhet har fått frågan om den kan ta en insats. Den har sagt nej eller lämnat tillbaka insatsen, och ingen har den nu. "
        "Eller så har dagen för svar gått utan svar. Tiden räknas från svaret, annars från dagen då svar önskades."
    ),
    none=_("Ingen fråga till en enhet är obesvarad eller avböjd"),
    zero=_("alla har svarat ja"),
    state="warn",
    what=_("Insats"),
    since=_("Sedan"),
    of_plan=True,
    owned=True,
    way="action__plan__person__",
)
FOLLOW_UP = Kind(
    slug="follow-up",
    order=70,
    later=True,
    title=_("Plan inte uppföljd"),
    rule=_("Planen gäller, och den tidigaste uppföljning som inte är gjord skulle ha varit före i dag."),
    none=_("Ingen plan väntar på en uppföljning som är sen"),
    zero=_("ingen är sen"),
    state="warn",
    what=_("Skulle ha följts upp"),
    since=_("Sen"),
    of_plan=True,
)
NOT_APPROVED = Kind(
    slug="not-approved",
    order=80,
    later=True,
    title=_("Planen inte godkänd"),
    rule=_(
        "Planen gäller, och personen eller den som företräder henne har inte svarat, är inte överens, "
        "eller har godkänt en tidigare version och planen har ändrats sedan dess. "
        "Tiden räknas från den första ändringen, från svaret eller från planens första dag."
    ),
    none=_("Alla planer är godkända som de står"),
    zero=_("alla är godkända"),
    state="warn",
    what=_("Varför"),
    since=_("Sedan"),
    of_plan=True,
)
for _kind in (NEXT_STEP, TODAY, NO_PLAN, NO_CONTACT, NO_CONSENT, ASKS, FOLLOW_UP, NOT_APPROVED):
    register(_kind)
