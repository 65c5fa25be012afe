"""All pools at once: a report for each, their sum, each municipality by itself; who sees them."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from samband.resources.models import Loan, Pool, PoolUnit, WorthReport
from samband.resources.rules.worth_county import county
from samband.resources.services import worth, worth_all
from tests.resources.days import DAY
from tests.resources.worth_world import busy

pytestmark = pytest.mark.usefixtures("standing")


def spread(mean: float, low: float, high: float) -> dict[str, float]:
    return {"mean": mean, "low": low, "high": high}


def a_result(won: list[float], apart: float, visits: int = 10) -> dict:
    mean = sum(won) / len(won)
    joint = apart - mean
    return {
        "days": ["2026-11-24"], "seeds": [1, 2], "visits": visits, "staff": 3, "again": 1.0,
        "gain": {**spread(mean, min(won), max(won)), "by_seed": won, "percent": spread(100 * mean / apart, 0, 0)},
        "figures": [{"key": "cost", "apart": spread(apart, apart, apart), "joint": spread(joint, joint, joint)}],
        "persons": {"all": spread(4, 4, 4), "gain": spread(1, 1, 1)},
    }  # fmt: skip


def test_what_pools_gain_adds_up_round_by_round():
    found = county({"A": a_result([10, 20], 100), "B": a_result([30, 10], 300, 5)})
    assert found["gain"] == {"mean": 35.0, "low": 30.0, "high": 40.0, "percent": spread(8.75, 8.75, 8.75)}
    assert (found["visits"], found["again"], found["persons"]["all"]["mean"]) == (15, 2.0, 8)
    (cost,) = found["figures"]
    assert (cost["apart"]["mean"], cost["joint"]["mean"]) == (400, 365)
    assert [(row["pool"], row["cost"]["joint"]) for row in found["pools"]] == [("A", 85), ("B", 280)]


def test_with_other_rounds_the_bounds_are_those_of_all():
    found = county({"A": a_result([10, 20], 100), "B": a_result([30], 300)})
    assert (found["gain"]["low"], found["gain"]["high"]) == (40, 50)


@pytest.fixture
def two(days):
    """A pool of two organisations, and one where a single organization plans alone."""
    busy(days)
    other = Pool.objects.create(name="Ensamma")
    PoolUnit.objects.create(pool=other, unit=days.unit("elsewhere"), starts_on="2026-01-01")
    assert Loan.objects.count() == 2
    return days


def asked(days, who: str = "administrator"):
    return worth_all.ask(days.world.actor(who), worth_all.Wish(DAY, DAY, 1, (1, 2)))


def test_a_report_for_each_pool_of_several_organisations(two):
    made = asked(two)
    assert [r.pool.name for r in made] == ["Poolen"]
    assert made[0].batch
    while worth.work(made[0], processes=1, iterations=100):
        made[0].refresh_from_db()
    found = worth_all.together(worth_all.of_batch(two.world.actor("administrator"), made[0]))
    assert [r.pool.name for r in found.done] == ["Poolen"]
    assert found.blocks[0].rows[0][0] == "Poolen"
    assert "Tillsammans" in found.headline or "Samma behov" in found.headline


def test_the_form_the_wait_and_the_sum(two):
    client = two.world.client("administrator")
    page = client.get(reverse("resources:worth_new_all")).content.decode()
    assert "Ensamma" in page
    bad = client.post(
        reverse("resources:worth_new_all"), {"first": f"{DAY}", "last": "2026-11-01", "seconds": 1, "rounds": 2}
    )
    assert (bad.status_code, WorthReport.objects.count()) == (422, 0)
    answer = client.post(
        reverse("resources:worth_new_all"), {"first": f"{DAY}", "last": f"{DAY}", "seconds": 1, "rounds": 1}
    )
    report = WorthReport.objects.get()
    url = reverse("resources:worth_together", args=[report.public_id])
    assert answer.url == url
    assert "Räknas än" in client.get(url).content.decode()
    while worth.work(report, processes=1, iterations=100):
        report.refresh_from_db()
    page = client.get(url).content.decode()
    assert "Kommun för kommun" in page
    assert client.get(url, headers={"hx-request": "true"}).headers["HX-Refresh"] == "true"
    assert "Alla pooler tillsammans" in client.get(reverse("resources:worth")).content.decode()


def test_who_sees_it(two):
    (report,) = asked(two)
    for who in ("nurse", "stranger", "self"):
        if who in two.world.users:
            client = two.world.client(who)
            for url in (
                reverse("resources:worth_new_all"),
                reverse("resources:worth_together", args=[report.public_id]),
            ):
                assert client.get(url).status_code in (403, 404)


def test_of_another_pool_nothing_is_in_the_sum(two):
    (mine,) = asked(two)
    other = WorthReport.objects.create(
        pool=Pool.objects.get(name="Ensamma"), first=DAY, last=DAY, seeds=[1], batch=mine.batch, parties=[]
    )
    seen = lambda who: {r.pk for r in worth_all.of_batch(two.world.actor(who), mine)}  # noqa: E731
    assert (seen("coordinator"), seen("administrator")) == ({mine.pk}, {mine.pk, other.pk})


def test_the_command_counts_every_pool(two, capsys):
    call_command("worth", "--all", "--first", f"{DAY}", "--seconds", "1", "--processes", "1")
    out = capsys.readouterr().out
    assert "Kommun för kommun" in out
    assert "Poolen" in out
