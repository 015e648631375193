"""How pages are shown, beside what they stand at: large for a hall, and without some controls.

In an address: `present=1`, and `hide=momentum,eps` with names of settings. Both hold on the pages
that a visit leads to.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ui.settings.address import Problem, cut

NAMES = ("present", "hide")


@dataclass(frozen=True)
class Showing:
    """present: whether for a hall. hide: the settings whose controls do not stand on the page."""

    present: bool = False
    hide: tuple[str, ...] = ()

    def spelt(self) -> dict[str, str]:
        """As an address spells it; what is as ever is not there."""
        present = {"present": "1"} if self.present else {}
        return present | ({"hide": ",".join(self.hide)} if self.hide else {})


def read_showing(
    address: Mapping[str, str | Sequence[str]], known: Collection[str]
) -> tuple[Showing, list[Problem]]:
    """What an address asks for, and what it cannot have. known: the names that can be hidden.

    A name may have a list of texts. Names that are known are hidden, whatever stands beside them.
    """
    problems: list[Problem] = []
    asked = [text for text in _texts(address, "present") if text]
    if wrong := [text for text in asked if text not in ("0", "1")]:
        told = cut(f"present={wrong[0]}")
        problems.append(Problem(told, "expected 1 for the presenter view; this is the usual one."))
    names = [name.strip() for text in _texts(address, "hide") for name in text.split(",")]
    named = list(dict.fromkeys(filter(None, names)))
    if unknown := [name for name in named if name not in known]:
        why = (
            "no page has a setting of that name. Names are as they stand in a page's address, such "
            "as batch, momentum or eps, with a comma between two."
        )
        problems.append(Problem(cut(f"hide={','.join(unknown)}"), why))
    hide = tuple(name for name in named if name in known)
    return Showing(asked == ["1"], hide), problems


def _texts(address: Mapping[str, str | Sequence[str]], name: str) -> list[str]:
    texts = address.get(name, ())
    return [texts] if isinstance(texts, str) else list(texts)
