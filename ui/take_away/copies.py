"""The code that can be copied from a page, by the name of its kind."""

from collections.abc import Callable
from typing import Any

from ui import views
from ui.take_away.flax import flax
from ui.take_away.keras import keras
from ui.take_away.pytorch import pytorch
from ui.training.code import code as training_code
from ui.training.settings import TrainingSettings

LAYERS: dict[str, Callable[[Any], str]] = {"pytorch": pytorch, "keras": keras, "flax": flax}
KINDS = ("numpy", *LAYERS)


def settings_class(page: str) -> type[Any]:
    """The settings of a page that has code; KeyError for the name of no such page."""
    return TrainingSettings if page == "training" else views.load(page).settings


def copy_of(page: str, settings: Any, kind: str) -> str:
    """The text of that kind for a page at its settings.

    Raises ValueError for another kind, KeyError for a page without code.
    """
    if kind in LAYERS:
        return LAYERS[kind](settings)
    if kind != "numpy":
        raise ValueError(f"{kind!r} cannot be copied, expected one of {', '.join(KINDS)}")
    return training_code(settings) if page == "training" else views.code(page, settings)
