"""The OpenAPI 3.1 document of these addresses, made from the parameters and HSDS's schemas."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from beffroi.web.api.hsds.parameters import PARAMETERS, TAKEN

VERSION = "3.1"
SCHEMAS = Path(__file__).parent / "schemas"
_KEPT = frozenset(
    {
        "type", "properties", "items", "required", "description", "title", "format", "enum",
        "$ref", "minimum", "maximum",
    }
)  # fmt: skip
_LISTS = {
    "services": ("ServiceListed", "Service", "ServiceMinimal"),
    "organizations": ("OrganizationListed", "Organization"),
    "service_at_locations": ("ServiceAtLocationListed", "ServiceAtLocation"),
    "taxonomies": ("Taxonomy",),
    "taxonomy_terms": ("TaxonomyTerm",),
}
_ONE = {
    "services": ("service", "Service"),
    "organizations": ("organization", "Organization"),
    "service_at_locations": ("service_at_location", "ServiceAtLocation"),
    "taxonomies": ("taxonomy", "Taxonomy"),
    "taxonomy_terms": ("taxonomy_term", "TaxonomyTerm"),
}


def schema(name: str) -> dict[str, Any]:
    """This function will read one of HSDS's own schemas."""
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _plain(node: Any, *, names: bool = False) -> Any:
    """The schema without what HSDS adds for tables; references made to this document."""
    if isinstance(node, list):
        return [_plain(part) for part in node]
    if not isinstance(node, dict):
        return node
    if names:
        return {key: _plain(part) for key, part in node.items()}
    found = {}
    for key, part in node.items():
        if key not in _KEPT or (key == "required" and not isinstance(part, list)):
            continue
        if key == "format" and part not in ("uuid", "email", "uri", "date-time"):
            continue
        if key == "$ref":
            part = f"#/components/schemas/{_camel(str(part).rsplit('/', 1)[-1])}"
        found[key] = _plain(part, names=key == "properties")
    return found


@lru_cache(maxsize=1)
def _components() -> dict[str, Any]:
    whole = schema("service_with_definitions")
    found = {_camel(name): _plain(part) for name, part in whole["definitions"].items()}
    found["Service"] = _plain({k: v for k, v in whole.items() if k != "definitions"})
    found["ServiceListed"] = _plain(schema("service_list"))
    found["OrganizationListed"] = _plain(schema("organization_list"))
    found["ServiceAtLocationListed"] = _plain(schema("service_at_location_list"))
    found["ServiceMinimal"] = {
        "type": "object",
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "last_modified": {"type": "string", "format": "date-time"},
        },
        "required": ["id", "last_modified"],
    }
    found["Page"] = _page_schema()
    found["Error"] = {
        "type": "object",
        "properties": {"error": {"type": "string"}, "parameters": {"type": "object"}},
        "required": ["error"],
    }
    return found


def _page_schema() -> dict[str, Any]:
    numbers = ("total_items", "total_pages", "page_number", "size")
    flags = ("first_page", "last_page", "empty")
    properties: dict[str, Any] = {name: {"type": "integer", "minimum": 0} for name in numbers}
    properties |= {name: {"type": "boolean"} for name in flags}
    return {"type": "object", "properties": properties, "required": [*numbers, *flags]}


def _parameter(name: str) -> dict[str, Any]:
    description, form = PARAMETERS[name]
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": form,
    }


def _json(form: dict[str, Any], description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": form}}}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _listing(name: str, method: str) -> dict[str, Any]:
    kinds = [_reference(kind) for kind in _LISTS[name]]
    items = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    contents = {
        "type": "object",
        "properties": {"contents": {"type": "array", "items": items}},
        "required": ["contents"],
    }
    good = _json({"allOf": [_reference("Page"), contents]}, "A page of results.")
    good["content"]["application/x-ndjson"] = {"schema": {"type": "string"}}
    return {
        "operationId": f"{method}_{name}",
        "summary": f"Paginated list of {name.replace('_', ' ')}.",
        "parameters": [_parameter(taken) for taken in TAKEN[name]],
        "responses": {
            "200": good,
            "400": _json(_reference("Error"), "Some parameters cannot be used."),
        },
    }


def _single(name: str, kind: str) -> dict[str, Any]:
    identifier = {
        "name": "id",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "format": "uuid"},
    }
    return {
        "operationId": f"get_{name}",
        "summary": f"One {name.replace('_', ' ')}, fully nested.",
        "parameters": [identifier, *(_parameter(taken) for taken in TAKEN[name])],
        "responses": {
            "200": _json(_reference(kind), "Found."),
            "400": _json(_reference("Error"), "Some parameters cannot be used."),
            "404": _json(_reference("Error"), "Nothing published has this identifier."),
        },
    }


def _root() -> dict[str, Any]:
    uri = {"type": "string", "format": "uri"}
    properties = {
        "version": {"type": "string"},
        "profile": uri,
        "openapi_url": uri,
        "publisher": {"type": "string"},
    }
    form = {"type": "object", "properties": properties, "required": list(properties)}
    return {
        "operationId": "get_root",
        "summary": "This API and its relation to HSDS.",
        "responses": {
            "200": _json(form, "What is served here."),
            "400": _json(_reference("Error"), "Some parameters cannot be used."),
        },
    }


def document(server: str) -> dict[str, Any]:
    """This function will give the whole document, for the address `server`."""
    paths: dict[str, Any] = {"/": {"get": _root()}}
    for name, (one, kind) in _ONE.items():
        paths[f"/{name}"] = {method: _listing(name, method) for method in ("get", "post")}
        paths[f"/{name}/{{id}}"] = {"get": _single(one, kind)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Beffroi: HSDS",
            "version": VERSION,
            "description": "The services of a commune's social action, after the Human Services"
            " Data Specification of Open Referral (https://openreferral.org/), CC BY-SA 4.0.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": server.rstrip("/")}],
        "paths": paths,
        "components": {"schemas": _components()},
    }
