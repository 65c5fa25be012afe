"""Production settings: nothing of the demo, no default key, and Django's own deployment check is clean."""

import secrets
import subprocess
import sys

import pytest

from samband.web import checks
from tests.web.servers import ROOT, clean_env

KEY = secrets.token_urlsafe(60)


def samband(*args: str, **env: str) -> subprocess.CompletedProcess:
    good = {
        "SAMBAND_MODE": "production",
        "SAMBAND_SECRET_KEY": KEY,
        "SAMBAND_HOSTS": "samband.example",
        "SAMBAND_AUDIT_KEY": f"{env['SAMBAND_VAR']}/audit-key.pem",
    }
    settings = clean_env(**{**good, **env})
    return subprocess.run(
        [sys.executable, "-m", "samband", *args], env=settings, cwd=ROOT, capture_output=True, text=True, timeout=60
    )


def test_the_deployment_check_is_clean(tmp_path):
    assert samband("audit", "key", SAMBAND_VAR=str(tmp_path)).returncode == 0
    done = samband("check", "--deploy", "--fail-level", "WARNING", SAMBAND_VAR=str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({"SAMBAND_DEBUG": "1"}, "SAMBAND_DEBUG is on"),
        ({"SAMBAND_CLOCK_OFFSET": "60"}, "SAMBAND_CLOCK_OFFSET is set"),
        ({"SAMBAND_CLOCK_OFFSET": "an hour"}, "expected a whole number"),
        ({"SAMBAND_DEMO_LOGINS": "1"}, "SAMBAND_DEMO_LOGINS is on"),
        ({"SAMBAND_SECRET_KEY": ""}, "SAMBAND_SECRET_KEY is missing"),
        ({"SAMBAND_AUDIT_KEY": ""}, "SAMBAND_AUDIT_KEY is missing"),
        ({"SAMBAND_AUDIT_YEARS": "4"}, "SAMBAND_AUDIT_YEARS is '4'; expected a whole number from 5 to 100"),
        ({"SAMBAND_SECRET_KEY": "short"}, "SAMBAND_SECRET_KEY is too short"),
        ({"SAMBAND_SECRET_KEY": "django-insecure-" + KEY}, "SAMBAND_SECRET_KEY is too short or a default"),
        ({"SAMBAND_MODE": "prod"}, "expected one of demo, production"),
        ({"SAMBAND_DEBUG": "maybe"}, "expected 1 or 0"),
    ],
)
def test_production_refuses_in_one_sentence(tmp_path, env, says):
    done = samband("check", SAMBAND_VAR=str(tmp_path), **env)
    assert done.returncode != 0
    assert says in done.stderr


def test_A16_a_provider_without_a_demanded_level_is_said_at_the_check(settings):
    settings.OIDC_ISSUER = "https://login.example"
    assert [row.id for row in checks.level(None)] == ["samband.W016"]
    settings.OIDC_AMR = ["sc"]
    assert checks.level(None) == []


def test_the_demo_county_is_refused_in_production(tmp_path):
    done = samband("demo", SAMBAND_VAR=str(tmp_path))
    assert done.returncode != 0


def test_demo_mode_listens_on_this_machine_only(tmp_path):
    done = samband("serve", "--host", "0.0.0.0", SAMBAND_VAR=str(tmp_path), SAMBAND_MODE="demo")
    assert done.returncode == 1
    assert "127.0.0.1 only" in done.stderr
