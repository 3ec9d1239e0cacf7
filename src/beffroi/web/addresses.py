"""Every named address of the house, as the resolver knows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern


@dataclass(frozen=True)
class Address:
    """A named address: its name with its namespace, and its path with its parameters."""

    name: str
    path: str


def named_addresses() -> list[Address]:
    """This function will give every named address, by path."""
    return sorted(_walk(get_resolver(), "", ""), key=lambda address: (address.path, address.name))


def _walk(resolver: URLResolver, path: str, space: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            here = "" if isinstance(entry.pattern, LocalePrefixPattern) else str(entry.pattern)
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, path + here, inner)
        elif isinstance(entry, URLPattern):
            yield Address(
                f"{space}{entry.name}" if entry.name else "", "/" + path + str(entry.pattern)
            )
