"""What the portal, the desk and the standards read of the directory."""

from django.db.models import QuerySet

from beffroi.directory.models import AlertPlan, Revision, Term


def revision() -> int:
    """This function will give the stamp of all that the public reads."""
    return (
        Revision.objects.filter(pk="public").values_list("number", flat=True).first() or 0
    )


def current_alert_plan() -> AlertPlan | None:
    """This function will give the cold or heat plan that is on, if one is."""
    return AlertPlan.objects.filter(ended_at__isnull=True).first()


def needs() -> QuerySet[Term]:
    """This function will give the needs a person chooses from, in their order."""
    return Term.objects.filter(taxonomy__key="need")
