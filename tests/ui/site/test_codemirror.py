"""The editor's modules: fetched once, held against their sums, done without where they must."""

import io
import subprocess
import tarfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ui.site import codemirror
from ui.site.pyodide import WrongFile

CODE = b"/**\nwords\n*/\nexport const a = `\n  b`; // stays\n  // goes\n"
SHORT = b"export const a = `\n  b`; // stays\n"


def packed(path: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in ((path, CODE), ("LICENSE", b"MIT")):
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


@pytest.fixture
def npm(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Packages with a made-up module, and the commands that npm was given."""
    total = sha256(CODE).hexdigest()
    modules = tuple(
        codemirror.Module(name, "1.2.3", path, total)
        for name, path in (("@codemirror/one", "dist/index.js"), ("two", "src/two.js"))
    )
    asked = []

    def pack(command: list[str], cwd: str, **_: Any) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        for module in modules:
            name = module.package.lstrip("@").replace("/", "-")
            (Path(cwd) / f"{name}-1.2.3.tgz").write_bytes(packed(module.path))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(codemirror, "MODULES", modules)
    monkeypatch.setattr("ui.site.codemirror.shutil.which", lambda _: "npm")
    monkeypatch.setattr("ui.site.codemirror.subprocess.run", pack)
    return asked


def test_it_is_fetched_once_and_loses_its_comments(npm: list[list[str]], tmp_path: Path) -> None:
    found = codemirror.files(tmp_path)
    assert found == {
        "codemirror-one-1.2.3.js": SHORT,
        "two-1.2.3.js": SHORT,
        "LICENSE.txt": b"MIT",
    }
    assert codemirror.files(tmp_path) == found
    [command] = npm
    assert command[-2:] == ["@codemirror/one@1.2.3", "two@1.2.3"]
    assert codemirror.names("../c/")["@codemirror/one"] == "../c/codemirror-one-1.2.3.js"


def test_a_wrong_file_is_named_with_both_sums(npm: list[list[str]], tmp_path: Path) -> None:
    codemirror.files(tmp_path)
    [path] = tmp_path.rglob("two-1.2.3.js")
    path.write_bytes(b"something else")
    with pytest.raises(WrongFile) as told:
        codemirror.files(tmp_path)
    for word in (path.name, sha256(b"something else").hexdigest(), sha256(CODE).hexdigest()):
        assert word in str(told.value)
    assert npm


def test_without_npm_or_a_network_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.site.codemirror.shutil.which", lambda _: None)
    with pytest.raises(codemirror.NotFetched, match="not installed"):
        codemirror.files(tmp_path)
    monkeypatch.setattr("ui.site.codemirror.shutil.which", lambda _: "false")
    with pytest.raises(codemirror.NotFetched, match="ended with 1"):
        codemirror.files(tmp_path)
    assert list(tmp_path.iterdir()) == [], "nothing half fetched is left"
