"""The money of a session, and the cash of a house, day by day."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.activities import money_queries, permissions, queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import FeeState, PayMethod
from beffroi.core.errors import Refusal
from beffroi.core.text import whole_number
from beffroi.web.desk.activities import words
from beffroi.web.desk.activities.money_forms import CloseForm

_TONES: dict[Any, str] = {FeeState.OWED: "amber", FeeState.PAID: "green", FeeState.FREE: "green", FeeState.WAIVED: "", FeeState.REFUNDED: ""}  # fmt: skip


def euros(amount: Decimal) -> str:
    """This function will write an amount in euros."""
    return f"{number_format(amount, 2, force_grouping=True)} €"


def _visible(request: HttpRequest, pk: int) -> Any:
    found = queries.session(permissions.sheets_visible_to(request.actor), pk)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def fees(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show who owes and who paid for a session."""
    found, actor = _visible(request, pk), request.actor  # type: ignore[attr-defined]
    activities.read_sheet(session=pk, by=actor, at=timezone.now())
    known = money_queries.fees_of_session(permissions.fees_visible_to(actor), pk)
    settled = {one.participant_id for one in known if one.state != FeeState.REFUNDED}
    price = money_queries.price_on(found.activity_id, found.date)
    is_sold = price is not None and price.basis == "session"
    here = [row for row in queries.sheet(found).rows if row.state == "present" and row.id not in settled]  # fmt: skip
    off = money_queries.percents_on([row.id for row in here if row.id], found.date)
    context = {
        "session": found, "day": words.day(found.starts_at), "methods": PayMethod.choices,
        "price": euros(price.amount) if is_sold and price else "", "mark": uuid4(),
        "rows": [_to_pay(row, price, off) for row in here] if is_sold else [],
        "fees": [_fee(one) for one in known],
    }  # fmt: skip
    return render(request, "desk/activities/fees.html", context)


def _to_pay(row: Any, price: Any, off: dict[int, int]) -> dict[str, Any]:
    due = activities.due_of(price.amount, off.get(row.id, 0))
    return {"pk": row.id, "name": row.name, "due": euros(due.amount), "is_free": not due.amount, "mark": uuid4()}  # fmt: skip


def _fee(one: Any) -> dict[str, Any]:
    return {
        "pk": one.pk, "name": one.participant.name if one.participant else _("sans nom"),
        "amount": euros(one.amount), "state": one.get_state_display(), "tone": _TONES[one.state],
        "is_owed": one.state == FeeState.OWED, "is_paid": one.state == FeeState.PAID,
        "percent": one.percent, "why": one.why,
        "lines": [f"{line.receipt}, {line.get_method_display()}" for line in one.lines.all()],
    }  # fmt: skip


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will note what somebody owes, take it, let her off or give it back."""
    found, post = _visible(request, pk), request.POST
    given: dict[str, Any] = {"by": request.actor, "at": timezone.now()}  # type: ignore[attr-defined]
    method = str(post.get("moyen", ""))
    if act in ("noter", "sans-nom"):
        try:
            mark = UUID(str(post.get("marque", "")))
        except ValueError as error:
            raise Http404 from error
        if act == "noter":
            who = str(post.get("personne", ""))[:18]
            if whole_number(who) is None:
                raise Http404
            activities.charge(mark=mark, participant=int(who), session=pk, method=method, **given)
        else:
            activities.charge_nameless(mark=mark, session=pk, method=method, **given)
    else:
        _settle(act, found, post, method, given)
    messages.success(request, _("C’est noté."))
    return redirect("desk:activity_fees", pk)


def _settle(act: str, found: Any, post: Any, method: str, given: dict[str, Any]) -> None:
    fee, why = str(post.get("ligne", ""))[:18], str(post.get("why", ""))
    if whole_number(fee) is None or not found.fees.filter(pk=int(fee)).exists():
        raise Http404
    if act == "encaisser":
        activities.pay(fee=int(fee), method=method, **given)
    elif act == "remettre":
        activities.waive(fee=int(fee), why=why, **given)
    elif act == "rembourser":
        activities.refund(fee=int(fee), why=why, **given)
    else:
        raise Http404


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return timezone.localdate()


def cash(request: HttpRequest) -> HttpResponse:
    """This function will show the cash of a day, house by house, and close one."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    day = _day(str(request.GET.get("jour", "")))
    form = CloseForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            activities.close_cash(by=actor, at=now, **form.cleaned_data)
        except Refusal as refused:
            form.tell(refused)
        else:
            messages.success(request, _("La caisse est close."))
            return redirect(f"{request.path}?jour={form.cleaned_data['day'].isoformat()}")
    if form is not None:
        day = _day(str(request.POST.get("day", "")))
    own = permissions.cash_visible_to(actor)
    books = money_queries.cash_books(own, day)
    lines = money_queries.cash_lines(own, day)
    context = {
        "day": day, "before": day - timedelta(days=1), "after": day + timedelta(days=1),
        "is_today": day >= timezone.localdate(now), "late": money_queries.days_to_close(own, day),
        "books": [_book(one, day, form) for one in books], "faulty": form if form and form.errors else None,
        "rows": [_line(one) for one in lines],
        "columns": [{"label": _("Reçu")}, {"label": _("Pour")}, {"label": _("Moyen")},
                    {"label": _("Montant"), "end": True}],
    }  # fmt: skip
    return render(request, "desk/activities/cash.html", context)


def _book(one: Any, day: date, form: CloseForm | None) -> dict[str, Any]:
    first = {"team": one.team, "place": one.place, "day": day.isoformat(), "counted": one.cash}
    mine = form is not None and form["place"].value() == str(one.place) and form["team"].value() == one.team  # fmt: skip
    shown = form if mine else CloseForm(initial=first, auto_id=f"c{one.place}-{one.team}-%s")
    closed = one.closed
    return {
        "name": one.place_name, "team": one.team_name, "cash": euros(one.cash), "card": euros(one.card),
        "form": None if closed else shown, "closed": closed,
        "counted": euros(closed.counted) if closed else "",
        "difference": euros(closed.counted - closed.expected) if closed and closed.counted != closed.expected else "",
    }  # fmt: skip


def _line(one: Any) -> list[Any]:
    who = one.fee.participant.name if one.fee.participant else _("sans nom")
    return [
        one.receipt, {"text": one.fee.activity.name, "sub": f"{who} · {one.place.name}"},
        str(one.get_method_display()), {"text": euros(one.amount), "end": True},
    ]  # fmt: skip
