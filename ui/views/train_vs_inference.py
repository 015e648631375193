"""Training against inference: the same sample, two outputs, and where the gap comes from."""

import math
from dataclasses import dataclass

import numpy as np

from bn_core import gap_by_size, simulation, theory
from bn_core.normalize import Array
from bn_core.theory import OneClassStatistics
from ui.controls import Choice, Slider, Steps, setting
from ui.figures.gap import Cloud, gap
from ui.figures.gap_by_batch import gap_by_batch
from ui.figures.same_sample import same_sample
from ui.sentences.train_vs_inference import (
    answer,
    causes_table,
    causes_text,
    gap_table,
    lesson,
    sample_table,
    special,
)
from ui.settings import BATCH_SIZES, Settings
from ui.views import Shown, View
from ui.views.running_statistics import STORED

SIZES = tuple(size for size in BATCH_SIZES if size > 1)
DOTS = 250
U = np.linspace(-3.5, 3.5, 29)


@dataclass(frozen=True)
class TrainInferenceSettings(Settings):
    case: str = setting(
        "ordinary",
        Choice(
            "Case",
            ("ordinary", "eval forgotten", "one class"),
            "eval forgotten: tested in training mode, one sample at a time. one class: each batch "
            "has samples of one class alone.",
        ),
    )
    stored: str = setting("biased", STORED)
    sample: float = setting(
        1.0, Slider("The fixed sample, in stds", -4.0, 4.0, 0.1, "(x − mean) / std")
    )
    steps: int = setting(
        20,
        Steps("Training steps so far", (0, 1, 2, 5, 10, 20, 50, 100, 200, 500), "From 0 and 1."),
    )
    separation: float = setting(
        1.6,
        Slider("Class means, ± stds", 0.0, 4.0, 0.1, "In units of the std within a class."),
    )


