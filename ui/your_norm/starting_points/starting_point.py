"""What a starting point is."""

from dataclasses import dataclass
from typing import Literal

Group = Literal["whole", "gaps", "bugs", "layer"]


@dataclass(frozen=True)
class StartingPoint:
    """Code to begin with, and where it leads.

    name: as it stands in a link. title: as it stands in a menu; that of a bug tells what is seen,
    not what it is. code and solution: whole files in Python. hint: where to look. explained: what
    the solution does, and to which picture or check.
    """

    name: str
    title: str
    group: Group
    code: str
    solution: str
    hint: str
    explained: str


def replaced(code: str, *parts: tuple[str, str]) -> str:
    """The code with each of these parts replaced, which must stand in it exactly once."""
    for old, new in parts:
        if code.count(old) != 1:
            raise ValueError(f"expected once in the code, found {code.count(old)} times: {old}")
        code = code.replace(old, new)
    return code
