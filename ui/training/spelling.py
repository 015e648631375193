"""Results of training as bytes, for a store that several servers share.

A line of JSON with the arrays' types and shapes, then their values. Nothing that is read can run:
what does not have the very types and shapes that the task's result has is no result.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bn_core.training.history import History, Record
from bn_core.training.retaking import Retaken, RetakenReport, ShiftedImages
from bn_core.training.runs import Run
from bn_core.training.tasks import (
    TEST_BATCHES,
    TUNING_RECORD,
    EvalReport,
    FineTuning,
    ForgottenEval,
    TrainStack,
)
from ui.jobs import Task

MOST_BYTES = 8_000_000
"""The largest result on our pages has 6 MB."""

_REALS = ("<f4", "<f8")
_COUNTS = ("<i8",)
_HISTORY = [one.name for one in fields(History) if one.name != "runs"]


@dataclass(frozen=True)
class _Form:
    shape: tuple[int, ...]
    types: tuple[str, ...] = _REALS


def spell_result(task: Task, result: Any) -> bytes | None:
    """The whole result of this task; None where it is too large or of no kind that is known."""
    forms = _forms(task)
    if forms is None:
        return None
    arrays = [np.ascontiguousarray(one, one.dtype.newbyteorder("<")) for one in _arrays(result)]
    if sum(one.nbytes for one in arrays) > MOST_BYTES:
        return None
    head = json.dumps([[one.dtype.str, one.shape] for one in arrays])
    return b"\n".join([head.encode(), b"".join(one.tobytes() for one in arrays)])


def read_result(task: Task, text: bytes) -> Any | None:
    """What spell_result spelt for this task; None for anything else."""
    forms = _forms(task)
    head, _, values = text.partition(b"\n")
    try:
        found = [(str(kind), tuple(shape)) for kind, shape in json.loads(head)]
    except (ValueError, TypeError, RecursionError):
        return None
    if forms is None or len(found) != len(forms):
        return None
    if any(
        shape != f.shape or kind not in f.types
        for (kind, shape), f in zip(found, forms, strict=True)
    ):
        return None
    sizes = [math.prod(shape) * np.dtype(kind).itemsize for kind, shape in found]
    if len(values) != sum(sizes):
        return None
    starts = np.cumsum([0, *sizes[:-1]]).tolist()
    arrays = [
        np.frombuffer(values, kind, math.prod(shape), start).reshape(shape).astype(kind[1:])
        for (kind, shape), start in zip(found, starts, strict=True)
    ]
    return _made(task, arrays)


def _forms(task: Task) -> list[_Form] | None:
    match task:
        case TrainStack():
            return _history_forms(task.runs, task.record)
        case FineTuning():
            return [form for runs in task.tunings for form in _history_forms(runs, TUNING_RECORD)]
        case ForgottenEval():
            n = len(task.runs)
            one, each = _Form((n,)), _Form((len(TEST_BATCHES), n))
            return [one, each, one, each, one]
        case Retaken():
            return [_Form((len(task.runs),))] * 2
        case ShiftedImages():
            return [_Form((len(task.changes), len(task.runs)))] * 2
    return None


def _history_forms(runs: Sequence[Run], record: Record) -> list[_Form]:
    n, run, every = len(runs), runs[0], record.every
    times = len(range(0, run.steps, every)) + 1
    series = {
        "accuracy_running": (record.running, (times, n)),
        "accuracy_batch": (record.batch, (times, n)),
        "layer_percentiles": (record.inputs, (times, n, run.depth, 3)),
        "unit_percentiles": (record.inputs, (times, n, run.depth, run.width, 3)),
        "shift": (record.inputs, (times, n, run.depth)),
    }
    forms = {name: _Form(shape if asked else (0,)) for name, (asked, shape) in series.items()}
    forms["at"] = _Form((times,), _COUNTS)
    forms["diverged_at"] = _Form((n,), _COUNTS)
    forms["loss"] = _Form((run.steps, n))
    return [forms[name] for name in _HISTORY]


def _arrays(result: Any) -> Iterator[NDArray[Any]]:
    """The arrays of a dataclass of results, or of a tuple of them, in order."""
    if isinstance(result, tuple):
        for one in result:
            yield from _arrays(one)
        return
    values = (getattr(result, field.name) for field in fields(result))
    yield from (value for value in values if isinstance(value, np.ndarray))


def _made(task: Task, arrays: list[NDArray[Any]]) -> Any:
    match task:
        case TrainStack():
            return History(task.runs, *arrays)
        case FineTuning():
            size = len(_HISTORY)
            return tuple(
                History(runs, *arrays[size * number : size * (number + 1)])
                for number, runs in enumerate(task.tunings)
            )
        case ForgottenEval():
            return EvalReport(TEST_BATCHES, *arrays)
    return RetakenReport(*arrays)
