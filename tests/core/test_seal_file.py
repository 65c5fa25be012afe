"""Somebody touches the file of checkpoints or the keys: found, and nothing is signed over it."""

import shutil

import pytest

from samband.core.sealing import checkpoints, keys
from samband.core.sealing.keys import SealError
from samband.core.sealing.sealing import seal
from tests.core.sealed import enter, findings, owner, rebuild, sealed

pytestmark = pytest.mark.django_db


def edit(place, old, new):
    """In one line of the file."""

    def change(path):
        lines = path.read_bytes().splitlines(keepends=True)
        assert old in lines[place]
        lines[place] = lines[place].replace(old, new, 1)
        path.write_bytes(b"".join(lines))

    return change


def drop(*places):
    def change(path):
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(line for at, line in enumerate(lines) if at - len(lines) not in places))

    return change


FILE = {
    "a line edited": (edit(2, b'"seal":2', b'"seal":1'), "rad 3 är ändrad"),
    "its date edited": (edit(1, b'"at":"20', b'"at":"19'), "rad 2 är ändrad"),
    "a signature edited": (edit(3, b"==\n", b"AA\n"), "rad 4 är ändrad"),
    "garbage": (edit(1, b'{"kind"', b"\xff{"), "rad 2 är ändrad"),
    "a line removed": (drop(-2), "rad 3 följer inte på raden före"),
    "the first line removed": (drop(-4), "rad 1 följer inte på raden före"),
    "cut by two": (drop(-1, -2), "Omgång 3 förseglades efter en annan rad"),
    "emptied": (lambda path: path.write_bytes(b""), "Kontrollpunkterna saknas"),
    "missing": (lambda path: path.unlink(), "Kontrollpunkterna saknas"),
}


@pytest.mark.parametrize(("tamper", "says"), FILE.values(), ids=FILE.keys())
def test_tampering_with_the_file_is_found(tamper, says):
    sealed()
    tamper(checkpoints.path())
    assert any(says in sentence for sentence in findings())


@pytest.mark.parametrize("name", ["a line edited", "emptied", "missing", "cut by two"])
def test_nothing_is_signed_over_a_file_that_was_touched_at_its_end(name):
    sealed()
    checkpoints.path().write_bytes(b"".join(checkpoints.path().read_bytes().splitlines(keepends=True)[:3]))
    FILE[name][0](checkpoints.path())
    enter(2)
    if name == "cut by two":
        seal()  # what follows on a signed seal may be what a stop left; verifying finds the lost line
    else:
        with pytest.raises(SealError):
            seal()
    assert findings()


def test_another_key_is_found(tmp_path, settings):
    sealed()
    ours = keys.public_path().read_bytes()
    settings.AUDIT_DIR, settings.AUDIT_KEY = tmp_path / "other", tmp_path / "other" / "signing-key.pem"
    settings.AUDIT_DIR.mkdir()
    checkpoints.begin()
    theirs = keys.public_path()
    mine = tmp_path / "mine.pem"
    mine.write_bytes(ours)
    assert any("signerad med en annan nyckel" in s for s in findings(public=mine))
    assert any("hör inte till den hemliga" in s for s in findings(public=mine))
    assert not any("nyckel" in s for s in findings(public=theirs))


def test_a_missing_public_key_is_found():
    sealed()
    keys.public_path().unlink()
    assert any("Den öppna nyckeln" in s for s in findings())


def test_the_public_key_alone_is_enough(tmp_path, settings):
    """The reviewer has a copy of the file and the public key, and reads the database."""
    ids = sealed()
    public, file = tmp_path / "public.pem", tmp_path / "copy.jsonl"
    shutil.copy(keys.public_path(), public)
    shutil.copy(checkpoints.path(), file)
    settings.AUDIT_DIR, settings.AUDIT_KEY = tmp_path / "none", tmp_path / "none" / "key"
    assert findings(public=public, file=file) == []
    with owner() as run:
        rebuild(run, ids)
        assert findings(public=public, file=file)
