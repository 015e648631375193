"""Whose activations the page shows: a visitor's file, or the examples that come with it."""

from dataclasses import dataclass

from bn_core.types import Numbers
from ui.activations.contents import Contents, NormLayer
from ui.activations.examples import examples
from ui.activations.held import found

EXAMPLES_NAME = "the examples that come with this page"


@dataclass(frozen=True, eq=False)
class Source:
    """contents: of the file. lost: its token is no longer known. borrowed: its arrays are ours."""

    contents: Contents
    own: bool
    lost: bool = False


def source(token: str) -> Source:
    """What stands behind a token; the examples for "", and for a token that nobody has."""
    if not token:
        return Source(examples(), own=False)
    contents = found(token)
    if contents is None:
        return Source(examples(), own=False, lost=True)
    return Source(contents, own=True)


def arrays(of: Source) -> dict[str, Numbers]:
    """The activations to show: the examples' where a file has none of its own."""
    return of.contents.arrays or examples().arrays


def norms(of: Source) -> tuple[NormLayer, ...]:
    """The norm layers of the file."""
    return of.contents.norms
