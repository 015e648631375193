"""Writes the API pages of bn_core from its docstrings: python -m docs.make_api"""

import pkgutil
import re
from pathlib import Path

import numpy.typing
import pdoc
import pdoc.render

import bn_core
from bn_core import types

OUTPUT = Path(__file__).resolve().parents[1] / "build" / "api"

# pdoc follows __all__, which in bn_core names classes alone, so that functions of layers need to be
# named; and it lists what a class inherits only where the module of its base has a page.
MODULES = (
    "bn_core",
    *(module.name for module in pkgutil.iter_modules(bn_core.__path__, "bn_core.")),
    "bn_core.layers.base",
    "bn_core.layers.column_norm",
    "bn_core.layers.folding",
    "bn_core.layers.maps",
    "bn_core.layers.masked",
    "bn_core.layers.running_statistics",
    "bn_core.layers.state",
)

# pdoc spells each alias out, ArrayLike over several lines.
ALIASES = {
    "ArrayLike | None": numpy.typing.ArrayLike | None,
    "ArrayLike": numpy.typing.ArrayLike,
    "DTypeLike": numpy.typing.DTypeLike,
    "Array": types.Array,
    "FloatArray": types.FloatArray,
    "Numbers": types.Numbers,
    "Indices": types.Indices,
    "Mask": types.Mask,
    "NDArray[Scalar]": numpy.typing.NDArray[types.Scalar],  # type: ignore[valid-type]
}
_BETWEEN = r"(?:<[^>]*>|\s)*"  # a coloured signature has tags between its words
_TYPING = rf"(?:typing{_BETWEEN}\.{_BETWEEN})?"  # left out here and there


def build(output: Path) -> None:
    """Write a page for each module into the folder output."""
    pdoc.render.configure(docformat="markdown")
    pdoc.render.env.filters["to_markdown"] = _lines
    pdoc.pdoc(*MODULES, output_directory=output)
    for page in output.rglob("*.html"):
        page.write_text(_with_aliases(page.read_text()))


def _lines(docstring: str) -> str:
    """With a line of its own for each argument, Returns, Raises and Source."""
    starts = r"(?=(?:Returns|Raises|Source:|\w+(?:, \w+)*: ))"
    return re.sub(rf"(?<=\.)[ \n] *{starts}", "  \n", docstring)


def _with_aliases(html: str) -> str:
    for name, alias in ALIASES.items():
        words = re.findall(r"\w+|[^\w\s]", re.sub(r"\btyping\.", "", str(alias)))
        parts = [(_TYPING if word in ("Any", "Union") else "") + re.escape(word) for word in words]
        html = re.sub(_BETWEEN.join(parts), name, html)
    return html


if __name__ == "__main__":
    build(OUTPUT)
    print(f"Open {OUTPUT / 'index.html'}")
