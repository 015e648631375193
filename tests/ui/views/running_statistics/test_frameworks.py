"""The table of the frameworks' conventions holds each one's defaults, as its reference has them."""

import re

from ui.views.running_statistics.text import frameworks

# What momentum weighs and its default; variance used / stored; eps.
DEFAULTS = {
    "PyTorch": ["the new batch", "0.1", "biased / unbiased", "1e-5"],
    "Keras 3": ["the old estimate", "0.99", "biased / biased", "1e-3"],
    "Flax nnx": ["the old estimate", "0.99", "biased / biased", "BN 1e-5, LN and others 1e-6"],
    "ONNX": ["the old estimate", "0.9", "biased / biased", "1e-5"],
    "Haiku": ["the old estimate, bias-corrected", "none", "biased / biased", "1e-5"],
    "this project": ["the new batch", "0.1", "biased / biased", "1e-5"],
}


def test_every_framework_stands_with_its_own_defaults() -> None:
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in frameworks().split("<tr>")]
    assert {row[0]: row[1:] for row in rows if row and row[0] in DEFAULTS} == DEFAULTS
