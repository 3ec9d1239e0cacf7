"""Tags that render components.

``{% ui "tag" label="En service" tone="green" %}`` renders one with plain values;
``{% blockui "panel" title="Calcul" %}…{% endblockui %}`` gives it the enclosed markup as ``body``;
``{{ count|counted:_("places prises") }}`` says « 1 place prise »; ``{% icon "phone" %}`` draws an icon; ``{% once %}`` and ``{% new_mark %}`` mark a form; ``{{ number|tel }}`` gives the address that dials a number.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from beffroi.core.text import unit_for
from beffroi.web.components import rows as rows_of_table
from beffroi.web.sent_once import FIELD

register = template.Library()

_KEPT = ("csrf_token", "request")
_NATIONAL = re.compile(r"0[1-9]\d{7,8}")
_FREE_OR_PAID = ("0800", "0900", "078", "070")


def _render(context: Context, name: str, values: dict[str, Any]) -> SafeString:
    if context.template is None:
        raise RuntimeError(f"component {name} rendered outside a template")
    component = context.template.engine.get_template(f"components/{name}.html")
    kept = {key: context[key] for key in _KEPT if key in context}
    rendered: SafeString = component.render(context.new({**kept, **values}))
    return rendered


@register.simple_tag(takes_context=True)
def ui(context: Context, component: str, **values: Any) -> SafeString:
    """This function will render the component of this name with these values and no other.

    Raises:
        TemplateDoesNotExist: no component has this name.
    """
    return _render(context, component, values)


@register.simple_block_tag(takes_context=True, end_name="endblockui")
def blockui(context: Context, content: SafeString, component: str, **values: Any) -> SafeString:
    """This function will render the component around the enclosed markup, its ``body``.

    Raises:
        TemplateDoesNotExist: no component has this name.
    """
    return _render(context, component, {**values, "body": content})


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """This function will draw an icon of the sprite, silent unless a label is given."""
    address = static("beffroi/img/sprite.svg")
    silent = SafeString('aria-hidden="true"')
    voice = format_html('role="img" aria-label="{}"', label) if label else silent
    return format_html(
        '<svg class="icon icon-{0}" {1} focusable="false"><use href="{2}#{0}"></use></svg>',
        name,
        voice,
        address,
    )


@register.filter
def table_rows(rows: Iterable[Iterable[Any]], columns: Any = ()) -> SafeString:
    """This function will write the rows of a table: lists are long, and this is their longest part."""
    return SafeString(rows_of_table.table_rows(rows, columns or ()))


@register.filter
def tel(number: object) -> str:
    """This function will give the ``tel:`` address of a number written for people."""
    text = str(number).replace("(0)", "")
    digits = re.sub(r"\D", "", text)
    if text.strip().startswith("+"):
        return f"tel:+{digits}"
    if _NATIONAL.fullmatch(digits) and not digits.startswith(_FREE_OR_PAID):
        return f"tel:+32{digits[1:]}"
    return f"tel:{digits}"


@register.filter
def euros(amount: Any) -> str:
    """This function will write an amount as French does: 1 314,20 €."""
    return f"{Decimal(amount):,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0€"


@register.simple_tag
def new_mark() -> str:
    """This function will give a mark of its own to a form: sent twice, it counts once."""
    return str(uuid4())


@register.simple_tag
def once() -> SafeString:
    """This function will write the mark by which a form sent twice is done once."""
    hidden = '<input type="hidden" name="{}" value="{}" autocomplete="off">'
    return format_html(hidden, FIELD, uuid4())


@register.filter
def counted(value: int, words: str) -> str:
    """This function will write a figure with what it counts, in the number that French wants."""
    return f"{value} {unit_for(value, str(words))}"
