"""Effective batch: who shares batch statistics, and what they are worth in independent samples."""

import math
from dataclasses import dataclass, replace

import numpy as np

from bn_core.fields import standard_fields
from bn_core.simulation.positions import LARGEST_BATCH, map_moments, position_statistics
from bn_core.theory.positions import effective_batch, mean_sd, var_mean, var_sd
from bn_core.theory.positions_gap import position_rms_gap
from bn_core.theory.training_step import TrainingStep
from bn_core.types import Array
from ui.settings.controls import Choice, Slider, Steps, setting
from ui.settings.shared import BATCH_SIZES, Settings
from ui.views.effective_batch import text as say
from ui.views.effective_batch.counts import counts
from ui.views.effective_batch.here import Errors, Here, Way
from ui.views.effective_batch.noise_by_batch import Lines, noise_by_batch
from ui.views.effective_batch.one_map import one_map
from ui.views.view import Shown, View

SIDES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32)


@dataclass(frozen=True)
class EffectiveBatchSettings(Settings):
    height: int = setting(
        8, Steps("Height of a feature map", SIDES, "1 × 1 is a dense layer: one value a feature.")
    )
    width: int = setting(8, Steps("Width of a feature map", SIDES, "A sequence has height 1."))
    correlation: float = setting(
        0.8,
        Slider(
            "Correlation of neighbours",
            0.0,
            0.99,
            0.01,
            "Of two positions side by side; k positions apart it is this number to the power k.",
        ),
    )
    devices: int = setting(
        8, Steps("Devices", (1, 2, 4, 8, 16, 32, 64), "Each has a batch of its own.")
    )
    synchronised: str = setting(
        "no",
        Choice(
            "Statistics synchronised",
            ("no", "yes"),
            "no: each device normalises by its own batch. yes: the devices put their statistics "
            "together in every forward pass.",
        ),
    )
    accumulation: int = setting(
        1,
        Steps(
            "Forward passes in one update", (1, 2, 4, 8, 16), "Gradient accumulation adds them up."
        ),
    )
    ghost: int = setting(
        0,
        Steps(
            "Ghost batch",
            (0, 1, 2, 4, 8, 16, 32, 64, 128),
            "So many examples of a device's batch are normalised together; 0 for all of them.",
        ),
    )


def idle(s: EffectiveBatchSettings) -> set[str]:
    """One device has nothing to synchronise, and a single position no neighbour."""
    return ({"synchronised"} if s.devices == 1 else set()) | (
        {"correlation"} if s.height * s.width == 1 else set()
    )


def show(s: EffectiveBatchSettings) -> Shown:
    """Who shares statistics, what they are worth, and how noisy they are at every batch size."""
    here = _here(s)
    together = [step_of(s, size).normalised_together for size in BATCH_SIZES]
    drawn = tuple(sorted({size for size in together if size <= LARGEST_BATCH}))
    lines = _lines(s, np.array(together))
    simulated = _simulated(s, together, drawn)
    at = BATCH_SIZES.index(s.batch)
    return {
        "answer": say.answer(here),
        "presets": say.presets(),
        "fig_counts": counts(here),
        "fig_one_map": one_map(
            standard_fields(s.shape, (1, s.height, s.width), _rho(s), s.seed)[0], here
        ),
        "who": say.who(here),
        "special": say.special(here),
        "fig_noise_by_batch": noise_by_batch(BATCH_SIZES, Lines(*simulated), lines, s.batch),
        "numbers": say.numbers(
            here,
            Errors(*simulated[:, at].tolist()),
            Errors(*(math.nan if row is None else float(row[at]) for row in lines)),
            len(map_moments(s.shape, (s.height, s.width), _rho(s), s.seed)[0]),
        ),
        "ways": say.ways(here, [_way(s, name, step) for name, step in _ways(step_of(s, s.batch))]),
    }


def step_of(s: EffectiveBatchSettings, batch: int) -> TrainingStep:
    """The update that the settings describe, with this batch on a device."""
    return TrainingStep(
        batch=batch,
        devices=s.devices,
        synchronised=s.synchronised == "yes",
        accumulated=s.accumulation,
        ghost=s.ghost or None,
    )


def _rho(s: EffectiveBatchSettings) -> float:
    """The correlation of neighbours, where there are any."""
    return s.correlation if s.height * s.width > 1 else 0.0


def _here(s: EffectiveBatchSettings) -> Here:
    step = step_of(s, s.batch)
    return Here(
        step=step,
        height=s.height,
        width=s.width,
        rho=_rho(s),
        shape=s.shape,
        worth=float(effective_batch(step.normalised_together, s.height, s.width, _rho(s))),
    )


def _lines(s: EffectiveBatchSettings, together: Array) -> Lines:
    """The closed forms at each batch size; those that need Gaussian input for that alone."""
    size = s.height, s.width, _rho(s)
    gaussian = s.shape == "normal"
    return Lines(
        mean=mean_sd(together, *size),
        var_mean=var_mean(together, *size),
        var=var_sd(together, *size) if gaussian else None,
        gap=position_rms_gap(together, *size) if gaussian else None,
    )


def _simulated(s: EffectiveBatchSettings, together: list[int], drawn: tuple[int, ...]) -> Array:
    """The same four from drawn batches, (4, n_sizes); nan where they would be too large."""
    found = np.full((4, len(together)), np.nan)
    if drawn:
        size = s.height, s.width
        batches = position_statistics(s.shape, drawn, size, _rho(s), s.seed)
        rows = np.stack(
            [
                batches.mean.std(axis=1),
                batches.var.mean(axis=1),
                batches.var.std(axis=1),
                batches.rms_gaps,
            ]
        )
        for at, examples in enumerate(together):
            if examples in drawn:
                found[:, at] = rows[:, drawn.index(examples)]
    return found


def _ways(step: TrainingStep) -> list[tuple[str, TrainingStep]]:
    """Other ways to spend the same examples on one update."""
    return [
        ("as set", step),
        ("each device alone", replace(step, synchronised=False, ghost=None)),
        ("devices synchronised", replace(step, synchronised=True, ghost=None)),
        ("one device, one forward pass", TrainingStep(step.examples)),
    ]


def _way(s: EffectiveBatchSettings, name: str, step: TrainingStep) -> Way:
    size = s.height, s.width, _rho(s)
    together = step.normalised_together
    gap = float(position_rms_gap(together, *size)) if s.shape == "normal" else None
    return Way(name, together, float(effective_batch(together, *size)), gap)


VIEW = View(EffectiveBatchSettings, show)
