"""The build: what is sent to the browser, and where it is written."""

import io
import zipfile
from pathlib import Path

import pytest

from ui.site import build


def test_the_python_that_is_sent_knows_no_host_but_this_one() -> None:
    sent = zipfile.ZipFile(io.BytesIO(build.code())).namelist()
    assert "ui/site/answers.py" in sent
    assert "ui/views/lab/formulas.md" in sent or "ui/views/numerics/formulas.md" in sent
    assert "bn_core/data/digits.npz" in sent
    assert not [name for name in sent if name.startswith(("ui/app", "ui/browser", "ui/hall"))]


def test_the_same_files_make_the_same_bytes() -> None:
    assert build.code() == build.code()


def test_what_shrinks_has_a_compressed_one_beside_it(tmp_path: Path) -> None:
    files = {"service_worker.js": b"const a = 1;" * 500, "a/b.bin": bytes(range(256)) * 4}
    build.write(files, tmp_path / "out")
    assert (tmp_path / "out/service_worker.js.gz").exists()
    assert not (tmp_path / "out/a/b.bin.gz").exists() or len(
        (tmp_path / "out/a/b.bin.gz").read_bytes()
    ) < 0.95 * len(files["a/b.bin"])
    build.write({"service_worker.js": b""}, tmp_path / "out")
    assert not (tmp_path / "out/a").exists(), "nothing of the old build is left"


def test_a_folder_that_is_no_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(FileExistsError, match="no site of ours"):
        build.write({"service_worker.js": b""}, tmp_path)
    assert (tmp_path / "thesis.tex").exists()
