"""The life of an import run: received, dry run, committed whole or not at all, found again when its process was killed."""

import os
import socket
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from samband.core import audit, clock
from samband.core.folders import private
from samband.core.policy import Actor
from samband.core.uploads import UploadRefused, limited, no_other_kind, safe_name
from samband.people.models import ImportRun
from samband.people.services.imports.findings import Findings
from samband.people.services.imports.persons import Persons
from samband.people.services.imports.reader import ImportProblem, Said, rows
from samband.people.services.imports.staff import StaffRows
from samband.people.services.imports.units import Units

IMPORTERS: dict[str, type] = {"persons": Persons, "units": Units, "staff": StaffRows}
SILENT_AFTER = timedelta(minutes=3)
KEEP_FILE = timedelta(days=7)
Status = ImportRun.Status

TOO_BIG = gettext_noop("Filen är större än %(mb)d MB. Dela den i flera filer.")
FILE_GONE = gettext_noop("Filen finns inte kvar. Lämna in den igen.")
COLLIDED = gettext_noop("Något i filen lades in av någon annan under tiden. Inget har lästs in. Provkör igen.")
BROKEN = gettext_noop("Något gick fel och inget har lästs in. Felet är noterat för driften.")


def receive(kind: str, name: str, chunks: Iterable[bytes], actor: Actor) -> ImportRun:
    """Keep the file, piece by piece, and enter the run.

    Raises ImportProblem for a file above the limit, UploadRefused for one that is no text at all.
    """
    run = ImportRun(
        kind=kind, file_name=safe_name(name, (".csv",)), started_by_id=actor.assignment_id, actor=_kept(actor)
    )
    private(run.path.parent)
    try:
        with run.path.open("xb") as file:
            os.chmod(run.path, 0o600)
            for chunk in limited(chunks):
                if not run.size:
                    no_other_kind(chunk, "CSV")
                run.size += len(chunk)
                file.write(chunk)
        with transaction.atomic():
            run.save()
            audit.record(actor, "import.receive", thing=run, kind=kind, size=run.size)
    except BaseException as error:
        run.path.unlink(missing_ok=True)
        if isinstance(error, UploadRefused) and error.status == 413:
            raise too_big() from error
        raise
    return run


