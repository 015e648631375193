"""How settings are spelt in an address, and what an address asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ui.settings.controls import Control, controls

# So much of a value is told again.
_TOLD = 120


@dataclass(frozen=True)
class Problem:
    """A value that cannot be had: what came, which is text from outside, and why, in our words."""

    asked: str
    why: str

    def __str__(self) -> str:
        return f"{self.asked} in the address: {self.why}"


def take(name: str, control: Control, default: Any, texts: Sequence[str]) -> Any:
    """The value that an address asks for by one setting's texts there, or a Problem with it."""
    asked = cut("&".join(f"{name}={text}" for text in texts))
    expected = control.expected if len(texts) == 1 else "one value"
    try:
        [text] = texts
        return control.parse(text)
    except ValueError:
        instead = control.text(default)
        return Problem(asked, f"expected {expected}; {instead} is used instead.")


def read(
    settings_class: type[Any], address: Mapping[str, str | Sequence[str]]
) -> tuple[Any, dict[str, str]]:
    """The settings that an address asks for, and by name what was wrong with it.

    A name that stands there more than once has a list of texts. A value that cannot be had leaves
    the default in its place; names that are no settings are passed over.
    """
    chosen: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, control in controls(settings_class).items():
        if name in address:
            texts = address[name]
            one = [texts] if isinstance(texts, str) else texts
            taken = take(name, control, getattr(settings_class, name), one)
            if isinstance(taken, Problem):
                problems[name] = str(taken)
            else:
                chosen[name] = taken
    return settings_class(**chosen), problems


def spell(settings: Any) -> dict[str, str]:
    """Every field of the settings as it is spelt in an address."""
    return {
        name: control.text(getattr(settings, name))
        for name, control in controls(type(settings)).items()
    }


def cut(text: str) -> str:
    """What is told of a text from outside: all of it, or its beginning."""
    if len(text) <= _TOLD:
        return text
    return f"{text[:_TOLD]}… ({len(text):,} characters)"
