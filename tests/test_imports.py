"""The direction of imports: settings -> bn_core -> views -> layout -> host, no arrow back up."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("app.py", "bn_core", "ui", "pages", "benchmarks")
PUBLIC = {"_exit"}  # os._exit is documented

_BASE = (
    "types",
    "array_checks",
    "checks",
    "reductions",
    "normalize",
    "pooling",
    "running",
    "sampling",
    "fields",
)
BASE = {f"bn_core.{name}" for name in _BASE}
TOOLS = {"ui.plot", "ui.text", "ui.settings", "ui.layout", "ui.bounded"}

# All that a room may import beside itself, numpy and the standard library.
MAY_IMPORT = {
    "bn_core/data": {"bn_core.types"},
    "bn_core/layers": BASE,
    "bn_core/theory": BASE,  # nothing of simulation, which is drawn to check it
    "bn_core/simulation": BASE,  # and nothing of theory
    "bn_core/comparison": BASE | {"bn_core.layers", "bn_core.theory", "bn_core.simulation"},
    "bn_core/gradients": BASE,
    "bn_core/numerics": BASE,
    "bn_core/training": BASE | {"bn_core.data"},
    "ui/settings": {"bn_core"},
    "ui/text": {"bn_core"},
    "ui/plot": {"bn_core", "ui.text"},
    "ui/plotly": set(),
    "ui/activations": {"bn_core", "ui.bounded"},
    "ui/views": {"bn_core", "ui.activations"} | TOOLS,
    "ui/jobs": {"ui.bounded"},
    "ui/training": {"bn_core", "ui.jobs"} | TOOLS,
    "ui/lessons": {"bn_core", "ui.training", "ui.views"} | TOOLS,
    "ui/your_norm": {"bn_core", "ui.views"} | TOOLS,
    "ui/take_away": {"bn_core", "ui.training", "ui.views"} | TOOLS,
    "ui/bounded.py": set(),
    "ui/layout.py": {"ui.settings"},
    "ui/navigation.py": {"ui.layout", "ui.lessons", "ui.training", "ui.views", "ui.your_norm"},
}
HOSTS = {"ui/app", "ui/site", "ui/hall"}  # they draw what stands below, and may import all of it
# What no module of a larger part may import.
FORBIDDEN = {
    "bn_core": {"ui", "pages", "app", "benchmarks", "tests"},
    "ui": {"pages", "app", "benchmarks", "tests"},
    "pages": {"plotly", "numpy", "bn_core", "app", "benchmarks", "tests"},
}


def imported(source: str, package: str) -> Iterator[str]:
    """Every module or name that a module of this package imports, in full, also in functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            start = [*(above if node.level else []), *([node.module] if node.module else [])]
            yield from (".".join([*start, alias.name]) for alias in node.names)


def within(name: str, packages: set[str]) -> bool:
    """Whether the name is one of the packages or stands in one of them."""
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


def private(source: str) -> set[str]:
    """The _names of other modules that this source imports or reaches for."""
    tree = ast.parse(source)
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = {alias.name for node in froms for alias in node.names}
    names |= {part for node in froms for part in (node.module or "").split(".")}
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {alias.asname or alias.name for node in nodes for alias in node.names}
    names |= {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in modules
    }
    return {name for name in names - PUBLIC if name[:1] == "_" and name[:2] != "__"}


def files(folder: str) -> list[Path]:
    """The Python files of a folder, or the one file; those that are run by hand left out."""
    path = ROOT / folder
    found = [path] if path.is_file() else sorted(path.rglob("*.py"))
    assert found, f"{folder} has moved"
    return [one for one in found if not one.name.startswith("make_")]


def imports(folder: str) -> Iterator[tuple[str, str]]:
    """Each file below the folder with each name that it imports."""
    for path in files(folder):
        package = ".".join(path.parent.relative_to(ROOT).parts)
        for name in imported(path.read_text(encoding="utf-8"), package):
            yield str(path.relative_to(ROOT)), name


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    allowed = MAY_IMPORT[room] | sys.stdlib_module_names | {"numpy", room.replace("/", ".")}
    wrong = [(file, name) for file, name in imports(room) if not within(name, allowed)]
    assert not wrong


@pytest.mark.parametrize("part", FORBIDDEN)
def test_no_arrow_back_up(part: str) -> None:
    wrong = [(file, name) for file, name in imports(part) if within(name, FORBIDDEN[part])]
    assert not wrong


def test_every_room_has_its_rule() -> None:
    rooms = {
        path.parent for part in ("bn_core", "ui") for path in ROOT.glob(f"{part}/*/__init__.py")
    }
    loose = {path for path in ROOT.glob("ui/*.py") if path.name != "__init__.py"}
    found = {path.relative_to(ROOT).as_posix() for path in rooms | loose}
    assert found - HOSTS == set(MAY_IMPORT)


def test_the_hall_knows_no_streamlit_and_of_its_host_only_the_answers() -> None:
    """It needs a server that speaks ASGI, whoever's."""
    names = [name for _, name in imports("ui/hall")]
    assert not [name for name in names if within(name, {"streamlit", "ui.site", "ui.jobs"})]
    server = ("answers.answer", "answers.assets", "answers.turns", "http")
    shared = {f"ui.app.server.{name}" for name in server}
    app = [name for name in names if within(name, {"ui.app"}) and not within(name, shared)]
    assert not app


@pytest.mark.parametrize(
    ("part", "others"),
    [
        ("ui/hall/state", {"ui.hall.store", "ui.hall.server", "ui.app", "starlette", "redis"}),
        ("ui/hall/store", {"ui.hall.server", "ui.app", "starlette"}),
    ],
)
def test_a_room_knows_no_store_and_a_store_no_server(part: str, others: set[str]) -> None:
    wrong = [(file, name) for file, name in imports(part) if within(name, others)]
    assert not wrong


@pytest.mark.parametrize(
    "wing", sorted(path.parent.name for path in ROOT.glob("ui/views/*/__init__.py"))
)
def test_a_wing_takes_nothing_from_another(wing: str) -> None:
    own = {f"ui.views.{wing}", "ui.views.view"}
    names = [name for _, name in imports(f"ui/views/{wing}") if within(name, {"ui.views"})]
    assert not [name for name in names if not within(name, own)]


def test_the_core_needs_numpy_and_the_standard_library_alone() -> None:
    allowed = set(sys.stdlib_module_names) | {"numpy", "bn_core"}
    assert not [(file, name) for file, name in imports("bn_core") if not within(name, allowed)]


@pytest.mark.parametrize("part", SOURCES)
def test_no_module_takes_a_private_name_of_another(part: str) -> None:
    wrong = {
        str(path.relative_to(ROOT)): names
        for path in files(part)
        if (names := private(path.read_text(encoding="utf-8")))
    }
    assert not wrong


def test_the_reader_of_imports_finds_them() -> None:
    source = (
        "import a.b, c\nfrom d.e import f\nfrom . import g\nfrom ..h import i\n"
        "from .j.k import l as m\ndef n():\n    import o"
    )
    expected = {"a.b", "c", "d.e.f", "x.y.g", "x.h.i", "x.y.j.k.l", "o"}
    assert set(imported(source, "x.y")) == expected


def test_the_reader_of_private_names_finds_them() -> None:
    source = (
        "import a\nfrom b import _c, d\nfrom e._f import g\nfrom __future__ import annotations\n"
        "a._h()\nd._i = d.j\ng.__name__\nself._k"
    )
    assert private(source) == {"_c", "_f", "_h", "_i"}
