"""Lines of the log, without what opens a person's page and without her address."""

import logging
import re

#: The code of a receipt in an address of the portal, however it was typed.
_IN_PATH = re.compile(r"((?:suivi|recu)/[^/\s]+/)[^/\s\"']+")
#: The code as receipts write it, anywhere.
_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", re.IGNORECASE)
_MAIL = re.compile(r"[^\s<>'\"]+@[^\s<>'\"]+")


class DiscreetFormatter(logging.Formatter):
    """Writes a line and its traceback with codes and mail addresses taken out.

    Django logs the path of every answer that is not a success, and the mail server's refusals.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = _IN_PATH.sub(r"\1…", super().format(record))
        return _MAIL.sub("…", _CODE.sub("…", line))
