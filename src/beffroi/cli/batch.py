"""One JSON object a line in, one a line out, in the same order, each flushed at once."""

import json
import sys
from collections.abc import Callable
from typing import Any


def run_batch(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """This function will answer each line of standard input; 2 when any line failed, else 0.

    A line that cannot be read or answered gives {"id", "error": "line N: …"}.
    """
    status = 0
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        given: Any = None
        try:
            given = json.loads(line)
            if not isinstance(given, dict):
                raise ValueError("an object is expected")
            result = answer(given)
        except (ValueError, KeyError, TypeError) as error:
            status = 2
            words = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
            known = given.get("id") if isinstance(given, dict) else None
            result = {"id": known, "error": f"line {number}: {words}"}
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return status
