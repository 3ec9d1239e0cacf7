"""Acts of a page that answers for its own forms: what is refused comes back beside its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from beffroi.core.errors import InvalidInput
from beffroi.web.board.common import Act, actor_of

if TYPE_CHECKING:
    from beffroi.core.actors import Actor


@dataclass(frozen=True)
class Deed:
    """One act of a page: how its form is made, bound or not, and what it does."""

    key: str
    label: str
    #: Makes the form for what `ref` names; given the data of a POST, or initial values by keyword.
    made: Callable[..., forms.Form]
    #: Does it, and gives the sentence of what was done.
    do: Callable[[Done], str]
    folded: str = ""
    hint: str = ""
    variant: str = ""
    takes_file: bool = False


@dataclass(frozen=True)
class Done:
    """What a form asked: about what, with which fields, by whom and when."""

    ref: str
    data: dict[str, Any]
    by: Actor
    at: datetime

    @property
    def who(self) -> dict[str, Any]:
        """This property gives the two arguments every service wants."""
        return {"by": self.by, "at": self.at}


@dataclass
class Page:
    """The acts of a page, and the form that was refused, if one was."""

    request: HttpRequest
    deeds: Mapping[str, Deed]
    refused: dict[tuple[str, str], forms.Form] = field(default_factory=dict)

    @property
    def wrong(self) -> forms.Form | None:
        """This property gives the form that was refused."""
        return next(iter(self.refused.values()), None)

    def post(self) -> HttpResponse | None:
        """This function will do what was posted and lead back, or keep the form that was refused.

        Raises: Http404 for an act the page does not have.
        """
        if self.request.method != "POST":
            return None
        deed = self.deeds.get(self.request.GET.get("acte", ""))
        if deed is None:
            raise Http404("no such act")
        ref = self.request.POST.get("ref", "")
        files = self.request.FILES if deed.takes_file else None
        form = deed.made(self.request.POST, files, auto_id=self._ids(deed, ref))
        if form.is_valid():
            done = Done(ref, form.cleaned_data, actor_of(self.request), timezone.now())
            try:
                messages.success(self.request, deed.do(done))
                return redirect(self.request.path)
            except InvalidInput as refused:
                _say(form, refused)
        self.refused[deed.key, ref] = form
        return None

    @staticmethod
    def _ids(deed: Deed, ref: str) -> str:
        return f"{deed.key}{ref}-%s"

    def act(self, key: str, ref: str = "", *, folded: str = "", **initial: Any) -> Act:
        """This function will give an act of the page, with the form that was refused if it was."""
        deed = self.deeds[key]
        form = self.refused.get((key, ref)) or deed.made(
            None, None, auto_id=self._ids(deed, ref), initial=initial
        )
        return Act(
            key, deed.label, form, ref, deed.hint, deed.variant,
            f"{self.request.path}?acte={key}", deed.takes_file, folded or deed.folded,
        )  # fmt: skip


def _say(form: forms.Form, refused: InvalidInput) -> None:
    """The words of a service stand beside the field they speak of, or above the form."""
    form.add_error(None, str(refused))
    for name, words in refused.fields.items():
        form.add_error(name if name in form.fields else None, words)
