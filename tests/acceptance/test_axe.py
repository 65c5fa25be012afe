"""Axe finds nothing serious: every page that each role can reach by links, desktop and phone, and the colours in the dark.

Pages are found by following links, one address per URL of the table, so that a new page joins by itself.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, ViewportSize

from tests.acceptance.conftest import DESKTOP, PHONE
from tests.tools import axe

SERIOUS = {"serious", "critical"}
MOST = 200  # pages a role; one address per URL pattern, so this is never reached today
ENOUGH = 1  # roles for whom a page is looked at; whoever comes later only follows its links
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE = {"type": "tag", "values": WCAG}
COLOURS = {"type": "rule", "values": ["color-contrast"]}  # all that the dark look can change

pytestmark = pytest.mark.skipif(shutil.which("npm") is None, reason="axe needs npm: apt-get install npm")


@pytest.fixture(scope="session")
def axe_script() -> str:
    return axe.script()


@pytest.fixture(scope="session")
def looked() -> Counter[str]:
    """For how many roles each kind of page has been looked at."""
    return Counter()


def pattern(path: str) -> str:
    """`/persons/<uuid>/plan/` for any person: one page of each kind is enough."""
    parts = ["*" if len(part) == 36 and part.count("-") == 4 else part for part in path.split("/")]
    return "/".join("*" if any(c.isdigit() for c in part) else part for part in parts)


def walk(page: Page) -> Iterator[str]:
    """The addresses reached from where the page is, breadth first, one for each pattern."""
    base = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    queue, known = [urlsplit(page.url).path], set()
    while queue and len(known) < MOST:
        path = queue.pop(0)
        if pattern(path) in known:
            continue
        known.add(pattern(path))
        try:
            response = page.goto(base + path)
        except Error as error:
            if "Download is starting" not in str(error):
                raise
            continue  # a file, not a page
        if response is None or "text/html" not in response.headers.get("content-type", ""):
            continue
        yield path
        links = page.locator("a[href^='/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        queue.extend(urlsplit(link).path for link in links if not link.startswith("/static/") and "export" not in link)


# The line with the name goes away when the header is in sight, which is told to the page with the frames after the change.
SETTLED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20))))"
LOOKS = [
    (DESKTOP, "light", EVERY_RULE),
    (PHONE, "dark", COLOURS),
    (PHONE, "light", EVERY_RULE),
]


def problems(page: Page, path: str) -> list[str]:
    """Serious findings of axe in every look of the page that is open, and pages wider than the screen.

    The page is loaded once: size and colours change under it, as they do for somebody who turns the phone.
    """
    found = []
    for size, colours, rules in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=colours, reduced_motion="reduce")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        look = f"{path} ({size['width']} px, {colours})"
        if wide > 1:
            found.append(f"{look}: the page is {wide} px wider than the screen")
        found += [f"{look}: {line}" for line in _axe(page, size, rules)]
    return found


def _axe(page: Page, size: ViewportSize, rules: dict) -> list[str]:
    # The bars stay at the edges of the window; on a whole page in a tall window nothing lies half under them by chance.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": height})
    page.evaluate(SETTLED)
    # What happens to lie half under a bar that stays at the foot is scrolled free by a flick: size is measured without it.
    page.evaluate("document.querySelectorAll('.bottombar, .keyrow').forEach(bar => { bar.style.position = 'static' })")
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
    return [
        f"{v['id']} ({v['impact']}): {v['nodes'][0]['html'][:160]} — {v['nodes'][0]['failureSummary'][:200]}"
        for v in found["violations"]
        if v["impact"] in SERIOUS
    ]


ROLES = ["coordinator", "planner", "nurse", "physician", "person", "relative", "administrator", "reviewer", "outside"]


@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing_serious(open_as, demo_login, axe_script, looked, role):
    page = open_as(demo_login(role))
    found, seen = [], 0
    for path in walk(page):
        seen += 1
        looked[pattern(path)] += 1
        if looked[pattern(path)] > ENOUGH:
            continue
        # CSP forbids eval in the page; Playwright's own evaluation is outside it.
        page.evaluate(axe_script)
        found += problems(page, path)
    assert not found, "\n".join(found)
    assert seen >= 2
