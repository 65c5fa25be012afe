"""Travel times: the straight line, and a service that speaks OSRM's table API, on a server of our own that can also fail."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from samband.resources.travel import Point, osrm
from samband.resources.travel.line import StraightLine
from samband.resources.travel.osrm import Osrm

HEBY, SALA, TIERP = Point(59.94, 16.86), Point(59.92, 16.61), Point(60.34, 17.51)
HIDDEN = Point(59.9512345, 16.8712345, private=True)


class Service:
    """Answers tables: a minute for each hundredth of a degree of longitude; `say` replaces the answer."""

    def __init__(self):
        self.asked: list[str] = []
        self.say = None
        self.status = 200
        self.slow = 0.0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append(self.path)
                time.sleep(outer.slow)
                body = outer.say if outer.say is not None else outer.table(self.path)
                self.send_response(outer.status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @staticmethod
    def table(path: str) -> bytes:
        where, _, query = path.partition("?")
        _, _, _, _profile, points = where.split("/")
        places = [tuple(map(float, p.split(","))) for p in points.split(";")]
        asked = dict(pair.split("=") for pair in query.replace("%3B", ";").split("&"))
        rows, columns = ([int(k) for k in asked[name].split(";")] for name in ("sources", "destinations"))
        durations = [[abs(places[a][0] - places[b][0]) * 6000 for b in columns] for a in rows]
        return json.dumps({"code": "Ok", "durations": durations}).encode()


@pytest.fixture
def service():
    made = Service()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_the_straight_line_is_longer_on_foot_and_nothing_at_the_same_door():
    points = [HEBY, SALA, HEBY]
    car, foot = (StraightLine().minutes(means, points) for means in ("car", "foot"))
    assert car[0, 2] == car[0, 0] == 0
    assert 15 < car[0, 1] < 40 < 150 < foot[0, 1]
    assert np.array_equal(car, car.T)


def test_a_service_is_asked_for_coordinates_and_nothing_else(service):
    found = Osrm(service.address).minutes("car", [HEBY, SALA, TIERP])
    assert found[0, 1] == pytest.approx(25 + 2, abs=0.2)  # and two minutes to the door
    assert service.asked[0].split("?")[0] == "/table/v1/driving/16.86000,59.94000;16.61000,59.92000;17.51000,60.34000"


def test_what_is_known_is_not_asked_again(service):
    source = Osrm(service.address)
    source.minutes("car", [HEBY, SALA])
    source.minutes("car", [SALA, HEBY])
    assert len(service.asked) == 1
    source.minutes("bike", [SALA, HEBY])
    source.minutes("car", [SALA, HEBY, TIERP])
    assert len(service.asked) == 3


def test_protected_homes_are_never_told(service):
    points = [HEBY, HIDDEN, SALA]
    found = Osrm(service.address).minutes("car", points)
    assert not any("16.87" in path or "59.95" in path for path in service.asked)
    line = StraightLine().minutes("car", points)
    assert np.array_equal(found[1], line[1])
    assert np.array_equal(found[:, 1], line[:, 1])
    assert found[0, 2] != line[0, 2]
    Osrm(service.address).minutes("car", [HIDDEN, Point(1, 2, private=True)])
    assert len(service.asked) == 1


def test_many_places_are_asked_in_blocks(service):
    points = [Point(59 + k / 1000, 16 + k / 1000) for k in range(120)]
    found = Osrm(service.address).minutes("car", points)
    assert len(service.asked) == 9
    assert all(path.count(",") <= 100 for path in service.asked)
    assert found[3, 119] == pytest.approx(11.6 + 2, abs=0.11)


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"nonsense", b"[]", b"{}", b'{"code": "InvalidQuery"}', b'{"code": "Ok"}', b'{"code": "Ok", "durations": [[0]]}',
        b'{"code": "Ok", "durations": [[0, -5], [3, 0]]}', b'{"code": "Ok", "durations": [[0, "x"], [3, 0]]}',
        b'{"code": "Ok", "durations": [[0, NaN], [3, 0]]}', b'{"code": "Ok", "durations": [[0, 9e9], [3, 0]]}',
        b'{"code": "Ok", "durations": [[0, 1], [3]]}', b'{"code": "Ok", "durations": 7}', b"\xff\xfe\x00", b"[" * 100_000,
    ],
)  # fmt: skip
def test_nonsense_is_the_straight_line(service, answer):
    service.say = answer
    found = Osrm(service.address).minutes("car", [HEBY, SALA])
    assert np.array_equal(found, StraightLine().minutes("car", [HEBY, SALA]))


def test_where_there_is_no_way_it_is_the_straight_line(service):
    service.say = b'{"code": "Ok", "durations": [[0, null], [600, 0]]}'
    found = Osrm(service.address).minutes("car", [HEBY, SALA])
    assert (found[0, 1], found[1, 0]) == (StraightLine().minutes("car", [HEBY, SALA])[0, 1], 12.0)


@pytest.mark.parametrize("status", [301, 400, 429, 500, 503])
def test_an_error_is_the_straight_line_and_the_service_is_left_alone_a_while(service, status, monkeypatch):
    service.status = status
    source = Osrm(service.address)
    source.minutes("car", [HEBY, SALA])
    source.minutes("car", [HEBY, SALA])
    assert len(service.asked) == 1
    service.status = 200
    monkeypatch.setattr(osrm, "REST", 0.0)
    assert source.minutes("car", [HEBY, SALA])[0, 1] == pytest.approx(27, abs=0.2)


def test_a_slow_service_is_not_waited_for(service, monkeypatch):
    monkeypatch.setattr(osrm, "TIMEOUT", (0.2, 0.2))
    service.slow = 1.0
    begun = time.monotonic()
    Osrm(service.address).minutes("car", [HEBY, SALA])
    assert time.monotonic() - begun < 0.9


def test_a_service_that_is_down(monkeypatch):
    found = Osrm("http://127.0.0.1:1").minutes("car", [HEBY, SALA])
    assert np.array_equal(found, StraightLine().minutes("car", [HEBY, SALA]))


def test_buses_have_no_table(service):
    Osrm(service.address).minutes("transit", [HEBY, SALA])
    assert service.asked == []
