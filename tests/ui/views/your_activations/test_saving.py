"""The code that saves activations: it is Python, and in PyTorch it saves what this page reads."""

from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ui.activations.files import read
from ui.views.your_activations.saving import FLAX, KERAS, PYTORCH, saving


@pytest.mark.parametrize("code", [PYTORCH, KERAS, FLAX])
def test_it_is_python_and_saves_with_numpy(code: str) -> None:
    compile(code, "snippet", "exec")
    assert 'savez_compressed("activations.npz", **arrays)' in code
    assert escape(code.strip()) in saving()
    assert max(map(len, code.splitlines())) <= 90


def test_pytorchs_saves_what_goes_into_each_norm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch: Any = pytest.importorskip("torch")
    model = torch.nn.Sequential(
        torch.nn.Conv2d(1, 3, 3),
        torch.nn.BatchNorm2d(3),
        torch.nn.Flatten(),
        torch.nn.LayerNorm(12),
    )
    batches = [torch.randn(5, 1, 4, 4), torch.randn(3, 1, 4, 4)]
    monkeypatch.chdir(tmp_path)
    exec(compile(PYTORCH, "snippet", "exec"), {"model": model, "batches": batches})
    found = read("activations.npz", Path("activations.npz").read_bytes())
    assert {name: array.shape for name, array in found.arrays.items()} == {
        "1": (8, 3, 2, 2),
        "3": (8, 12),
    }
    with torch.no_grad():
        expected = model[0](torch.cat(batches)).numpy()
    np.testing.assert_allclose(found.arrays["1"], expected, rtol=1e-5, atol=1e-6)
