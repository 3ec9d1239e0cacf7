"""Answers of GeoReport v2, in JSON or in XML, and its errors."""

import json
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpResponse

#: What one item of a list is called in XML.
_ONE = {
    "services": "service", "service_requests": "request", "attributes": "attribute",
    "values": "value", "errors": "error",
}  # fmt: skip


def answer(form: str, root: str, content: Any, status: int = 200) -> HttpResponse:
    """This function will write `content` as `form` wants it; `root` names it in XML."""
    if form == "xml":
        element = Element(root)
        _fill(element, content)
        body = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(element, encoding="utf-8")
        kind = "text/xml; charset=utf-8"
    else:
        body, kind = json.dumps(content, ensure_ascii=False).encode(), "application/json"
    response = HttpResponse(body, status=status, content_type=kind)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def wrong(form: str, status: int, *descriptions: str) -> HttpResponse:
    """This function will say what is wrong."""
    errors = [{"code": status, "description": text} for text in descriptions]
    return answer(form, "errors", errors, status)


def _fill(element: Element, content: Any) -> None:
    if isinstance(content, dict):
        for name, part in content.items():
            _fill(SubElement(element, name), part)
    elif isinstance(content, list):
        for part in content:
            _fill(SubElement(element, _ONE[element.tag]), part)
    elif content is not None:
        text = str(content).lower() if isinstance(content, bool) else str(content)
        element.text = "".join(c for c in text if c >= " " or c in "\t\n")
