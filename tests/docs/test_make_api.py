"""`make docs`: a page for every module of the core, on which each docstring stands whole."""

import html
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import bn_core
from docs.make_api import build

# On the page of their package stands what it exports of them; the last two are the core's own.
WITHIN = {
    "bn_core.layers.batch_norm": "bn_core.layers",
    "bn_core.layers.batch_norm_2d": "bn_core.layers",
    "bn_core.layers.layer_norm": "bn_core.layers",
    "bn_core.layers.rms_norm": "bn_core.layers",
    "bn_core.layers.group_norm": "bn_core.layers",
    "bn_core.layers.group_norm_2d": "bn_core.layers",
    "bn_core.data.digits": "bn_core.data",
}
WITHOUT = {"bn_core.layers.rows", "bn_core.data.make_digits"}
MODULES = {module.name for module in pkgutil.walk_packages(bn_core.__path__, "bn_core.")}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of pages. A warning on the way is an error, as everywhere in the tests."""
    folder = tmp_path_factory.mktemp("api")
    build(folder)
    return folder


def page_of(api: Path, name: str) -> Path:
    return api / (name.replace(".", "/") + ".html")


def shown(page: Path) -> str:
    """The page's text as a reader has it, without the code that can be unfolded."""
    text = re.sub(r"<pre><span></span><span id=.*?</pre>", "", page.read_text("utf-8"), flags=re.S)
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def compact(text: str) -> str:
    """Without what Markdown takes for its own: spaces, backticks and the dashes of a list."""
    return re.sub(r"^\s*- |[\s`]", "", text, flags=re.M)


def docstrings(module: ModuleType) -> Iterator[str]:
    """Of the public functions and classes of a module, and of the methods of these."""
    for name, thing in vars(module).items():
        if name[0] == "_" or not callable(thing) or thing.__module__ != module.__name__:
            continue
        if inspect.isclass(thing):
            public = [member for key, member in vars(thing).items() if key[0] != "_"]
            yield from (inspect.getdoc(m) or "" for m in public if inspect.isroutine(m))
        # dataclass gives a class without a docstring its signature for one.
        if thing.__doc__ and not thing.__doc__.startswith(f"{name}("):
            yield inspect.getdoc(thing) or ""


@pytest.mark.parametrize("name", ["bn_core", *sorted(MODULES - WITHOUT)])
def test_every_docstring_stands_whole_on_its_page(api: Path, name: str) -> None:
    module = importlib.import_module(name)
    found = [*docstrings(module), *([] if name in WITHIN else [module.__doc__ or ""])]
    text = compact(shown(page_of(api, WITHIN.get(name, name))))
    assert any(found)
    for docstring in found:
        assert compact(docstring) in text


def test_the_first_page_links_to_every_room(api: Path) -> None:
    first = page_of(api, "bn_core").read_text("utf-8")
    for room in pkgutil.iter_modules(bn_core.__path__):
        assert f'href="bn_core/{room.name}.html"' in first, room.name


def test_types_have_their_short_names(api: Path) -> None:
    pages = list(api.rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        assert not re.search(r"numpy\.(ndarray|_typing)|_SupportsArray", shown(page)), page


def test_an_argument_begins_a_line(api: Path) -> None:
    for module, starts in {
        "bn_core.layers": ("momentum: weight of", "Raises ValueError for a", "Source: Ioffe"),
        "bn_core.training.runs": ("ghost: examples", "examples: how many"),
    }.items():
        page = page_of(api, module).read_text("utf-8")
        for start in starts:
            assert re.search(rf"<br\s*/?>\s*{start}", page), start


def test_a_layer_links_to_what_it_inherits(api: Path) -> None:
    layers = page_of(api, "bn_core.layers").read_text("utf-8")
    assert 'href="layers/base.html#Norm1D.forward"' in layers
    assert 'id="Norm1D.forward"' in page_of(api, "bn_core.layers.base").read_text("utf-8")
