"""The norm layers of a checkpoint, by the names that frameworks give their parameters."""

import numpy as np
import pytest

from tests.ui.activations.hostile import floats, npz, safetensors
from ui.activations.contents import BadFile
from ui.activations.files import read

BN = {
    "layer1.0.bn1.weight": floats(1, -2, 3),
    "layer1.0.bn1.bias": floats(0, 0, 1),
    "layer1.0.bn1.running_mean": floats(5, 6, 7),
    "layer1.0.bn1.running_var": floats(0.5, 1, 2),
    "layer1.0.bn1.num_batches_tracked": ("I64", (), bytes(8)),
}
DENSE = {"fc.weight": ("F32", (2, 3), bytes(24)), "fc.bias": floats(1, 2)}
LN = {"ln.weight": floats(1, 2), "ln.bias": floats(3, 4)}


def test_a_batch_norm_is_found_beside_weights() -> None:
    found = read("a.safetensors", safetensors(BN | DENSE))
    [norm] = found.norms
    assert norm.name == "layer1.0.bn1"
    for part, wanted in (
        (norm.gamma, [1, -2, 3]),
        (norm.beta, [0, 0, 1]),
        (norm.running_mean, [5, 6, 7]),
        (norm.running_var, [0.5, 1, 2]),
    ):
        assert part is not None
        assert part.tolist() == wanted
    assert found.arrays == {}, "weights are no activations"
    assert found.left_out == ("3 other tensors are taken for weights.",)


def test_a_layer_norm_has_no_running_statistics_and_a_dense_layer_is_no_norm() -> None:
    [norm] = read("a.safetensors", safetensors(LN | DENSE)).norms
    assert norm.name == "ln"
    assert norm.running_mean is norm.running_var is None
    assert norm.beta is not None


@pytest.mark.parametrize(
    "names",
    [
        ("bn/gamma", "bn/beta", "bn/moving_mean", "bn/moving_variance"),
        ("bn.scale", "bn.bias", "bn.mean", "bn.var"),
    ],
)
def test_other_frameworks_names(names: tuple[str, ...]) -> None:
    values = np.random.default_rng().gamma(2.0, 1.0, (4, 6)).astype(np.float32)
    found = read("a.npz", npz(x=np.eye(3), **dict(zip(names, values, strict=True))))
    [norm] = found.norms
    assert norm.name == "bn"
    for part, row in zip(
        (norm.gamma, norm.beta, norm.running_mean, norm.running_var), values, strict=True
    ):
        np.testing.assert_array_equal(part, row)
    assert list(found.arrays) == ["x"], "an archive of arrays keeps its activations"


@pytest.mark.parametrize("kind", ["F16", "BF16", "F64"])
def test_other_types(kind: str) -> None:
    values = np.array([1.5, -2.0, 0.25])
    upper = (values.astype(np.float32).view(np.uint32) >> 16).astype(np.uint16).tobytes()
    content = {
        "F16": values.astype(np.float16).tobytes(),
        "BF16": upper,
        "F64": values.tobytes(),
    }[kind]
    [norm] = read("a.safetensors", safetensors({"norm.weight": (kind, (3,), content)})).norms
    assert norm.gamma is not None
    assert norm.gamma.tolist() == values.tolist()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (floats(1, np.nan, 2), "NaN or infinity"),
        (floats(1, -1, 2), "below 0"),
        (("F8_E4M3", (3,), bytes(3)), "not read here"),
    ],
)
def test_a_layer_that_cannot_be_shown_is_named(
    wrong: tuple[str, tuple[int, ...], bytes], said: str
) -> None:
    found = read("a.safetensors", safetensors(BN | {"layer1.0.bn1.running_var": wrong} | LN))
    assert [norm.name for norm in found.norms] == ["ln"]
    assert any("layer1.0.bn1" in text and said in text for text in found.left_out)


def test_parts_of_different_lengths_are_no_norm() -> None:
    with pytest.raises(BadFile, match="no arrays"):
        read("a.safetensors", safetensors({"a.weight": floats(1, 2), "a.bias": floats(1)}))
