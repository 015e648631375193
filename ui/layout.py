"""What stands where on a page, as data that every edition's host draws.

A page is read from top to bottom as it is seen from top to bottom. Nothing here computes or draws:
a `Part` is a figure or a sentence that the page's view makes, by its name; a `Controls` names
settings. A host walks a body with `match`.
"""

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from ui.settings.controls import Choice, controls


@dataclass(frozen=True)
class Part:
    """A figure or sentence of the page's view; nothing stands here where the view makes none."""

    name: str


@dataclass(frozen=True)
class Controls:
    """Controls of these settings: side by side on the page, one under another in the panel."""

    names: tuple[str, ...]
    labels: bool = True

    def __init__(self, *names: str, labels: bool = True) -> None:
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "labels", labels)


@dataclass(frozen=True)
class Heading:
    """A heading inside the page, under the page's own question."""

    text: str


@dataclass(frozen=True)
class Text:
    """A text of our own that no setting changes, in Markdown."""

    markdown: str


@dataclass(frozen=True)
class Caption:
    """How to read the figure above: small print in Markdown."""

    markdown: str


@dataclass(frozen=True)
class Columns:
    """Bodies side by side, their widths in proportion; one under the other on a phone."""

    widths: tuple[float, ...]
    bodies: "tuple[Body, ...]"

    def __init__(self, widths: tuple[float, ...], *bodies: "Body") -> None:
        if len(widths) != len(bodies):
            raise ValueError(f"{len(widths)} widths for {len(bodies)} bodies: give each its own")
        object.__setattr__(self, "widths", widths)
        object.__setattr__(self, "bodies", bodies)


@dataclass(frozen=True)
class When:
    """A body that stands there while a choice has one of these values."""

    setting: str
    values: tuple[str, ...]
    body: "Body"


@dataclass(frozen=True)
class Fold:
    """A body behind its title, closed at first unless a link has set one of its controls."""

    title: str
    body: "Body"


@dataclass(frozen=True)
class Experiment:
    """The chosen training experiment: its claim, run and stop, its figures, its verdict."""


@dataclass(frozen=True)
class Lesson:
    """The list of lectures, or a scene of one: its question, its picture, what happens and why.

    settings: that say which; they stand in the address and have no control.
    """

    settings: tuple[str, ...]


@dataclass(frozen=True)
class OwnNorm:
    """The visitor's own class in an editor, and the body with what it does to a batch.

    Its checks come after the body's first element. It stands in the edition without a server alone:
    no server runs a visitor's code.
    """

    body: "Body"


@dataclass(frozen=True)
class Upload:
    """A place for a file of the visitor's, which the view finds by the token in its field `data`.

    ask: what is asked for, in a sentence. accept: the ends of the names of such files.
    """

    ask: str
    accept: tuple[str, ...]


Element = (
    Part
    | Controls
    | Heading
    | Text
    | Caption
    | Columns
    | When
    | Fold
    | Experiment
    | Lesson
    | Upload
    | OwnNorm
)
Body = tuple[Element, ...]


def _nothing(_: Any) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True)
class Page:
    """One page: its place in the menu and in addresses, its settings, and what stands on it.

    name: of its folder, its address and its view. menu, icon: how the menu shows it (icon: a name
    of Material Symbols). question: its title. main: the one setting that matters most for the
    first picture: its control stands beside the title. sidebar: the others, in the panel.
    idle: the settings that nothing on the page follows at present; their controls cannot be moved.
    """

    name: str
    menu: str
    icon: str
    question: str
    settings: type[Any]
    main: str | None
    sidebar: Body
    body: Body
    idle: Callable[[Any], Set[str]] = _nothing

    def __post_init__(self) -> None:
        known = controls(self.settings)
        for element in elements(self.sidebar + self.body):
            if isinstance(element, When) and not isinstance(known.get(element.setting), Choice):
                raise ValueError(
                    f"page {self.name}: What stands there depends on {element.setting!r}, "
                    "expected a setting that is a Choice; sliders move pictures, not the page"
                )


def elements(body: Body) -> Iterator[Element]:
    """Every element of a body, those inside others too, from top to bottom."""
    for element in body:
        yield element
        match element:
            case Columns(_, bodies):
                for inner in bodies:
                    yield from elements(inner)
            case When(_, _, inner) | Fold(_, inner) | OwnNorm(inner):
                yield from elements(inner)


def upload_of(page: Page) -> Upload | None:
    """The place for a file on the page, if it has one."""
    found = (one for one in elements(page.sidebar + page.body) if isinstance(one, Upload))
    return next(found, None)


def settings_of(page: Page) -> tuple[str, ...]:
    """The settings that are set on the page, in the order of its address."""
    main = (page.main,) if page.main else ()
    return (*main, *named(page.sidebar), *named(page.body))


def named(body: Body) -> tuple[str, ...]:
    """The settings that a body sets, from top to bottom."""
    found: list[str] = []
    for element in elements(body):
        match element:
            case Controls(names) | Lesson(names):
                found.extend(names)
    return tuple(found)


def formulas(title: str, package: str) -> Fold:
    """The page's formulas, which stand in formulas.md of its folder."""
    text = files(package).joinpath("formulas.md").read_text(encoding="utf-8")
    return Fold(title, (Text(text),))
