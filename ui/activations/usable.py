"""Whether an array can be shown as activations."""

import numpy as np

from bn_core.types import Numbers
from ui.activations.contents import BadFile

MOST_FEATURES = 65_536
_LARGEST = 1e60  # fourth powers are summed


def check(array: Numbers) -> None:
    """BadFile, which says what is wrong with it and what to do, where it cannot be shown."""
    shape = " × ".join(f"{side:,}" for side in array.shape)
    if not 2 <= array.ndim <= 4:
        sides = "side" if array.ndim == 1 else "sides"
        raise BadFile(
            f"it has {array.ndim} {sides} ({shape or 'a single number'}), expected 2 to 4: "
            "examples, features and perhaps positions; use .reshape before saving."
        )
    if not array.size:
        raise BadFile(f"it is empty ({shape}): save it again with some examples.")
    if len(array) == 1:
        raise BadFile(
            f"it has a single example ({shape}): there is nothing to compare it with; save some "
            "hundred examples, one after another along the first axis."
        )
    if array.shape[-1] > MOST_FEATURES:
        raise BadFile(
            f"it has too many features ({shape}), expected at most {MOST_FEATURES:,} along the "
            "last axis: save some of them."
        )
    if array.dtype.kind == "f":
        _check_finite(array, shape)


def _check_finite(array: Numbers, shape: str) -> None:
    # A single NaN makes both of them NaN.
    low, high = float(array.min()), float(array.max())
    if np.isfinite(low) and np.isfinite(high):
        if max(-low, high) > _LARGEST:
            raise BadFile(
                f"its largest value is {max(-low, high):.1e}, expected below {_LARGEST:.0e}: "
                "divide it before it is saved."
            )
        return
    counts = (("NaN", np.isnan(array).sum()), ("infinity", np.isinf(array).sum()))
    what = " and ".join(f"{word} ({count:,} times)" for word, count in counts if count)
    place = ", ".join(str(i + 1) for i in np.argwhere(~np.isfinite(array))[0])
    raise BadFile(
        f"it holds {what}, which no mean can be taken of; the first stands at place {place} of "
        f"{shape}, counted from 1. float16 ends at 65,504: save float32, or leave such examples "
        "out."
    )
