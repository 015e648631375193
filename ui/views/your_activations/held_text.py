"""Which file and which array the page shows. What comes from the file is text, never markup."""

from html import escape

from ui.text.html import paragraph
from ui.views.your_activations.here import Here
from ui.views.your_activations.source import Source, arrays
from ui.views.your_activations.words import things

_LISTED = 12  # arrays named
_TOLD = 3  # sentences about what is left out
_LONGEST = 240


def held(source: Source, here: Here, before: str, axis_note: str) -> str:
    """Which array the page shows, and what became of a file that it cannot show."""
    told = paragraph(before, "lesson")
    if source.lost:
        told += paragraph(
            "Your file is no longer held here. Drop it again; until then the page shows the "
            "examples that come with it.",
            "lesson",
        )
    contents = source.contents
    if source.own and not contents.arrays:
        told += paragraph(
            f"<b>{escape(contents.name)}</b> has no activations, but "
            f"{things(len(contents.norms), 'norm layer')}: they stand at the foot of this page. "
            "The figures before them show the examples that come with it."
        )
    layer = here.layer
    name = list(arrays(source))[here.number - 1]
    positions = f", {layer.positions:,} positions" if layer.positions > 1 else ""
    of = f" of {here.count}" if here.count > 1 else ""
    return told + paragraph(
        f"Array {here.number}{of}, <b>{escape(name)}</b>: {layer.examples:,} examples, "
        f"{things(layer.features, 'feature')} (axis {layer.axis + 1}){positions}. {axis_note}"
    )


def file(source: Source) -> str:
    """What the file has: its arrays, and what of it is left out."""
    contents = source.contents
    told = paragraph(
        f"<b>{escape(contents.name)}</b> is held in memory only."
        if source.own
        else "These are the examples that come with this page: activations before each norm of a "
        "small network trained on handwritten digits, and feature maps of untrained convolutions."
    )
    names = [
        f"{number}: {escape(name)} ({_shape(array.shape)})"
        for number, (name, array) in enumerate(contents.arrays.items(), 1)
    ]
    if names:
        more = len(names) - _LISTED
        told += paragraph(
            f"Arrays: {', '.join(names[:_LISTED])}{f' and {more} more' if more > 0 else ''}.",
            "small",
        )
    return told + _left_out(contents.left_out)


def _left_out(sentences: tuple[str, ...]) -> str:
    if not sentences:
        return ""
    cut = [one if len(one) <= _LONGEST else f"{one[:_LONGEST]}…" for one in sentences[:_TOLD]]
    more = len(sentences) - len(cut)
    told = "; ".join(escape(one).rstrip(".") for one in cut)
    return paragraph(f"Left out: {told}{f'; and {more} more' if more else ''}.", "small")


def _shape(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))
