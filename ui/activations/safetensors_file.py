"""Tensors out of .safetensors: a JSON header that says where each begins and ends, then the bytes.

Source: the format's own description, github.com/huggingface/safetensors, "Format".
"""

import json
import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from bn_core.types import Numbers
from ui.activations.contents import BadFile
from ui.activations.words import quoted, size_in_words

_MOST_HEADER = 5_000_000
_MOST_TENSORS = 20_000
_TYPES = {
    "F16": "<f2",
    "F32": "<f4",
    "F64": "<f8",
    "BF16": "<u2",
    "I8": "<i1",
    "I16": "<i2",
    "I32": "<i4",
    "I64": "<i8",
    "U8": "<u1",
    "U16": "<u2",
    "U32": "<u4",
    "U64": "<u8",
}


@dataclass(frozen=True)
class Tensor:
    """Where a tensor stands in the file's bytes."""

    kind: str
    shape: tuple[int, ...]
    start: int
    stop: int


def tensors(content: bytes) -> dict[str, Tensor]:
    """Every tensor by name, held against the length of the file; BadFile where they do not fit."""
    length = int.from_bytes(content[:8], "little")
    if len(content) < 10 or length > len(content) - 8:
        raise BadFile(
            "it is no .safetensors file, or one that was cut off: save it again with "
            "safetensors.torch.save_file."
        )
    if length > _MOST_HEADER:
        raise BadFile(
            f"its header takes {size_in_words(length)}, expected at most "
            f"{size_in_words(_MOST_HEADER)}: save only the layers that are to be looked at."
        )
    try:
        header = json.loads(content[8 : 8 + length])
    except (ValueError, RecursionError):
        raise _broken() from None
    if not isinstance(header, dict):
        raise _broken()
    header.pop("__metadata__", None)
    if len(header) > _MOST_TENSORS:
        raise BadFile(f"it holds {len(header):,} tensors, expected at most {_MOST_TENSORS:,}.")
    return {name: _tensor(name, entry, 8 + length, len(content)) for name, entry in header.items()}


def taken(content: bytes, tensor: Tensor) -> Numbers | None:
    """The tensor's numbers, a copy; None for a type that is not of numbers known here."""
    if tensor.kind not in _TYPES:
        return None
    raw = np.frombuffer(content[tensor.start : tensor.stop], _TYPES[tensor.kind])
    if tensor.kind == "BF16":  # the upper half of a float32
        raw = (raw.astype(np.uint32) << 16).view(np.float32)
    array: Numbers = raw.reshape(tensor.shape)
    array.flags.writeable = False
    return array


def _tensor(name: str, entry: Any, start: int, end: int) -> Tensor:
    match entry:
        case {"dtype": str(kind), "shape": list(shape), "data_offsets": [first, last]}:
            numbers = [*shape, first, last]
            if len(shape) > 32 or not all(type(n) is int and 0 <= n < 2**62 for n in numbers):
                raise _broken()
            there = last - first
            item = np.dtype(_TYPES[kind]).itemsize if kind in _TYPES else None
            if not 0 <= there <= end - start - first or (
                item is not None and math.prod(shape) * item != there
            ):
                raise BadFile(
                    f'its header says other sizes than the file has, at "{quoted(name)}": it was '
                    "cut off or changed; save it again."
                )
            return Tensor(quoted(kind, 12), tuple(shape), start + first, start + last)
    raise _broken()


def _broken() -> BadFile:
    return BadFile(
        "its header is broken: save it again with safetensors.torch.save_file, or with np.savez."
    )
