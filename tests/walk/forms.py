"""The forms of a page as a browser would send them: read from the HTML, filled in by kind."""

from dataclasses import dataclass, field
from random import Random

import lxml.html
from django.core.files.uploadedfile import SimpleUploadedFile

from samband.core import clock

NASTY = (
    "", " ", "x" * 10_000, "a\x00b", "\u202eabc\u202c", "🙂" * 40, "'; DROP TABLE people_person; --", '"><img src=x onerror=qzx()>',
    "<script>qzx()</script>", "{{ 7|add:7 }}", "=HYPERLINK(\"http://qz\")", "+1+1", "-1+1", "@SUM(A1)", "a\r\nX-Qz-Injected: 1",
    "../../../../etc/passwd", "%00", "\ufeffx", "\u0301" * 50, "null", "-1", "99999999999999999999", "0", "1e400", "NaN", "½", "true",
    "0000-01-01", "9999-12-31", "2026-02-29", "2028-02-29", "2026-03-29", "02:30", "24:00", "25:61", "2026-13-40",
    "00000000-0000-0000-0000-000000000000", "not-a-uuid", "FREQ=SECONDLY", "FREQ=DAILY;COUNT=99999999", "javascript:qzx()",
    "\ud83d".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "[]", "{}", "1;2", "٣", "2026-11-26T02:30:00+99:99",
)  # fmt: skip
# Files that nobody asked for: (name, what the browser calls it, content). Names climb, lie, carry headers and marks; contents are
# empty, cut off, of another kind than they say, scripts, formulas, bombs and text in no encoding.
FILES = (
    ("tom.pdf", "application/pdf", b""), ("x.pdf", "application/pdf", b"%PDF-1.4\n%%EOF"), ("x.pdf", "application/pdf", b"MZ\x90\x00"),
    ("../../../../etc/passwd", "text/plain", b"a;b\n1;2\n"), ("x.html", "text/plain", b"<script>qzx()</script>"),
    ("<img src=x onerror=qzx()>.txt", "text/plain", b"hej"), ("a\r\nX-Qz-Injected: 1.txt", "text/plain", b"hej"),
    ("bild.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64), ("bild.jpg", "image/svg+xml", b"<svg onload='qzx()'/>"),
    ("x.csv", "text/csv", b"\xff\xfe\x00\xd8;" * 40), ("x.csv", "text/csv", "Namn;Telefon\n=HYPERLINK(1);\u202e1\n".encode()),
    ("x.csv", "text/csv", b'"' + b"a;" * 5000), ("x.csv", "text/csv", b"\x00" * 2000), ("x.zip", "application/zip", b"PK\x03\x04" * 9),
    ("x" * 300 + ".txt", "text/plain", b"hej"), ("\u202etxt.exe", "application/octet-stream", b"\x7fELF"),
    ("x.csv", "text/csv", ("Namn;Enhet\n" + "<script>qzx()</script>;1\n" * 50).encode()), ("", "", b"x"),
)  # fmt: skip
RAW = ("<script>qzx", "<img src=x onerror=qzx")


@dataclass
class Form:
    """`fields`: name → (kind, value as offered, values to choose from)."""

    action: str
    fields: dict[str, tuple[str, str, list[str]]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def filled(self, r: Random) -> dict[str, list[str] | str]:
        """As somebody fills it in who takes what is offered and writes a little."""
        return {
            name: _fill(r, kind, value, choices) for name, (kind, value, choices) in self.fields.items()
        } | self._press(r)

    def fuzzed(self, r: Random, foreign: list[str]) -> dict[str, list[str] | str]:
        """Filled in, but for one to three fields that hold what nobody asked for, or ids of somebody else's rows."""
        data = self.filled(r)
        for name in r.sample(list(self.fields), min(len(self.fields), r.randint(1, 3))) if self.fields else ():
            data[name] = r.choice(foreign) if foreign and r.random() < 0.3 else r.choice(NASTY)
        return data

    def odd_files(self, r: Random) -> dict[str, SimpleUploadedFile]:
        """For each field that takes a file one that nobody asked for."""
        return {name: _file(r.randrange(len(FILES))) for name in self.files}

    def with_file(self, number: int) -> dict[str, SimpleUploadedFile]:
        return {name: _file(number) for name in self.files}

    def swapped(self, r: Random, foreign: list[str]) -> dict[str, list[str] | str]:
        """Every id in it is exchanged for an id of a row about somebody whom the reader does not know."""
        data = self.filled(r)
        for name, (kind, value, _choices) in self.fields.items():
            if (
                kind in ("select", "radio", "checkbox", "hidden")
                and not name.startswith("csrf")
                and _id_like(value, name)
            ):
                data[name] = r.choice(foreign)
        return data

    def _press(self, r: Random) -> dict[str, str]:
        named = [pair for pair in self.buttons if pair[0]]
        return dict([r.choice(named)]) if named else {}


def _file(number: int) -> SimpleUploadedFile:
    """As the client sends it, whatever the name holds; Django's own class would clean it here already."""
    called, kind, content = FILES[number]
    made = SimpleUploadedFile("x", content, kind)
    made._name = called
    return made


def _id_like(value: str, name: str) -> bool:
    return value.isdigit() or len(value) == 36 or ":" in value or not value or "unit" in name


def _fill(r: Random, kind: str, value: str, choices: list[str]) -> list[str] | str:
    today = clock.today()
    if choices:
        wanted = [c for c in choices if c] or choices
        return value if value and r.random() < 0.5 else r.choice(wanted)
    if value:
        return value
    return {
        "date": f"{today:%Y-%m-%d}",
        "time": "09:00",
        "number": "1",
        "email": "a@example.org",
        "datetime-local": f"{today}T09:00",
    }.get(kind, f"Text {r.randrange(99)}")


def read(html: bytes, url: str) -> list[Form]:
    """The page's forms that are sent by POST, htmx's `hx-post` among them."""
    tree = lxml.html.document_fromstring(html.strip() or b"<p></p>")
    found = []
    for element in tree.iter("form"):
        action = element.get("hx-post") or element.get("action") or url
        if element.get("hx-post") or (element.get("method") or "get").lower() == "post":
            found.append(_form(element, action))
    return [f for f in found if f.action.startswith("/") and "logout" not in f.action]


def _form(element: lxml.html.HtmlElement, action: str) -> Form:
    form = Form(action.split("#")[0])
    for part in element.iter("input", "select", "textarea", "button"):
        name, kind = part.get("name") or "", (part.get("type") or part.tag).lower()
        if part.tag == "button" or kind == "submit":
            form.buttons.append((name, part.get("value") or ""))
        elif name and kind == "file":
            form.files.append(name)
        elif name and kind != "reset":
            _put(form, part, name, kind)
    return form


def _put(form: Form, part: lxml.html.HtmlElement, name: str, kind: str) -> None:
    if part.tag == "select":
        values = [option.get("value", option.text or "") for option in part.iter("option")]
        chosen = [option.get("value", "") for option in part.iter("option") if option.get("selected") is not None]
        form.fields[name] = ("select", chosen[0] if chosen else "", values)
    elif kind in ("radio", "checkbox"):
        old = form.fields.get(name, (kind, "", []))
        value = part.get("value", "on")
        form.fields[name] = (kind, value if part.get("checked") is not None else old[1], [*old[2], value])
    else:
        form.fields[name] = (kind, (part.text or "") if part.tag == "textarea" else part.get("value") or "", [])
