"""Entering an application in a file: which aid first, then its own questions."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from beffroi.acts.payments.enums import EntryReason
from beffroi.casework import aids
from beffroi.casework import services as casework
from beffroi.casework.enums import FileState
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal
from beffroi.web.desk.files.aid_forms import aid_fields
from beffroi.web.desk.files.fields import ActForm, day

_COMMON = ("asked_on", "wanted_from", "request_ref", "entry_reason", "is_urgent")


class KindForm(forms.Form):
    """Which aid is asked."""

    use_required_attribute = False
    aide = forms.ChoiceField(label=lazy("Aide demandée"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.key, one.label) for one in aids.aids()]
        self.fields["aide"].choices = [("", _("Choisir")), *known]  # type: ignore[attr-defined]


class ApplicationForm(ActForm):
    """An application: its dates, then the questions of its aid."""

    act = "open_application"
    asked_on = day(lazy("Demandée le"))
    wanted_from = day(
        lazy("À partir du"), required=False, help_text=lazy("Vide : le jour de la demande.")
    )
    request_ref = forms.CharField(
        label=lazy("Référence de la demande reçue"), max_length=20, required=False,
        help_text=lazy("Si elle est venue par le registre des demandes."),
    )  # fmt: skip
    entry_reason = forms.ChoiceField(
        label=lazy("Ce qui l’amène"), required=False,
        choices=(("", lazy("Pas encore connu")), *EntryReason.choices),
        help_text=lazy("La part que l’État rembourse en dépend."),
    )  # fmt: skip
    is_urgent = forms.BooleanField(
        label=lazy("Elle ne peut pas attendre la séance"), required=False
    )

    def __init__(self, *args: Any, kind: aids.Aid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_on"].initial = timezone.localdate()
        self.fields["is_urgent"].initial = kind.is_urgent
        if not kind.is_income:
            del self.fields["entry_reason"]
        self.fields.update(aid_fields(kind))

    @property
    def common(self) -> list[forms.BoundField]:
        """The questions that every aid asks."""
        return [self[name] for name in _COMMON if name in self.fields]

    @property
    def own(self) -> list[forms.BoundField]:
        """The questions of this aid alone."""
        return [self[name] for name in self.fields if name not in _COMMON]

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        common = {name: said.pop(name) for name in _COMMON if name in said}
        return {**common, "details": said}


@require_http_methods(["GET", "HEAD", "POST"])
def open_application(request: HttpRequest, number: str) -> HttpResponse:
    """This function will ask which aid, then its questions; entered, it goes to the application."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        file = casework.read_file(number=number, by=actor, at=timezone.now())
    except casework.ReasonNeeded:
        return redirect("desk:file", number)
    if file.state != FileState.OPEN:
        return redirect("desk:file", number)
    chosen = str((request.POST if request.method == "POST" else request.GET).get("aide", ""))
    crumbs = [{"label": str(file.person), "url": reverse("desk:file", args=[number])},
              {"label": _("Entrer une demande d’aide")}]  # fmt: skip
    context: dict[str, Any] = {"file": file, "crumbs": crumbs}
    if not aids.is_known(chosen):
        asked = KindForm(request.GET if "aide" in request.GET else None)
        context["asked_in"] = request.GET.get("demande", "")[:20]
        return render(request, "desk/files/new.html", {**context, "kinds": asked})
    kind = aids.aid(chosen)
    initial = {"request_ref": request.GET.get("demande", "")[:20]}
    form = ApplicationForm(
        request.POST if request.method == "POST" else None, kind=kind, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            reference = casework.open_application(
                number=number, kind=chosen, by=actor, at=timezone.now(), **form.given()
            )
        except NotAllowed:
            raise
        except Refusal as refused:
            _tell(form, refused)
        else:
            messages.success(request, _("La demande d’aide est entrée ; ses délais courent."))
            return redirect("desk:application", reference)
    return render(request, "desk/files/new.html", {**context, "kind": kind, "form": form})


def _tell(form: forms.Form, refused: Refusal) -> None:
    fields = refused.fields if isinstance(refused, InvalidInput) else {}
    for name, said in fields.items():
        form.add_error(name if name in form.fields else None, said)
    if not fields:
        form.add_error(None, str(refused))
