"""A real server with the demo county, and a real Chromium. Pages are opened as a user opens them."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.acceptance.county import Shared, loaded
from tests.acceptance.hours import offset, played_at
from tests.tools.postgres import free_port
from tests.tools.tables import laid_out

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-quic", "--no-first-run",
]  # fmt: skip
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed: apt-get install chromium"))


@pytest.fixture(scope="session", autouse=True)
def shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The folder that all processes of this run have in common: with several, each has a folder of its own in it."""
    own = tmp_path_factory.getbasetemp()
    Shared.home = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `samband serve` on an SQLite file of its own, with the demo county."""
    with serving(tmp_path_factory.mktemp("var")) as address:
        yield address


@contextmanager
def serving(var: Path, port: int | None = None, **more: str) -> Iterator[str]:
    """`samband serve` on the database in `var`, with further settings; by its clock it is `played_at()`."""
    port = port or free_port()
    ours = {
        "SAMBAND_VAR": str(var),
        "SAMBAND_MODE": "demo",
        "PORT": str(port),
        "SAMBAND_LOCAL_LOGINS": "1",
        "SAMBAND_DEMO_PLAN": "0",
        "SAMBAND_CLOCK_OFFSET": offset(played_at()),
    }
    env = {**os.environ, **ours, **more}
    env.pop("DATABASE_URL", None)
    if "SAMBAND_CLOCK_OFFSET" in more:
        laid_out(var)
    else:
        loaded(var, env)
    samband = [sys.executable, "-m", "samband"]
    with (var / "server.log").open("w") as log:
        process = subprocess.Popen([*samband, "serve"], env=env, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield _wait(f"http://127.0.0.1:{port}", process, var / "server.log")
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen, log: Path) -> str:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped:\n{log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):
                return address
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the server did not answer:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield started
    started.close()


@pytest.fixture(scope="session")
def demo_login() -> Callable[[str], str]:
    """The first demo log-in of a role: `demo_login("coordinator")`."""
    from samband.demo.logins import LOGINS

    return lambda role: next(login.username for login in LOGINS if login.role == role)


@pytest.fixture
def open_as(browser: Browser, server: str) -> Iterator:
    """`open_as("coordinator", phone=True)`: a page in a browser of its own, logged in through the demo log-in page."""
    contexts: list[BrowserContext] = []

    def open_page(username: str, phone: bool = False, dark: bool = False, at: str = server) -> Page:
        context = browser.new_context(
            base_url=at,
            viewport=PHONE if phone else DESKTOP,
            color_scheme="dark" if dark else "light",
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto("/login/")
        # Further log-ins are folded away.
        page.locator("details").evaluate_all("all => all.forEach(d => { d.open = true })")
        page.locator(f"form:has(input[name=user][value={username!r}]) button").first.click()
        page.wait_for_load_state()
        assert "/login/" not in page.url, f"{username} could not log in"
        return page

    yield open_page
    for context in contexts:
        context.close()
