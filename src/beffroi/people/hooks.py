"""What the rooms above tell this one: who works on whose file, and who must be kept.

Each room gives a function at start (in its `apps.py`); without any, nobody has a file.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

#: From persons to the agents who work on their files, as references of actors.
FileAgents = Callable[[Collection[int]], Mapping[int, frozenset[str]]]
#: From persons to those among them who have a file.
FileMarks = Callable[[Collection[int]], frozenset[int]]
#: From persons and a moment to those among them who must still be kept.
Holder = Callable[[Collection[int], datetime], frozenset[int]]

_file_agents: list[FileAgents] = []
_file_marks: list[FileMarks] = []
_holders: list[Holder] = []


def register_file_agents(function: FileAgents) -> None:
    """This function will enter who tells which agents work on the files of given persons."""
    if function not in _file_agents:
        _file_agents.append(function)


def register_file_marks(function: FileMarks) -> None:
    """This function will enter who tells which of given persons have a file."""
    if function not in _file_marks:
        _file_marks.append(function)


def register_holder(function: Holder) -> None:
    """This function will enter who tells which of given persons must still be kept."""
    if function not in _holders:
        _holders.append(function)


def file_agents(persons: Collection[int]) -> dict[int, frozenset[str]]:
    """This function will give the agents who work on the files of each person, by reference."""
    found: dict[int, frozenset[str]] = {}
    for function in _file_agents:
        for person, agents in function(persons).items():
            found[person] = found.get(person, frozenset()) | agents
    return found


def with_file(persons: Collection[int]) -> frozenset[int]:
    """This function will give those among the persons who have a file."""
    return frozenset().union(*(function(persons) for function in _file_marks))


def still_needed(persons: Collection[int], at: datetime) -> frozenset[int]:
    """This function will give those among the persons whom some room must still keep at `at`."""
    return frozenset().union(*(function(persons, at) for function in _holders))
