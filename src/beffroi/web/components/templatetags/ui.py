"""Tags that render components: ``{% ui "tag" label="En service" tone="green" %}`` and ``{% icon "phone" %}``."""

from typing import Any

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_TEMPLATES = "_component_templates"


def _render(context: Context, name: str, values: dict[str, Any]) -> SafeString:
    """Render the component with these values alone, keeping what forms and escaping need."""
    known = context.render_context.dicts[0].setdefault(_TEMPLATES, {})
    component = known.get(name)
    if component is None:
        assert context.template is not None
        component = known[name] = context.template.engine.get_template(f"components/{name}.html")
    inner = context.new(values)
    for kept in ("csrf_token", "request"):
        if kept in context:
            inner[kept] = context[kept]
    rendered: SafeString = component.render(inner)
    return rendered


@register.simple_tag(takes_context=True)
def ui(context: Context, name: str, **values: Any) -> SafeString:
    """Render the component of this name with the given values and nothing else of the page.

    Raises:
        TemplateDoesNotExist: no component has this name.
    """
    return _render(context, name, values)


@register.simple_block_tag(takes_context=True, end_name="endblockui")
def blockui(context: Context, content: str, name: str, **values: Any) -> SafeString:
    """Render the component of this name around the enclosed markup, given to it as ``body``.

    Raises:
        TemplateDoesNotExist: no component has this name.
    """
    return _render(context, name, {**values, "body": content})


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite, silent for screen readers unless a label is given."""
    address = static("beffroi/img/sprite.svg")
    if label:
        return format_html(
            '<svg class="icon icon-{0}" role="img" aria-label="{1}"><use href="{2}#{0}"></use></svg>', name, label, address
        )
    return format_html(
        '<svg class="icon icon-{0}" aria-hidden="true" focusable="false"><use href="{1}#{0}"></use></svg>', name, address
    )
