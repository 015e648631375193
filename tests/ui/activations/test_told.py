"""What was read, in a sentence."""

import numpy as np

from ui.activations.contents import Contents, NormLayer
from ui.activations.told import told


def array(*shape: int, kind: type = np.float32) -> np.ndarray:
    return np.zeros(shape, kind)


def test_arrays_are_told_with_shape_and_type() -> None:
    one = Contents("a.npy", {"a": array(512, 64)})
    assert told(one) == "512 × 64, float32."
    two = Contents("b.npz", {"x": array(2, 3, 4, 5), "y": array(10_000, 2, kind=np.int8)})
    assert told(two) == "x: 2 × 3 × 4 × 5, float32; y: 10,000 × 2, int8."


def test_many_are_counted_and_norms_and_what_is_left_out_are_told() -> None:
    four = Contents("a.npz", {name: array(2, 2) for name in "abcd"})
    assert told(four).endswith("c: 2 × 2, float32; d: 2 × 2, float32.")
    many = Contents("a.npz", {name: array(2, 2) for name in "abcdef"})
    assert told(many).endswith("c: 2 × 2, float32; 3 more arrays.")
    norm = NormLayer("bn1", None, None, None, None)
    assert told(Contents("m.safetensors", {}, (norm,))) == "1 norm layer."
    some = Contents("m.safetensors", {"x": array(2, 2)}, (norm, norm), ("y holds text.",))
    assert told(some) == "2 × 2, float32; 2 norm layers; 1 left out."


def test_a_long_name_is_cut() -> None:
    long = Contents("a.npz", {letter * 5000: array(2, 2) for letter in "ab"})
    assert len(told(long)) < 200
