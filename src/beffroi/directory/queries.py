"""What the portal, the desk and the standards read of the directory."""

from uuid import UUID

from django.db.models import QuerySet

from beffroi.directory.models import AlertPlan, Commune, Locality, Revision, Service, Term


def revision() -> int:
    """This function will give the stamp of all that the public reads."""
    return Revision.objects.filter(pk="public").values_list("number", flat=True).first() or 0


def current_alert_plan() -> AlertPlan | None:
    """This function will give the cold or heat plan that is on, if one is."""
    return AlertPlan.objects.filter(ended_at__isnull=True).first()


def needs() -> QuerySet[Term]:
    """This function will give the needs a person chooses from, in their order."""
    return Term.objects.filter(taxonomy__key="need")


def service_id(key: str) -> UUID | None:
    """This function will give the identifier of the service with this key, if there is one."""
    return Service.objects.filter(key=key).values_list("pk", flat=True).first()


def commune(nis: str) -> Commune | None:
    """This function will give the commune with this NIS code, if there is one."""
    return Commune.objects.filter(pk=nis).first()


def communes() -> QuerySet[Commune]:
    """This function will give the 565 communes, by name."""
    return Commune.objects.all()


def commune_of_postal_code(code: str) -> str:
    """This function will give the NIS code of the one commune with this postcode, or nothing."""
    found = set(Locality.objects.filter(postal_code=code).values_list("commune_id", flat=True))
    return found.pop() if len(found) == 1 else ""
