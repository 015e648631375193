"""Effective batch: every number that is told, against a simulation of this test."""

from typing import Any

import numpy as np
import pytest

from tests.ui.truth.oracle import Array, agrees, mean_of, rms_of, sd_of
from tests.ui.truth.printed import figure, find, sentence
from tests.ui.walk import assert_clean, show, walk
from ui.views.effective_batch.view import EffectiveBatchSettings as Set
from ui.views.view import Shown

PAGE = "effective_batch"


def fields(s: Set, batches: int, examples: int, rng: np.random.Generator) -> Array:
    """Gaussian maps by their recursion, (batches, values): each position takes rho of the last."""
    x = rng.standard_normal((batches, examples, s.height, s.width))
    keep, new = s.correlation, np.sqrt(1 - s.correlation**2)
    for i in range(1, s.height):
        x[:, :, i] = keep * x[:, :, i - 1] + new * x[:, :, i]
    for j in range(1, s.width):
        x[..., j] = keep * x[..., j - 1] + new * x[..., j]
    return np.asarray(x.reshape(batches, -1))


def together(s: Set) -> int:
    """Examples that share statistics, counted as the page's words have it."""
    own = s.batch if s.ghost == 0 else min(s.ghost, s.batch)
    return own * (s.devices if s.synchronised == "yes" else 1)


def closed_forms(shown: Shown) -> list[Any]:
    """The last column of the table of numbers."""
    found = find(
        sentence(shown, "numbers"),
        r"mean: sd (?:not drawn|\S+) # variance: average (?:not drawn|\S+) # "
        r"variance: sd (?:not drawn|\S+) # output: RMS gap (?:not drawn|\S+) #",
    )
    assert found is not None
    return found


def test_texts_are_clean() -> None:
    for s in walk(Set, 80, 31):
        assert_clean(show(PAGE, s))


def test_table_and_sentence() -> None:
    rng, told = np.random.default_rng(1), 0
    for s in walk(Set, 70, 32, shape="normal"):
        examples = together(s)
        values = examples * s.height * s.width
        if values == 1 or values > 20_000:
            continue
        x = fields(s, min(3000, 800_000 // values), examples, rng)
        mean, var = x.mean(axis=1), x.var(axis=1)
        gap = rms_of((1 - np.sqrt(var)) ** 2 + mean**2)  # the batch's mean of (z - u)^2
        shown = show(PAGE, s)
        estimates = (rms_of(mean**2), mean_of(var), sd_of(var), gap)
        for number, estimate in zip(closed_forms(shown), estimates, strict=True):
            assert agrees(number, estimate), s
        answer = sentence(shown, "answer")
        off = find(answer, "typically off by # % of a std")
        assert off is not None
        assert agrees(off[0], rms_of(mean**2), 100), s
        if s.height * s.width > 1:
            worth = find(answer, "# positions here(?:, all independent,)? count as #")
            assert worth is not None
            assert worth[0].value == values
            assert 100 / np.sqrt(worth[1].value) == pytest.approx(off[0].value, rel=0.02)
        told += 1
    assert told >= 30


def test_the_table_of_other_ways() -> None:
    """8 devices of 4 samples: 0.636 with statistics of their own, 0.218 synchronised."""
    rng = np.random.default_rng(2)
    shown = sentence(show(PAGE, Set(batch=4, devices=8, height=1, width=1)), "ways")
    for way, examples, expected in (
        ("each device alone", 4, 0.636),
        ("devices synchronised", 32, 0.218),
    ):
        found = find(shown, f"{way} # # #")
        assert found is not None
        assert found[0].value == found[1].value == examples
        assert found[2].value == expected
        x = rng.standard_normal((20_000, examples))
        assert agrees(found[2], rms_of((1 - x.std(axis=1)) ** 2 + x.mean(axis=1) ** 2))


def test_the_picture_of_the_counts_says_what_the_words_say() -> None:
    for s in walk(Set, 40, 33):
        shown = show(PAGE, s)
        counts = find(
            str(figure(shown, "fig_counts")["alt"]),
            "# examples? in one update, # examples? for one mean and variance, # values?",
        )
        assert counts is not None
        assert counts[0].value == s.batch * s.devices * s.accumulation
        assert counts[1].value == together(s)
        assert counts[2].value == together(s) * s.height * s.width
        who = find(sentence(shown, "who"), "pass(?:es)? = # example")
        assert who is not None
        assert who[0].value == counts[0].value
