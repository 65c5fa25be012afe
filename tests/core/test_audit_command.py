"""`samband audit`: what it says and with which exit code."""

import io
import re
import stat

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from samband.core.models import AuditEvent, AuditSeal
from samband.core.sealing import checkpoints, keys
from samband.core.sealing.sealing import seal
from tests.core.sealed import enter, findings, notes, old_month, owner, sealed

pytestmark = pytest.mark.django_db


def run(*args: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("audit", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_seal_and_verify():
    enter(3)
    assert run("seal") == ("Förseglade poster: 3, omgångar: 1.\n", "")
    said, _err = run("verify")
    assert said == "Granskade poster: 3, omgångar: 1.\nLoggen håller: inget är ändrat, borttaget eller inskjutet.\n"


def test_a_finding_is_said_and_the_exit_code_is_one():
    ids = sealed(2)
    out = io.StringIO()
    with owner() as sql:
        sql("UPDATE core_auditevent SET rule = 'A7' WHERE id = %s", [ids[0]])
        with pytest.raises(CommandError, match="Loggen håller inte") as error:
            call_command("audit", "verify", stdout=out)
    assert error.value.returncode == 1
    assert out.getvalue().startswith(f"■ Post {ids[0]} är ändrad")


def test_a_thousand_findings_are_counted_and_not_all_listed(monkeypatch):
    monkeypatch.setattr("samband.core.management.commands.audit.SHOWN", 2)
    sealed(1, 5)
    out = io.StringIO()
    with owner() as sql:
        sql("UPDATE core_auditevent SET rule = 'A7'")
        with pytest.raises(CommandError, match="Fynd: 5"):
            call_command("audit", "verify", stdout=out)
    assert out.getvalue().count("■") == 2
    assert "… och fler fynd: 3." in out.getvalue()


def test_progress_goes_to_the_error_stream(monkeypatch):
    monkeypatch.setattr("samband.core.management.commands.audit.STEP", 4)
    sealed(3, 4)
    assert run("verify")[1].splitlines() == ["Poster: 4 …", "Poster: 8 …", "Poster: 12 …"]


def test_in_english():
    sealed(1)
    assert "The audit holds" in run("--language", "en", "verify")[0]


def test_since_a_month_reads_only_what_came_then_and_the_whole_chain():
    ids = old_month()
    sealed(1, 4)
    said, _err = run("verify", "--since", "2020-01")
    assert "Granskade poster: 4, omgångar: 2." in said
    with owner() as sql:
        sql("UPDATE core_auditevent SET rule = 'A7' WHERE id = %s", [ids[0]])
        assert findings(since="2020-01") == []
        assert len(findings(since="2015-03")) == 1
        sql("UPDATE core_auditseal SET root = 'x' WHERE number = 1")
        assert findings(since="2020-01")


@pytest.mark.parametrize("month", ["2020", "2020-13", "march"])
def test_since_expects_a_month(month):
    with pytest.raises(CommandError, match="expected a month"):
        run("verify", "--since", month)


def test_thin():
    old_month()
    assert run("thin", "--dry-run")[0] == "2015-03 skulle gallras, poster: 5.\n"
    assert AuditEvent.objects.filter(period="2015-03").count() == 5
    assert run("thin")[0] == "2015-03 gallrad, poster: 5.\n"
    assert re.match(r"Inget att gallra: allt före \d{4}-\d\d", run("thin")[0])


def test_the_key_is_made_once_and_is_ones_own(settings):
    assert str(keys.public_path()) in run("key")[0]
    assert stat.S_IMODE(settings.AUDIT_KEY.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="redan en nyckel"):
        run("key")


def test_a_lost_key_is_not_replaced_where_something_was_signed(settings):
    sealed(1)
    settings.AUDIT_KEY.unlink()
    for part in ("key", "seal"):
        with pytest.raises(CommandError, match="saknas"):
            run(part)


def test_the_deployment_check_asks_for_the_key(settings):
    assert [e.id for e in run_checks(include_deployment_checks=True) if e.id.startswith("samband")] == ["samband.E001"]
    run("key")
    settings.AUDIT_KEY.chmod(0o644)
    assert [e.id for e in run_checks(include_deployment_checks=True) if e.id.startswith("samband")] == ["samband.E002"]
    settings.AUDIT_KEY.chmod(0o600)
    assert not [e.id for e in run_checks(include_deployment_checks=True) if e.id.startswith("samband")]


def restored(ids: list[int]) -> None:
    """The database as it was after the first batch."""
    with owner() as sql:
        sql("DELETE FROM core_auditsubject WHERE event_id > %s", [ids[3]])
        sql("DELETE FROM core_auditevent WHERE id > %s", [ids[3]])
        sql("DELETE FROM core_auditseal WHERE number > 1")


def test_a_restored_backup_is_accepted_with_a_reason_that_stays():
    restored(sealed(3))
    with pytest.raises(CommandError, match="samband audit accept"):
        run("seal")
    said, _err = run("accept", "--reason", "the disk broke")
    assert "efter omgång 1; omgångar till och med 3 är förlorade" in said
    run("seal")
    assert findings() == []
    assert any("the disk broke" in note for note in notes())
    assert AuditEvent.objects.get(action="audit.accept").detail == {
        "reason": "the disk broke",
        "seal": 1,
        "given_up": 3,
    }
    sealed(2)
    assert findings() == []
    with owner() as sql:
        sql("DELETE FROM core_auditseal WHERE number = (SELECT max(number) FROM core_auditseal)")
        assert "Svansen är avhuggen" in findings()[0]


def test_nothing_is_accepted_where_nothing_is_lost():
    sealed(1)
    with pytest.raises(CommandError, match="inget att godta"):
        run("accept", "--reason", "x")


def test_a_rebuilt_chain_is_not_accepted():
    ids = sealed(3)
    restored(ids)
    with owner() as sql:
        sql("UPDATE core_auditseal SET digest = 'x'")
    with pytest.raises(CommandError, match="inte ett tidigare skede"):
        run("accept", "--reason", "x")


def test_a_new_database_may_go_on_in_the_old_file():
    sealed(2)
    with owner() as sql:
        for table in ("core_auditsubject", "core_auditevent", "core_auditseal"):
            sql(f"DELETE FROM {table}")
    run("accept", "--reason", "begun anew")
    seal()
    assert AuditSeal.objects.get().number == 1
    assert findings() == []
    assert checkpoints.last().seal == 1
