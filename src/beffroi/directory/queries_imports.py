"""What the desk reads of past imports."""

from uuid import UUID

from django.db.models import QuerySet

from beffroi.directory.models import ImportRun


def import_runs() -> QuerySet[ImportRun]:
    """This function will give the imports, newest first, without their reports."""
    return ImportRun.objects.defer("faults", "said")


def import_run(ident: UUID) -> ImportRun | None:
    """This function will give one import with its report, if there is one."""
    return ImportRun.objects.defer("said").filter(pk=ident).first()
