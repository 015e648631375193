"""Training: the page's experiments, a stack beside single runs, and a step beside PyTorch.

What is compared takes turns, so that what else the machine does meets both; medians are kept.
PyTorch is used where it is at hand: in this interpreter, or in the one that TORCH_PYTHON names.
`python -m benchmarks.training` prints this part alone.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.table import Row, alone, beside, markdown
from bn_core.training.experiments import NORMS, SHALLOW, sweep_batches, sweep_rates, train_each
from bn_core.training.history import Record
from bn_core.training.runs import Run, stacks
from bn_core.training.sgd import Training
from bn_core.training.tasks import TrainStack
from ui.jobs import JobQueue, Task

DEEP = Run("batch", depth=8, lr=0.4, batch=32, steps=250)  # as the page first shows it
SEEDS = (0, 1, 2)
STACKED_BATCHES = (4, 16, 64)
ROUNDS = 5
TORCH_ROUNDS = 300
ENVIRONMENT = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def rows() -> Iterator[Row]:
    queue = JobQueue(workers=2)
    try:
        first = train_each(replace(DEEP, steps=1), NORMS, SEEDS, Record(every=1))
        queue.wait(first, "bench", 60)  # starts both workers
        yield from _experiments(queue)
        yield _as_the_page_runs_it(queue)
    finally:
        queue.close()
    for batch in STACKED_BATCHES:
        yield _stack(batch)
    yield _beside_torch()


def _experiments(queue: JobQueue) -> Iterator[Row]:
    """As the page runs them: in two worker processes, with nothing cached."""
    cases: tuple[tuple[str, float, Callable[[Sequence[int]], tuple[Task, ...]]], ...] = (
        ("none, BN, LN", 3.0, lambda seeds: train_each(DEEP, NORMS, seeds, Record(every=10))),
        ("sweep of learning rates", 6.0, lambda seeds: sweep_rates(DEEP, seeds)),
        ("sweep of batch sizes", 6.0, lambda seeds: sweep_batches(SHALLOW, seeds)),
    )
    for name, goal, tasks in cases:
        times = [
            _waited(queue, tasks([seed + shift for seed in SEEDS])) for shift in (0, 100, 200)
        ]  # other seeds, so that nothing comes from the cache
        yield alone(f"training: {name}, 3 seeds", median(times), "s", goal)


def _waited(queue: JobQueue, tasks: tuple[Task, ...]) -> float:
    start = perf_counter()
    status = queue.wait(tasks, "bench", 300)
    assert status.finished, status.error
    return perf_counter() - start


def _as_the_page_runs_it(queue: JobQueue) -> Row:
    """Eighteen runs with BN in stacks and two processes, and one after the other in this one."""
    times = []
    for shift in range(ROUNDS):
        runs = [
            replace(DEEP, steps=60, lr=lr, seed=seed + 10 * shift)
            for lr in (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
            for seed in SEEDS
        ]
        tasks = tuple(TrainStack(stack, Record(every=60, running=False)) for stack in stacks(runs))
        times.append((_waited(queue, tasks), _timed([[run] for run in runs])))
    paged, single = (median(column) for column in zip(*times, strict=True))
    name = "training: 18 runs as the page runs them beside one after the other, batch 64"
    return beside(name, paged, single, "s", at_most=1 / 3)


def _stack(batch: int) -> Row:
    """Nine runs with BN as one stack, and one after the other; one process, one thread."""
    runs = [
        replace(DEEP, batch=batch, steps=20, lr=lr, seed=seed)
        for lr in (0.1, 0.2, 0.4)
        for seed in SEEDS
    ]
    times = [(_timed([runs]), _timed([[run] for run in runs])) for _ in range(ROUNDS)]
    stacked, single = (median(column) for column in zip(*times, strict=True))
    name = f"training: 9 runs stacked beside one after the other, batch {batch}"
    return beside(name, 1e3 * stacked, 1e3 * single, "ms", at_most=1 / 3)


def _timed(stacks: Sequence[Sequence[Run]]) -> float:
    """Seconds of the steps of the stacks, without what is done once before them."""
    trainings = [Training(stack, Record(every=stack[0].steps, running=False)) for stack in stacks]
    start = perf_counter()
    for training in trainings:
        for _ in training.steps():
            pass
    return perf_counter() - start


def _beside_torch() -> Row:
    script = Path(__file__).with_name("torch_step.py")
    size = [str(n) for n in (DEEP.depth, DEEP.width, DEEP.batch, TORCH_ROUNDS)]
    command = [os.environ.get("TORCH_PYTHON", sys.executable), str(script), *size]
    name = "training: a step with BN beside PyTorch's"
    pairs = []
    for _ in range(3):
        told = subprocess.run(
            command, capture_output=True, text=True, check=False, env=os.environ | ENVIRONMENT
        )
        if told.returncode != 0:
            return Row(name, "PyTorch is not at hand")
        run = replace(DEEP, steps=TORCH_ROUNDS)
        pairs.append((_timed([[run]]) / TORCH_ROUNDS, float(told.stdout)))
    ours, torch = (median(column) for column in zip(*pairs, strict=True))
    return beside(name, 1e3 * ours, 1e3 * torch, "ms")


if __name__ == "__main__":
    print(markdown(rows()))
