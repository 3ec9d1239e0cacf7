"""Scanners that let a file out of quarantine; an installation names its own in its settings."""

import socket
import struct
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Verdict:
    """What a scanner says; `decided` is false when it could not tell: the file stays aside."""

    decided: bool
    clean: bool
    by: str
    found: str = ""


class Scanner(Protocol):
    def scan(self, content: bytes) -> Verdict: ...


class NoScanner:
    """Leaves every file in quarantine: the rule until an installation has a scanner."""

    def scan(self, content: bytes) -> Verdict:
        return Verdict(False, False, "")


class SignatureScanner:
    """Knows the EICAR test signature and active PDF content; for the demo and the tests only."""

    _SIGNATURES = (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", b"/JavaScript", b"/Launch")

    def scan(self, content: bytes) -> Verdict:
        found = next((s for s in self._SIGNATURES if s in content), b"")
        return Verdict(True, not found, "contrôle intégré", found.decode("latin-1")[:40])


class ClamdScanner:
    """Asks a ClamAV daemon on this network (setting BEFFROI_CLAMD = (host, port))."""

    def scan(self, content: bytes) -> Verdict:
        host, port = settings.BEFFROI_CLAMD
        try:
            with socket.create_connection((host, port), timeout=20) as line:
                line.sendall(b"zINSTREAM\0")
                for start in range(0, len(content), 65536):
                    part = content[start : start + 65536]
                    line.sendall(struct.pack(">I", len(part)) + part)
                line.sendall(struct.pack(">I", 0))
                answer = line.recv(4096).decode("utf-8", "replace").strip("\0\n ")
        except OSError:
            return Verdict(False, False, "")
        if answer.endswith("OK"):
            return Verdict(True, True, "ClamAV")
        if answer.endswith("FOUND"):
            return Verdict(True, False, "ClamAV", answer.removeprefix("stream:")[:120].strip())
        return Verdict(False, False, "")


def configured_scanner() -> Scanner:
    """This function will give the scanner that the settings name."""
    scanner: Scanner = import_string(settings.BEFFROI_SCANNER)()
    return scanner
