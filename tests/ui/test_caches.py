"""Every cache of the app has a bound in bytes, known here, and a walk that tries to pass it.

A new lru_cache needs its figure below: how many entries it keeps, and one of the largest. Where
values are large or of any size, take ui.bounded.kept.
"""

import ast
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import numpy as np
import pytest

import bn_core
import ui
from bn_core.data import digits
from bn_core.simulation.feature_paths import BUDGET, STEPS
from tests.test_imports import ROOT
from tests.ui.walk import walk
from ui import views
from ui.activations import held
from ui.activations.contents import MOST_BYTES
from ui.app.server.answers import answer, assets
from ui.bounded import Bounded, Kept, size_of
from ui.jobs import JobQueue
from ui.settings.shared import BATCH_SIZES

MB = 1_000_000
MOST_FEATURES = 256
FOLLOWED = [(min(MOST_FEATURES, BUDGET // (b * STEPS)), b) for b in BATCH_SIZES]

# Of each function whose results an lru_cache keeps: the bound in bytes, and arguments that make
# its largest results.
FIGURES: dict[str, tuple[float, list[tuple[Any, ...]]]] = {
    "_drawn_once": (17 * MB, [("normal", MOST_FEATURES, 512, 1, 0, 0)]),
    "_images": (4 * MB, [(np.dtype(float), True)]),
    "_unit_paths": (20 * MB, [("normal", n, n - 1, batch, 0, 0.1) for n, batch in FOLLOWED]),
    "_batch_statistics": (20 * MB, [("normal", n, n - 1, batch, 0) for n, batch in FOLLOWED]),
    "_subscripts": (MB, [(3, (0, 1))]),
    "_average": (3 * MB, [(64 * 512, np.dtype(float))]),
    "_legendre": (0.1 * MB, [(320,)]),
    "_log_transform": (0.2 * MB, [(1200, None)]),
    "pool": (34 * MB, [("normal", 0)]),
    "nested_statistics": (5 * MB, [("normal", BATCH_SIZES, 0)]),
    "_other_samples": (1.1 * MB, [("normal", 2, 0)]),
    "gap_law": (0.03 * MB, [("normal", BATCH_SIZES, 0)]),
    "_running_estimates": (3 * MB, [("normal", BATCH_SIZES, 0, 2, 0.1)]),
    "output_density": (0.2 * MB, [("normal", 512, 0, 0.0)]),
    "inverse_std": (0.1 * MB, [("normal", 2, 0)]),
    "map_moments": (1.1 * MB, [("normal", (1, 1), 0.5, 0)]),
    "_maps_of_batches": (1.1 * MB, [(64, 0)]),
    "_position_transform": (0.11 * MB, [(32, 32, 0.5)]),
    "_axis_spectrum": (0.1 * MB, [(32, 0.5)]),
    "document": (0.3 * MB, [("phone", ""), ("remote", "")]),
    "script_named": (0.2 * MB, [("batch_normalisation",)]),
}
# Tables that are no function's: where they are filled past their bound.
TABLES = {
    "_stopped": "tests/pages/test_training.py",
    "_kept": "tests/ui/site/test_training.py",
}
IN_ALL = 280 * MB  # and at most 20 MB of Streamlit's files, see test_compressed.py


def everything() -> Iterator[tuple[str, Any]]:
    """Everything at the top of every module, by the name of the module where it was made."""
    for package in (bn_core, ui):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.rpartition(".")[2].startswith("make_") or module.name.endswith("worker"):
                continue
            for name, value in vars(import_module(module.name)).items():
                yield f"{module.name}.{name}", value


def caches(kind: Callable[[Any], bool]) -> dict[str, Any]:
    """Each once, by its own name."""
    found: dict[str, Any] = {}
    for name, value in everything():
        if kind(value) and not any(value is one for one in found.values()):
            own = name.rpartition(".")[2]
            assert own not in found, f"two caches of the name {own}: give one another"
            found[own] = value
    return found


def kept() -> dict[str, Kept[Any, Any]]:
    return caches(lambda value: isinstance(value, Kept))


def counted() -> dict[str, Any]:
    """Functions with an lru_cache; not those without arguments, which have one result."""
    return caches(
        lambda value: hasattr(value, "cache_parameters") and value.__wrapped__.__code__.co_argcount
    )


def test_no_cache_is_without_a_figure() -> None:
    for name, one in counted().items():
        assert name in FIGURES, f"{name} of {one.__module__} needs its figure in {__name__}"
        assert one.cache_parameters()["maxsize"] is not None, f"{name} keeps without end"
    assert caches(lambda value: isinstance(value, Bounded)).keys() == TABLES.keys()


@pytest.mark.parametrize("name", FIGURES)
def test_a_count_of_entries_is_a_bound_in_bytes(name: str) -> None:
    bound, arguments = FIGURES[name]
    one = counted()[name]
    entries = one.cache_parameters()["maxsize"]
    assert entries * max(size_of(one(*some)) for some in arguments) <= bound


def test_all_caches_together_have_a_bound() -> None:
    total = sum(bound for bound, _ in FIGURES.values())
    total += size_of(assets.assets()) + size_of(digits.load_digits())
    total += sum(one.cache.most_bytes for one in kept().values())
    total += sum(one.most_bytes for one in caches(lambda v: isinstance(v, Bounded)).values())
    queue = JobQueue(workers=0)
    total += queue._board.cache.most_bytes
    queue.close()
    assert total < IN_ALL, f"{total / MB:.0f} MB"


def test_visitors_files_have_a_bound_of_their_own() -> None:
    """tests/ui/activations/test_held.py tries to pass it."""
    assert held.files.most_in_all == 600 * MB
    assert 2 * MOST_BYTES <= held.files.most_of_one <= held.files.most_in_all / 4


def test_a_walk_through_every_page_fills_the_caches_and_none_grows_past_its_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With bounds so low that a few settings fill them; what is thrown out is made again, alike."""
    for one in kept().values():
        one.cache.clear()
        monkeypatch.setattr(one.cache, "most_bytes", one.cache.most_bytes // 40)
    asked = 0
    for name in views.NAMES:
        settings_class = views.load(name).settings
        first = answer.answer(name, settings_class())
        for settings in walk(settings_class, 25, seed=3):
            asked += len(answer.answer(name, settings))
            for own, one in kept().items():
                assert one.cache.bytes <= one.cache.most_bytes, own
        assert answer.answer(name, settings_class()) == first
    assert asked > 2 * answer.encoded.cache.most_bytes, "the walk was too short to fill it"
    for one in kept().values():
        one.cache.clear()


def filled_by(node: ast.AST) -> str | None:
    """The name of the table that this piece of code puts something into."""
    into: ast.expr | None = None
    match node:
        case ast.Subscript(value=table, ctx=ast.Store()):
            into = table
        case ast.Call(
            func=ast.Attribute(
                value=table, attr="append" | "add" | "setdefault" | "update" | "extend"
            )
        ):
            into = table
    return into.id if isinstance(into, ast.Name) else None


def test_no_module_keeps_a_table_of_its_own() -> None:
    """A module's dict, list or set that its functions fill is a cache without a bound."""
    wrong = []
    for path in sorted([*Path(ROOT, "bn_core").rglob("*.py"), *Path(ROOT, "ui").rglob("*.py")]):
        tree = ast.parse(path.read_text("utf-8"))
        tables = {
            target.id
            for node in tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            and isinstance(node.value, ast.Dict | ast.List | ast.Set | ast.Call)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(function):
                if (filled := filled_by(node)) in tables:
                    wrong.append(f"{path.relative_to(ROOT)}: {filled}")
    assert not wrong
