"""Frozen computations, as pages and letters read them."""

from beffroi.entitlements.models import Computation


def computation(reference: str) -> Computation:
    """This function will give a computation by its reference. Raises: Computation.DoesNotExist."""
    return Computation.objects.get(reference=reference)


def computations_of(subject_ref: str) -> list[Computation]:
    """This function will give the computations made for an application, newest first."""
    return list(Computation.objects.filter(subject_ref=subject_ref).order_by("-made_at", "-pk"))


def known(reference: str) -> Computation | None:
    """This function will give a computation if there is one of this reference."""
    return Computation.objects.filter(reference=reference).first()
