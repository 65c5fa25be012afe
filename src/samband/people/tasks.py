"""Background work: the dry run and the commit of an import."""

from datetime import timedelta

from django_tasks import task

from samband.core.jobs import duty
from samband.people.models import ImportRun
from samband.people.services.imports import runs


@task()
def check_import(run_id: int) -> str:
    """The dry run of one file."""
    return runs.check(ImportRun.objects.get(pk=run_id)).status


@task()
def commit_import(run_id: int) -> str:
    """All rows of one file, or none."""
    return runs.commit(ImportRun.objects.get(pk=run_id)).status


def enqueue(run: ImportRun) -> None:
    """Put the run's next step on the queue."""
    (commit_import if run.committing else check_import).enqueue(run.pk)


@duty("people.interrupted_imports", every=timedelta(seconds=30))
def interrupted_imports() -> int:
    """A run whose process was killed must not look as if it went on."""
    return runs.mark_interrupted()


@duty("people.old_import_files", every=timedelta(hours=6))
def old_import_files() -> int:
    return runs.drop_old_files()
