"""The experiments on real data: which runs each takes, and the settings at which its claim shows.

The defaults were chosen so that each takes seconds; what they gave is in the tests and the text of
the page. Every function gives tasks: frozen, comparable, and with nothing computed yet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bn_core.data import N_TRAIN
from bn_core.network import Norm
from bn_core.record import Record
from bn_core.runs import Run, stacks
from bn_core.tasks import FineTuning, ForgottenEval, TrainStack

NORMS: tuple[Norm, ...] = ("none", "batch", "layer")
RATES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4)
SCALES = (0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0)
BATCHES = (2, 4, 8, 16, 32, 64, 128)

DEEP = Run("batch", depth=8, lr=0.8, batch=64, steps=250)
SIGMOID = Run("batch", depth=3, width=100, activation="sigmoid", lr=1.0, batch=60, steps=600)
SCALED = Run("batch", depth=5, lr=0.1, batch=64, steps=250)
SHALLOW = Run("batch", depth=3, lr=0.1, batch=32, steps=250)
NOISY = Run("batch", depth=6, lr=0.8, batch=64, steps=250)
FEW = Run("batch", depth=3, lr=0.1, batch=64, steps=200, examples=256, label_noise=0.2)
EPOCHS = 4


def each(runs: Iterable[Run], batch: bool = False) -> tuple[TrainStack, ...]:
    """The runs as tasks that keep their loss and their accuracy at start and end.

    batch: also the accuracy with batch statistics.
    """
    return tuple(TrainStack(s, Record(every=s[0].steps, batch=batch)) for s in stacks(runs))


def compare(
    base: Run, norms: Sequence[Norm], seeds: Sequence[int], record: Record
) -> tuple[TrainStack, ...]:
    """The same settings with each norm, once a seed."""
    runs = (replace(base, norm=norm, seed=seed) for norm in norms for seed in seeds)
    return tuple(TrainStack(stack, record) for stack in stacks(runs))


def sweep_rates(base: Run, seeds: Sequence[int]) -> tuple[TrainStack, ...]:
    """Each norm at each learning rate."""
    return each(
        replace(base, norm=norm, lr=lr, seed=seed)
        for norm in NORMS
        for lr in RATES
        for seed in seeds
    )


def sweep_scales(base: Run, seeds: Sequence[int]) -> tuple[TrainStack, ...]:
    """Each norm at each scale of the initial weights."""
    return each(
        replace(base, norm=norm, init_scale=scale, seed=seed)
        for norm in NORMS
        for scale in SCALES
        for seed in seeds
    )


def sweep_batches(base: Run, seeds: Sequence[int]) -> tuple[TrainStack, ...]:
    """BN and LN at each batch size: the same number of epochs, the rate in proportion to the batch.

    So each sees as many examples, and each example moves the weights as far (Goyal et al. 2017,
    arXiv 1706.02677).
    """
    runs = (
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
    )
    return each(runs, batch=True)


def regularisation(base: Run, seeds: Sequence[int]) -> tuple[TrainStack, ...]:
    """BN over the whole batch and over smaller and smaller ghost batches."""
    return each(
        replace(base, ghost=ghost, seed=seed) for ghost in (base.batch, 16, 8, 4) for seed in seeds
    )


def momenta(base: Run, seeds: Sequence[int]) -> tuple[TrainStack, ...]:
    """BN with faster and slower running statistics, looked at after 100 steps."""
    runs = (
        replace(base, steps=100, momentum=momentum, seed=seed)
        for momentum in (0.1, 0.01, 0.001)
        for seed in seeds
    )
    return each(runs, batch=True)


def accumulation(base: Run, seeds: Sequence[int]) -> tuple[TrainStack, ...]:
    """BN and LN with the gradients of 1, 4, 8 and 16 micro-batches summed to one step."""
    return each(
        replace(base, norm=norm, ghost=base.batch // parts, seed=seed)
        for norm in NORMS[1:]
        for parts in (1, 4, 8, 16)
        for seed in seeds
    )


def forgotten_eval(base: Run, seeds: Sequence[int]) -> tuple[ForgottenEval, ...]:
    """BN trained as usual, then tested in training mode."""
    return (ForgottenEval(tuple(replace(base, seed=seed) for seed in seeds)),)


def fine_tuning(base: Run, seeds: Sequence[int]) -> tuple[FineTuning, ...]:
    """BN trained on the digits, then on a few mirrored ones in batches of two: live and frozen."""
    new = replace(base, batch=2, lr=0.01, steps=300, examples=200, mirrored=True)
    return tuple(
        FineTuning(
            tuple(replace(base, seed=seed) for seed in seeds),
            tuple(replace(new, seed=seed, frozen=frozen) for seed in seeds),
        )
        for frozen in (False, True)
    )
