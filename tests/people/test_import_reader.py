"""The CSV reader takes anything and answers with rows or one clear sentence."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from samband.people.services.imports.columns import COLUMNS, PERSONS, template
from samband.people.services.imports.findings import Findings, read_cells
from samband.people.services.imports.reader import ImportProblem, rows

HEAD = "Personnummer;Förnamn;Efternamn"
ROW = "20210325K069;Alva;Åkerö"


def read(tmp_path, content: str | bytes, columns=PERSONS):
    path = tmp_path / "fil.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(rows(path, columns))


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}\n{ROW}\n",
        f"{HEAD}\r\n{ROW}\r\n",
        f"\ufeff{HEAD}\n{ROW}",
        f"\n\n{HEAD}\n\n{ROW}\n;;\n",
        f"{HEAD}\n{ROW}\n".replace(";", ","),
        f" PERSONNUMMER ; förnamn;Efternamn \n {ROW} ",
        f'{HEAD}\n20210325K069;"Alva";Åkerö',
    ],
)
def test_reads_what_spreadsheets_write(tmp_path, content):
    found = read(tmp_path, content)
    assert [row.cells["family_name"] for row in found] == ["Åkerö"]
    assert found[0].cells["identity"] == "20210325K069"


def test_a_row_is_named_by_the_line_it_begins_on(tmp_path):
    found = read(tmp_path, f'\n{HEAD}\n\n20210325K069;"Alva\nMaria";Ek\n{ROW}\n')
    assert [row.line for row in found] == [4, 6]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "tom"),
        (b"\n \n", "tom"),
        ("Personnummer;Förnamn;Efternamn\n20210325K069;Alva;Åkerö".encode("latin-1"), "Rad 1, byte 15"),
        (f"{HEAD}\n".encode() + "x;Alva;Åkerö\n".encode("latin-1"), "Rad 2, byte 8"),
        (f"{HEAD}\n{ROW}".encode("utf-16"), "UTF-16"),
        (f"{HEAD}\n".encode() + b"a\0b;c;d", "Rad 2 innehåller tecken"),
        (f'{HEAD}\n{ROW}\n20210325K069;"Alva;Ek\n', "Rad 3 går inte att dela upp"),
        ("Förnamn;Efternamn\nAlva;Ek", "saknar: Personnummer"),
        (f"{HEAD};Skostorlek\n{ROW};38", "kolumner som inte finns: Skostorlek"),
        (f"{HEAD};Förnamn\n{ROW};Eva", "Förnamn finns två gånger"),
        ("bara en rad text utan kolumner", "kolumner som inte finns"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "UTF-8"),
    ],
)
def test_an_unreadable_file_is_refused_with_a_sentence(tmp_path, content, says):
    with pytest.raises(ImportProblem) as caught:
        read(tmp_path, content)
    assert says in str(caught.value)


@pytest.mark.parametrize("kind", COLUMNS)
def test_the_template_can_be_read_and_says_what_is_expected(tmp_path, kind):
    found = read(tmp_path, template(kind), COLUMNS[kind])
    findings = Findings()
    assert read_cells(found[0], COLUMNS[kind], findings), findings.report


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.booleans(), st.sampled_from(sorted(COLUMNS)))
@example(b'"', True, "persons")
@example(b'\r"\r', True, "units")
@example("\u2028;\x85".encode(), True, "staff")
def test_no_bytes_break_the_reader(tmp_path, data, with_head, kind):
    columns = COLUMNS[kind]
    head = ";".join(column.name for column in columns).encode() + b"\n" if with_head else b""
    findings, problem = Findings(), "none"
    try:
        for row in read(tmp_path, head + data, columns):
            read_cells(row, columns, findings)
    except ImportProblem as found:
        problem = str(found)
    assert problem


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=30), min_size=1, max_size=15), st.sampled_from(sorted(COLUMNS)))
def test_no_cell_breaks_a_row(tmp_path, cells, kind):
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow(cells)
    head = ";".join(column.name for column in COLUMNS[kind])
    findings, problem = Findings(), "none"
    try:
        for row in read(tmp_path, f"{head}\n{out.getvalue()}".encode("utf-8", "replace"), COLUMNS[kind]):
            read_cells(row, COLUMNS[kind], findings)
    except ImportProblem as found:
        problem = str(found)
    assert problem
