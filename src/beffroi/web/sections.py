"""A page made of sections: each a title, a sentence, a drawing, a table, and forms that do one act."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format, number_format

#: A list shows this many rows; a sentence says that there are more.
MOST = 200


@dataclass
class Act:
    """A form that does one act: its key, its button, what it is about, its fields.

    `folded` is the line under which the form waits until somebody opens it.
    """

    key: str
    label: str
    form: forms.Form | None = None
    ref: str = ""
    hint: str = ""
    variant: str = ""
    action: str = ""
    takes_file: bool = False
    folded: str = ""


@dataclass
class Refused:
    """A form that was refused, of which act and about what; whether its page has shown it."""

    key: str
    ref: str
    form: forms.Form
    is_shown: bool = False

    def put_back(self, sections: list[Section]) -> None:
        """This method will put the form where it was sent from, under the same names."""
        own = (act for section in sections for act in section.acts if self._is(act))
        act = next(own, None)
        if act is None or act.form is None:
            return
        for name, field_of in act.form.fields.items():
            self.form.fields[name].label = field_of.label
        self.form.auto_id = act.form.auto_id
        act.form, self.is_shown = self.form, True

    def _is(self, act: Act) -> bool:
        if act.form is None or (act.key, act.ref) != (self.key, self.ref):
            return False
        hidden = (one for one in act.form.hidden_fields() if one.name != "version")
        return all(str(one.value()) == self.form.data.get(one.name) for one in hidden)


@dataclass
class Section:
    """A part of a page: a title, a sentence, a table, acts."""

    title: str
    text: str = ""
    columns: list[dict[str, Any]] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    empty: str = ""
    acts: list[Act] = field(default_factory=list)
    scrolls: bool = False
    #: A component drawn above the table, with what it draws (web/charts.py).
    component: str = ""
    drawing: dict[str, Any] = field(default_factory=dict)

    @property
    def nothing(self) -> dict[str, str]:
        return {"title": self.empty}


def euro(amount: Decimal | None) -> str:
    """This function will write an amount as the house does: 1 340,47 €."""
    if amount is None:
        return "–"
    return f"{number_format(amount, 2, force_grouping=True)} €".replace("-", "−")


def told(*parts: Any) -> str:
    """This function will put what is known on one line, without what is empty."""
    return " · ".join(text for part in parts if (text := str(part or "").strip()))


def money(amount: Decimal | None) -> dict[str, Any]:
    """This function will give the cell of an amount."""
    return {"text": euro(amount), "end": True}


def day(value: Any) -> str:
    """This function will write a date briefly."""
    return date_format(value, "j F Y") if value else ""


def column(*labels: str, end: tuple[int, ...] = ()) -> list[dict[str, Any]]:
    """This function will give the heads of a table; those at `end` are of figures."""
    return [{"label": label, "end": rank in end} for rank, label in enumerate(labels)]


def shown(
    request: HttpRequest, title: str, intro: str, sections: list[Section], *, acts_to: str,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """This function will show a page of sections; `acts_to` names the address its acts go to.

    `more` may hold `crumbs`, `tabs` and `years` ({label, items}), `sentences` ({text, url, link_label}),
    and `wrong`, a form that was refused: the page then answers 422, and keeps what was typed.
    """
    refused: Refused | None = getattr(request, "refused", None)
    if refused is not None:
        refused.put_back(sections)
        more["wrong"] = more.get("wrong") or (refused.form if refused.is_shown else None)
    context = {"title": title, "intro": intro, "sections": sections, "acts_to": acts_to, **more}
    status = 422 if more.get("wrong") else 200
    return render(request, "desk/sections.html", context, status=status)