def too_big() -> ImportProblem:
    return ImportProblem(TOO_BIG, mb=settings.UPLOAD_MAX_BYTES // 1024 // 1024)


def check(run: ImportRun) -> ImportRun:
    """The dry run: read everything, change nothing but the run itself."""
    if not claim(run, Status.UPLOADED):
        return run
    found = _prepared(run)
    if found is not None:
        _tell(run, found, Status.CHECKED)
        run.save()
    return run


def commit(run: ImportRun) -> ImportRun:
    """Enter all rows in one transaction, or none; that it is done is written in the same transaction."""
    if not claim(run, Status.RUNNING):
        return run
    found = _prepared(run)
    if found is None:
        return run
    if found.wrong:
        # The file was sound at the dry run; what it points to has changed since.
        _tell(run, found, Status.CHECKED)
        run.committing = False
        run.save()
        return run
    try:
        with transaction.atomic():
            _enter(run, found)
    except IntegrityError:
        return _failed(run, COLLIDED)
    except Exception:
        _failed(run, BROKEN)
        raise
    run.path.unlink(missing_ok=True)
    return run


def _enter(run: ImportRun, found: Findings) -> None:
    actor = Actor(**run.actor)
    persons = IMPORTERS[run.kind]().save(found, actor)
    _tell(run, found, Status.DONE)
    run.finished_at = clock.now()
    run.save()
    audit.record(actor, "import.run", persons=persons, thing=run, kind=run.kind, new=run.rows_new, known=run.rows_known)


def begin_commit(run: ImportRun, actor: Actor) -> bool:
    """From a sound dry run to a commit that waits for a worker."""
    return run.committable and _move(run, [Status.CHECKED], Status.RUNNING, actor, "import.commit", committing=True)


def again(run: ImportRun, actor: Actor) -> bool:
    """Start an interrupted or failed run over: nothing of it was entered, so nothing can come twice."""
    if not run.path.exists():
        return False
    to = Status.RUNNING if run.committing else Status.UPLOADED
    return _move(run, [Status.INTERRUPTED, Status.FAILED], to, actor, "import.again", rows_done=0, problem={})


def drop(run: ImportRun, actor: Actor) -> bool:
    """Throw away a file that was not committed, and its run; that it was there stays in the audit."""
    waiting = [Status.CHECKED, Status.FAILED, Status.INTERRUPTED]
    with transaction.atomic():
        if run.status not in waiting or not ImportRun.objects.filter(pk=run.pk, status__in=waiting).delete()[0]:
            return False
        audit.record(actor, "import.drop", thing=run, kind=run.kind)
    run.path.unlink(missing_ok=True)
    return True


def _move(run: ImportRun, before: list[str], to: str, actor: Actor, action: str, **fields: Any) -> bool:
    """One of two who press at once wins."""
    fields |= {"status": to, "worker": "", "beat_at": clock.now()}
    with transaction.atomic():
        if not ImportRun.objects.filter(pk=run.pk, status__in=before).update(**fields):
            return False
        audit.record(actor, action, thing=run, kind=run.kind)
    run.refresh_from_db()
    return True


def claim(run: ImportRun, status: str) -> bool:
    """Take a waiting run; a second worker, or a second message about it, gets no."""
    taken = ImportRun.objects.filter(pk=run.pk, status=status, worker="")
    if not taken.update(worker=_me(), beat_at=clock.now(), rows_done=0):
        return False
    run.refresh_from_db()
    return True


def mark_interrupted() -> int:
    """Find runs whose process is gone: on this machine by its number, elsewhere by its silence."""
    count = 0
    for run in ImportRun.objects.filter(status__in=[Status.UPLOADED, Status.RUNNING]).exclude(worker=""):
        if _gone(run):
            mine = ImportRun.objects.filter(pk=run.pk, status=run.status, worker=run.worker)
            count += mine.update(status=Status.INTERRUPTED)
    return count


def drop_old_files() -> int:
    """A file that nobody committed within a week holds personal data without a purpose; one without a run as well."""
    count = 0
    for path in (Path(settings.MEDIA_ROOT) / "imports").glob("*.csv"):
        if path.stat().st_mtime < (clock.now() - KEEP_FILE).timestamp():
            path.unlink(missing_ok=True)
            count += 1
    return count


def _gone(run: ImportRun) -> bool:
    host, _, pid = run.worker.rpartition(":")
    if host == socket.gethostname() and pid.isdigit():
        return not _alive(int(pid))
    return run.beat_at < clock.now() - SILENT_AFTER


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _prepared(run: ImportRun) -> Findings | None:
    """Read the file outside any transaction, so that others may write meanwhile; None where it cannot be read."""
    importer = IMPORTERS[run.kind]()

    def progress(done: int) -> None:
        ImportRun.objects.filter(pk=run.pk).update(rows_done=done, beat_at=clock.now())

    try:
        return importer.prepare(rows(run.path, importer.columns), progress)
    except ImportProblem as problem:
        _failed(run, problem.said)
    except FileNotFoundError:
        _failed(run, FILE_GONE)
    except Exception:
        _failed(run, BROKEN)
        raise
    return None


def _failed(run: ImportRun, why: str | Said) -> ImportRun:
    said = why if isinstance(why, Said) else Said.of(why)
    run.refresh_from_db()
    run.status, run.problem, run.finished_at = Status.FAILED, said.stored(), clock.now()
    run.save()
    return run


def _tell(run: ImportRun, found: Findings, status: str) -> None:
    run.status = status
    run.rows_total = run.rows_done = found.total
    run.rows_new, run.rows_known, run.rows_wrong = len(found.new), found.known, len(found.wrong)
    run.report = sorted(found.report, key=lambda entry: (entry["level"] != "fault", entry["line"]))


def _kept(actor: Actor) -> dict:
    kept = asdict(actor)
    kept.pop("memo", None)
    return kept | {"unit_ids": list(actor.unit_ids)}


def _me() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
