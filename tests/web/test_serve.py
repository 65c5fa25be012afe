"""`samband serve` as it is: a real process, its children, its logs."""

import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from urllib.error import HTTPError

import pytest

from tests.web.servers import ROOT, alive, clean_env, serving

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]
NUMBER = "18900130-9815"  # from the published list of test numbers
SEARCH = "Qvarnström"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("serve")) as found:
        yield found


class Browser:
    """Cookies and CSRF, nothing more."""

    def __init__(self, address: str):
        self.address = address
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> tuple[int, str]:
        return self._open(urllib.request.Request(self.address + path))

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        token = next((c.value for c in self.jar if c.name == "csrftoken"), "")
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self._open(urllib.request.Request(self.address + path, data=data))

    def _open(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=20) as reply:
                return reply.status, reply.read().decode()
        except HTTPError as reply:
            with reply:
                return reply.code, reply.read().decode(errors="replace")


def log_in(server, role: str) -> Browser:
    browser = Browser(server.address)
    _status, page = browser.get("/login/")
    block = next(b for b in page.split("<li>") if f'web-role">{role}<' in b)
    browser.post("/login/demo/", user=re.search(r'name="user" value="([^"]+)"', block)[1])
    status, _page = browser.get("/choose/")
    assert status == 200
    return browser


def test_it_greets_with_its_address_and_one_log_in_for_each_role(server):
    out = server.log()
    assert f"Samband answers at {server.address}/" in out
    for role in ("Samordnare", "Sjuksköterska", "Läkare", "Personen själv", "Närstående"):
        assert out.count(f"\n  {role} ") == 1


def test_no_number_and_no_search_text_in_any_log(server):
    browser = log_in(server, "Samordnare")
    places = ["/", "/login/", "/my/", "/people/", "/search/", "/nothing-here/"]
    for place in places:
        query = urllib.parse.urlencode({"q": SEARCH, "number": NUMBER})
        browser.get(f"{place}?{query}")
        browser.get(f"{place}{NUMBER}/")
        browser.post(place, q=SEARCH, number=NUMBER, reason="akut")
        browser.post(f"{place}?{query}", q=NUMBER)
    raw = urllib.request.Request(f"{server.address}/login/?q={NUMBER}", headers={"Referer": f"http://x/?q={NUMBER}"})
    urllib.request.urlopen(raw).close()
    time.sleep(0.5)
    log = server.log()
    assert "GET /login/ 200" in log, "requests are logged"
    for secret in (NUMBER, NUMBER.replace("-", ""), NUMBER[2:], SEARCH, urllib.parse.quote(SEARCH)):
        assert secret not in log, secret
    assert "?" not in (server.var / "access.log").read_text()


def test_a_request_line_that_is_no_http_is_not_repeated_in_the_log(server):
    import socket

    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(f"GET /people/?q={SEARCH}&n={NUMBER} NONSENSE/9.9\r\n\r\n".encode())
        line.recv(1000)
    time.sleep(0.3)
    assert NUMBER not in server.log()
    assert SEARCH not in server.log()


def test_every_page_forbids_inline_code(server):
    for role in ("Samordnare", "Personen själv"):
        browser = log_in(server, role)
        for path in ("/", "/login/", "/choose/", "/my/", "/my/plan/", "/nothing-here/", "/design/"):
            try:
                with browser.opener.open(server.address + path) as reply:
                    policy = reply.headers["Content-Security-Policy"]
            except HTTPError as error:
                policy = error.headers["Content-Security-Policy"]
                error.close()
            assert "default-src 'none'" in policy, path
            assert "unsafe" not in policy, path


def test_a_foreign_host_name_is_refused(server):
    request = urllib.request.Request(f"{server.address}/login/", headers={"Host": "samband.example"})
    with pytest.raises(HTTPError) as caught:
        urllib.request.urlopen(request)
    caught.value.close()
    assert caught.value.code == 400


def test_a_taken_port_is_one_clear_line(server, tmp_path):
    port = server.address.rpartition(":")[2]
    command = [sys.executable, "-m", "samband", "serve", "--port", port]
    done = subprocess.run(
        command, env=clean_env(SAMBAND_VAR=str(tmp_path)), cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [
        f"CommandError: Port {port} is taken. Choose another: make run PORT={int(port) + 1}"
    ]


def test_a_dead_worker_comes_back(server):
    first = server.children()["worker"]
    os.kill(first, signal.SIGKILL)
    assert server.until("The worker ended")
    end = time.monotonic() + 20
    while time.monotonic() < end and server.children().get("worker", first) == first:
        time.sleep(0.2)
    assert server.children()["worker"] != first
    assert alive(server.address), "the web server went on"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_whoever_stops_it_stops_all_of_it(tmp_path, how):
    with serving(tmp_path) as server:
        children = server.children()
        assert set(children) == {"gunicorn", "worker"}
        server.process.send_signal(how)
        assert server.process.wait(40) == (0 if how != signal.SIGKILL else -signal.SIGKILL)
        end = time.monotonic() + 25
        while time.monotonic() < end and any(os.path.exists(f"/proc/{pid}") for pid in children.values()):
            time.sleep(0.2)
        assert not [name for name, pid in children.items() if os.path.exists(f"/proc/{pid}")]
        assert not alive(server.address)
