"""The experiments on real data: which runs each takes, and the settings at which its claim shows.

Each takes a base run, from which it varies one thing, and gives tasks: frozen, comparable, and
with nothing computed yet. The constants were chosen so that each claim shows within seconds; what
they gave is in the tests.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bn_core.data import N_TRAIN
from bn_core.training.history import Record
from bn_core.training.network import Norm
from bn_core.training.retaking import Retaken, ShiftedImages
from bn_core.training.runs import Run, stacks
from bn_core.training.tasks import FineTuning, ForgottenEval, TrainStack

NORMS: tuple[Norm, ...] = ("none", "batch", "layer")
RATES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4)
SCALES = (0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0)
BATCHES = (2, 4, 8, 16, 32, 64, 128)
GHOSTS = (4, 8, 16, 64)
MOMENTA = (0.1, 0.01, 0.001)
MICRO_BATCHES = (1, 4, 8, 16)

SIGMOID = Run("batch", depth=3, width=100, activation="sigmoid", lr=1.0, batch=60, steps=600)
SHALLOW = Run("batch", depth=3, lr=0.1, batch=32, steps=250)
FEW = Run("batch", depth=3, lr=0.1, batch=64, steps=200, examples=256, label_noise=0.2)
PLAIN = Run("batch", depth=3, lr=0.1, batch=64, steps=200)
PRETRAINED = Run("batch", depth=3, lr=0.1, batch=64, steps=250)
EPOCHS = 4
TUNING_STEPS = 300
TUNING_BATCHES = (2, 4, 8)
TUNING_RATE = 0.01
TUNING_EXAMPLES = 200
SLOW_STEPS = 100
RETAKING_BATCH = 32
CHANGES = tuple((contrast, (1 - contrast) * 10 / 3) for contrast in (0.2, 0.4, 0.6, 0.8, 1.0))
DEVICES = 8
DEVICE_BATCHES = (2, 4, 8, 16)
SCALES_RATE = 0.1  # a rate at which every norm trains from ordinary initial weights


def train_each(
    base: Run, norms: Iterable[Norm], seeds: Iterable[int], record: Record
) -> tuple[TrainStack, ...]:
    """The same settings with each norm, one task a norm."""
    seeds = tuple(seeds)
    return tuple(
        TrainStack(tuple(replace(base, norm=norm, seed=seed) for seed in seeds), record)
        for norm in norms
    )


def sweep_rates(base: Run, seeds: Iterable[int]) -> tuple[TrainStack, ...]:
    """Each norm at each learning rate."""
    return _stacked(
        replace(base, norm=norm, lr=lr, seed=seed)
        for seed in seeds
        for norm in NORMS
        for lr in RATES
    )


def sweep_scales(base: Run, seeds: Iterable[int]) -> tuple[TrainStack, ...]:
    """Each norm at each scale of the initial weights."""
    return _stacked(
        replace(base, norm=norm, lr=SCALES_RATE, init_scale=scale, seed=seed)
        for seed in seeds
        for norm in NORMS
        for scale in SCALES
    )


def sweep_batches(base: Run, seeds: Sequence[int]) -> tuple[TrainStack, ...]:
    """BN and LN at each batch size: the same number of epochs, the rate in proportion to the batch.

    So each sees as many examples, and each example moves the weights as far (Goyal et al. 2017,
    arXiv 1706.02677).
    """
    return _stacked(
        (
            replace(
                base,
                norm=norm,
                batch=batch,
                lr=base.lr * batch / base.batch,
                steps=EPOCHS * (N_TRAIN // batch),
                seed=seed,
            )
            for batch in BATCHES
            for norm in NORMS[1:]
            for seed in seeds
        ),
        batch=True,
    )


def ghost_batches(base: Run, seeds: Iterable[int]) -> tuple[TrainStack, ...]:
    """BN over the whole batch of 64 and over smaller and smaller ghost batches."""
    return _stacked(replace(base, ghost=ghost, seed=seed) for seed in seeds for ghost in GHOSTS)


def slow_statistics(base: Run, seeds: Iterable[int]) -> tuple[TrainStack, ...]:
    """BN with faster and slower running statistics, looked at as they settle; one task each."""
    seeds = tuple(seeds)
    return tuple(
        TrainStack(
            tuple(replace(base, steps=SLOW_STEPS, momentum=momentum, seed=seed) for seed in seeds),
            Record(every=10, batch=True),
        )
        for momentum in MOMENTA
    )


def accumulation(base: Run, seeds: Sequence[int]) -> tuple[TrainStack, ...]:
    """BN and LN with the gradients of several micro-batches summed to one step."""
    return _stacked(
        replace(base, norm=norm, ghost=base.batch // parts, seed=seed)
        for norm in NORMS[1:]
        for parts in MICRO_BATCHES
        for seed in seeds
    )


def forgotten_eval(base: Run, seeds: Iterable[int]) -> tuple[ForgottenEval, ...]:
    """BN trained as usual, then tested in training mode."""
    return (ForgottenEval(tuple(replace(base, seed=seed) for seed in seeds)),)


def retaken_statistics(base: Run, seeds: Iterable[int]) -> tuple[Retaken, ...]:
    """BN with faster and slower running statistics, then with statistics taken anew; one each."""
    seeds = tuple(seeds)
    return tuple(
        Retaken(
            tuple(replace(base, steps=SLOW_STEPS, momentum=momentum, seed=seed) for seed in seeds),
            RETAKING_BATCH,
        )
        for momentum in MOMENTA
    )


def shifted_images(base: Run, seeds: Iterable[int]) -> tuple[ShiftedImages, ...]:
    """BN trained as usual, then tested on images that are brighter and paler."""
    runs = tuple(replace(base, seed=seed) for seed in seeds)
    return (ShiftedImages(runs, CHANGES, RETAKING_BATCH),)


def on_devices(base: Run, seeds: Sequence[int]) -> tuple[TrainStack, ...]:
    """BN on DEVICES devices: each with its own statistics, and with those of all samples.

    As many epochs at each size, the rate in proportion to the whole batch, as in sweep_batches.
    """
    runs = []
    for size in DEVICE_BATCHES:
        batch = DEVICES * size
        run = replace(
            base, batch=batch, lr=base.lr * batch / base.batch, steps=EPOCHS * (N_TRAIN // batch)
        )
        for seed in seeds:
            runs += [replace(run, ghost=size, devices=True, seed=seed), replace(run, seed=seed)]
    return _stacked(runs)


def before_and_after(
    base: Run, seeds: Iterable[int], record: Record
) -> tuple[TrainStack, TrainStack]:
    """The norm before the activation, and after it; a task each."""
    seeds = tuple(seeds)
    first, last = (
        TrainStack(tuple(replace(base, norm_last=norm_last, seed=seed) for seed in seeds), record)
        for norm_last in (False, True)
    )
    return first, last


def fine_tuning(base: Run, seeds: Iterable[int]) -> tuple[FineTuning, ...]:
    """BN trained on the digits, then on a few mirrored ones in small batches, live and frozen."""
    first = tuple(replace(base, seed=seed) for seed in seeds)
    mirrored = tuple(
        replace(run, lr=TUNING_RATE, steps=TUNING_STEPS, examples=TUNING_EXAMPLES, mirrored=True)
        for run in first
    )
    tunings = tuple(
        tuple(replace(run, batch=batch, frozen=frozen) for run in mirrored)
        for batch in TUNING_BATCHES
        for frozen in (False, True)
    )
    return (FineTuning(first, tunings),)


def _stacked(runs: Iterable[Run], batch: bool = False) -> tuple[TrainStack, ...]:
    """Tasks that keep the accuracy before and after; with batch, also by batch statistics."""
    return tuple(TrainStack(s, Record(every=s[0].steps, batch=batch)) for s in stacks(runs))
