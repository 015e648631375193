"""`pip install .` into an empty environment: the core with its types and data, and numpy alone."""

import json
import subprocess
import sys
import tomllib
import venv
import zipfile
from email import message_from_bytes
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from packaging.requirements import Requirement

from tests.test_imports import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

# What a newcomer would try first, and what only the package's data can answer.
TRY = """
import json, sys
import numpy as np
from bn_core import BatchNorm1D
from bn_core.data import load_digits
bn = BatchNorm1D(4)
y = bn.forward(np.arange(12.0).reshape(4, 3), training=True)
absent = []
for name in ("ui", "streamlit", "plotly", "scipy"):
    try:
        __import__(name)
    except ModuleNotFoundError:
        absent.append(name)
images = len(load_digits().train_images)
print(json.dumps([sys.modules["bn_core"].__file__, y.tolist(), images, absent]))
"""


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as pip does it, with the build system that is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", ".", "--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", str(folder))
    [built] = folder.iterdir()
    return built


def test_the_core_works_in_an_empty_environment_with_numpy_alone(
    wheel: Path, tmp_path: Path
) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=False)
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip("--python", str(python), "install", "--quiet", "--no-index", "--no-deps", str(wheel))
    # numpy as it stands here, since it takes long to be had anew.
    [packages] = home.rglob("site-packages")
    here = Path(np.__file__).parents[1]
    for path in here.glob("numpy*"):
        (packages / path.name).symlink_to(path)
    done = subprocess.run(
        [python, "-I", "-c", TRY], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    file, y, images, absent = json.loads(done.stdout)
    assert Path(file).is_relative_to(packages)
    np.testing.assert_allclose(y, [[-(1.5**0.5), 0, 1.5**0.5]] * 4, atol=1e-4)
    assert images == 1297
    assert absent == ["ui", "streamlit", "plotly", "scipy"]


def test_it_holds_all_of_the_core_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        names = set(content.namelist())
        [about] = [name for name in names if name.endswith(".dist-info/METADATA")]
        metadata = message_from_bytes(content.read(about))
    ours = {name for name in names if ".dist-info/" not in name}
    there = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "bn_core").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert ours == there
    assert {"bn_core/py.typed", "bn_core/data/digits.npz"} <= ours
    needed = [Requirement(one) for one in metadata.get_all("Requires-Dist", [])]
    assert [one.name for one in needed if one.marker is None] == ["numpy"]


def test_what_is_tested_satisfies_what_is_asked_for() -> None:
    asked = [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]
    pinned = dict(
        line.split("==")
        for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
        if "==" in line
    )
    for one in map(Requirement, asked):
        if one.name != PROJECT["name"]:
            assert one.specifier.contains(pinned[one.name]), one
            assert version(one.name) == pinned[one.name]