def show(s: TrainInferenceSettings) -> Shown:
    """The gap at one batch size, one sample's law, and the gap against the batch size."""
    batch = 1 if s.case == "eval forgotten" else s.batch
    known = _one_class(s) if s.case == "one class" else None
    ratio = _eps_ratio(s)
    pairs, exact = _pairs(s, batch, known, ratio)
    measured = (pairs.correlation, pairs.rms_gap)
    inference = _inference(s, known)
    law, mean, sd = simulation.fixed_sample_density(s.shape, batch, s.sample, s.seed, ratio)
    lawful = s.shape == "normal" and ratio <= 1e-3
    moments = _moments(s.sample, batch) if lawful else None
    gaps = _by_size(s, known, measured[1])
    parts = gaps.parts_at(s.batch)
    now, at = f"after {s.steps} steps", f"B = {s.batch}, {s.steps} steps, momentum {s.momentum:g}"
    if known is not None:
        now, at = "one class a batch", f"B = {s.batch}, settled"
    notes = special(batch, s.std, s.eps, s.shape, s.case)
    return {
        "answer": answer(s.case, batch, measured[1], measured[0]),
        "fig_gap": gap(_clouds(s, batch, known, pairs, lawful), *measured),
        "fig_same_sample": same_sample(
            law,
            _exact_law(s.sample, batch) if lawful else None,
            mean,
            sd,
            inference,
            float(theory.output_bound(batch)),
        ),
        "gap_table": gap_table(measured, exact, pairs.training.size // batch),
        "sample_table": sample_table(s.sample, (mean, sd), moments, inference),
        "lesson": lesson(s.case, batch, known, notes),
        "fig_gap_by_batch": gap_by_batch(gaps, now, s.batch),
        "causes": causes_table(parts, at) if parts else "",
        "causes_text": causes_text(
            s.batch, s.steps, s.stored == "unbiased", s.shape == "normal" and known is None
        ),
    }


def _eps_ratio(s: TrainInferenceSettings) -> float:
    """eps over the variance that a batch sees: all of it, or that within a class."""
    within = s.std**2 / (1 + s.separation**2) if s.case == "one class" else s.std**2
    return s.eps / within if within else math.inf


def _one_class(s: TrainInferenceSettings) -> OneClassStatistics:
    return theory.one_class_statistics(
        s.batch, 1.0, s.separation**2, s.momentum, unbiased=s.stored == "unbiased"
    )


def _pairs(
    s: TrainInferenceSettings, batch: int, known: OneClassStatistics | None, ratio: float
) -> tuple[simulation.Pairs, tuple[float, float] | None]:
    """Both outputs of many samples; correlation and RMS gap in closed form, where it holds."""
    if known is not None:
        pairs = simulation.one_class_pairs(
            s.shape,
            batch,
            s.seed,
            separation=s.separation,
            inference_var=known.running_var,
            eps_ratio=ratio,
        )
        if s.shape != "normal" or ratio > 1e-3:
            return pairs, None
        return pairs, theory.one_class_gap(batch, 1.0, s.separation**2, known.running_var)
    pairs = simulation.pairs(s.shape, batch, s.seed, ratio)
    if s.shape != "normal":
        return pairs, None
    corr, rms = theory.train_inference_corr(batch, ratio), theory.rms_gap(batch, ratio)
    return pairs, (float(corr), float(rms))


def _inference(s: TrainInferenceSettings, known: OneClassStatistics | None) -> float:
    """Where inference puts the fixed sample, with settled statistics."""
    if known is None:
        return s.sample / math.sqrt(1 + _eps_ratio(s))
    return float(_scaled(np.array(s.sample + s.separation), known))


def _scaled(x: Array, known: OneClassStatistics) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(x / np.sqrt(known.running_var))


def _clouds(
    s: TrainInferenceSettings,
    batch: int,
    known: OneClassStatistics | None,
    pairs: simulation.Pairs,
    lawful: bool,
) -> list[Cloud]:
    mean, sd = theory.fixed_sample_moments(U, batch)
    if known is None:
        dots = slice(DOTS)
        expected = (U, mean, sd) if lawful else None
        one = Cloud(
            "samples", "after", "circle", pairs.inference[dots], pairs.training[dots], expected
        )
        return [one]
    clouds = []
    for start, side, name, colour, symbol in (
        (0, 1.0, "class +", "after", "circle"),
        (1, -1.0, "class −", "running", "diamond"),
    ):
        dots = slice(start, DOTS, 2)
        at = _scaled(U + side * s.separation, known)
        inference, training = pairs.inference[dots], pairs.training[dots]
        law = (at, mean, sd) if lawful else None
        clouds.append(Cloud(name, colour, symbol, inference, training, law))
    return clouds


def _moments(u: float, batch: int) -> tuple[float, float]:
    mean, sd = theory.fixed_sample_moments(u, batch)
    return float(mean), float(sd)


def _exact_law(u: float, batch: int) -> tuple[Array, Array] | None:
    if batch < 3:
        return None
    bound = math.sqrt(batch - 1)
    mean, sd = _moments(u, batch)
    low, high = max(-bound, mean - 5 * sd), min(bound, mean + 5 * sd)
    # Denser towards both ends, where the density may shoot up.
    z = (low + high) / 2 + (high - low) / 2 * np.sin(np.linspace(-0.499, 0.499, 101) * np.pi)
    return z, theory.fixed_sample_pdf(z, u, batch)


def _by_size(
    s: TrainInferenceSettings, known: OneClassStatistics | None, rms: float
) -> gap_by_size.GapBySize:
    unbiased = s.stored == "unbiased"
    if s.std == 0:
        return gap_by_size.nothing(SIZES)
    if known is not None:
        return gap_by_size.one_class(
            SIZES, s.shape, separation=s.separation, unbiased=unbiased, measured=(s.batch, rms)
        )
    return gap_by_size.unsettled(
        SIZES,
        s.shape,
        s.seed,
        steps=s.steps,
        momentum=s.momentum,
        mean=s.mean,
        std=s.std,
        eps=s.eps,
        unbiased=unbiased,
    )


VIEW = View(TrainInferenceSettings, show)
