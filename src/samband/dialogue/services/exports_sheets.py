"""A sheet's result as PDF, DOCX, CSV and JSON, and the empty sheet on paper. Built of `sheets_results` alone, so no file tells more
than the page. No next step is in any of them but those that their authors share."""

from dataclasses import asdict
from itertools import groupby
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from samband.core import clock, text
from samband.dialogue.models import Sitting
from samband.dialogue.rules.sheets import Middle
from samband.dialogue.services.reports import Report, Section, Table
from samband.dialogue.services.sheets_results import Result, Row


def number(value: float) -> str:
    """With a decimal comma in Swedish, one decimal."""
    return number_format(value, 1)


def gap(value: float) -> str:
    """With its sign; a true minus."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{number(abs(value))}"


def spoken(middle: Middle) -> str:
    """The picture in words."""
    return _("I dag %(today)s, önskat %(wanted)s på skalan 1–5, avstånd %(gap)s; %(n)d svar") % {
        "today": number(middle.today), "wanted": number(middle.wanted), "gap": gap(middle.gap), "n": middle.n,
    }  # fmt: skip


def few() -> str:
    return _("Färre än fem svar. Inget visas.")


def columns(first: str) -> list[str]:
    return [first, _("Svar"), _("I dag"), _("Önskat"), _("Avstånd"), _("Spridning i dag"), _("Spridning önskat")]


def cells(name: str, middle: Middle | None) -> list[str]:
    if middle is None:
        return [name, _("färre än 5"), "", "", "", "", ""]
    return [
        name, str(middle.n), number(middle.today), number(middle.wanted), gap(middle.gap), number(middle.spread_today),
        number(middle.spread_wanted),
    ]  # fmt: skip


def report(result: Result) -> Report:
    """The result as a document."""
    sitting = result.sitting
    lead = [
        f"{who(sitting)[:1].upper()}{who(sitting)[1:]}.",
        *([_("%(n)d svarade.") % {"n": result.answered}] if result.answered else [few()]),
    ]
    lead += [_("Bara svar som har både i dag och önskat är med. Grupper med färre än fem visas inte för sig, och inte heller en "
               "grupp som skulle gå att räkna ut av de andra.")]  # fmt: skip
    all_rows = Section(
        _("Alla påståenden"), tables=[Table(columns(_("Påstående")), [cells(f"{r.number}. {r.text}", r.whole) for r in result.rows],
                                            _("Alla påståenden"))]
    )  # fmt: skip
    sections = [all_rows]
    for name, rows in groupby(result.rows, key=lambda row: row.group):
        sections.append(Section(name or _("Påståenden")))
        sections += [_statement(row) for row in rows]
    if result.steps:
        said = [f"{s['text']} – {s['name']}" if s["name"] else s["text"] for s in result.steps]
        sections.append(Section(_("Nästa steg som har delats"), bullets=said))
    return Report(str(sitting), lead, sections, data(result))


def who(sitting: Sitting) -> str:
    """Whose sitting it is and when it closed."""
    place = sitting.organization.name if sitting.organization else _("alla organisationer")
    closed = sitting.closed_at and clock.local(sitting.closed_at).date()
    day = closed or sitting.closes_on
    return _("%(place)s, stängt %(day)s") % {"place": place, "day": text.short_date(day)} if day else place


def _statement(row: Row) -> Section:
    if row.whole is None:
        return Section(f"{row.number}. {row.text}", 2, [few()])
    groups = [cells(name, middle) for name, middle in [*row.organizations, *row.roles]]
    picture = {"today": row.whole.today, "wanted": row.whole.wanted, "alt": spoken(row.whole)}
    bullets = [f"{_('I dag')}: {said}" for said in row.today_texts]
    bullets += [f"{_('Önskat')}: {said}" for said in row.wanted_texts]
    table = Table(columns(_("Grupp")), groups, _("Per organisation och roll"))
    return Section(f"{row.number}. {row.text}", 2, [f"{spoken(row.whole)}."], [table], bullets, picture)


def csv_rows(result: Result) -> list[list[Any]]:
    """One row for the whole and for each group of each statement."""
    head = [_("Nummer"), _("Område"), _("Påstående"), _("Uppdelning"), *columns(_("Grupp"))]
    rows: list[list[Any]] = [head]
    for row in result.rows:
        about = [row.number, row.group, row.text]
        groups = [(_("alla"), _("alla"), row.whole), *((_("organisation"), *pair) for pair in row.organizations)]
        for division, name, middle in [*groups, *((_("roll"), *pair) for pair in row.roles)]:
            told = cells(name, middle)
            rows.append([*about, division, *told[:4], middle.gap if middle else "", *told[5:]])
    return rows


def data(result: Result) -> dict[str, Any]:
    """For machines. Where too few answered `all` is null, never 0."""
    sitting = result.sitting
    return {
        "sheet": sitting.version.sheet.name, "version": sitting.version.number, "year": sitting.year, "period": sitting.period,
        "organization": sitting.organization.name if sitting.organization else None, "answered": result.answered,
        "scale": [1, 5], "least_shown": 5,
        "statements": [
            {
                "key": row.key, "group": row.group, "text": row.text, "all": asdict(row.whole) if row.whole else None,
                "organizations": [{"name": name, **asdict(m)} for name, m in row.organizations],
                "roles": [{"name": name, **asdict(m)} for name, m in row.roles],
                "some_groups_hidden": row.hidden, "texts_today": row.today_texts, "texts_wanted": row.wanted_texts,
            }
            for row in result.rows
        ],
        "shared_steps": [{"statement": s["statement"], "text": s["text"], "name": s["name"]} for s in result.steps],
    }  # fmt: skip


def blank(sitting: Sitting) -> Report:
    """The empty sheet, to be written on by hand."""
    statements = list(sitting.version.statements.all())
    sections = [
        Section(name or _("Påståenden"), bullets=[row.text for row in rows])
        for name, rows in groupby(statements, key=lambda row: row.group)
    ]
    return Report(
        str(sitting),
        [_("Ringa in 1 till 5: 1 stämmer inte alls, 5 stämmer helt. Ditt nästa steg är bara ditt.")],
        sections,
    )
