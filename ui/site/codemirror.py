"""The editor of the page your_norm: CodeMirror's modules, each held against its SHA-256."""

import io
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ui.site.pyodide import CACHE, WrongFile

LICENCE = "LICENSE.txt"
# Comments that stand on lines of their own: a quarter of what is sent.
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*\n.*?\*/[ \t]*\n|//[^\n]*\n)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Module:
    """A package of the npm registry, and the one file of it that a page imports by its name."""

    package: str
    version: str
    path: str
    total: str

    @property
    def file(self) -> str:
        """Its name in the cache and in the site."""
        return f"{self.package.lstrip('@').replace('/', '-')}-{self.version}.js"


_TABLE = """
@codemirror/state 6.7.6 dist/index.js
  cf4ffe7d177bf2c7c5da66c49be0811cc79a29e12cb658238876bbdcef12939c
@codemirror/view 6.43.15 dist/index.js
  e1ee658a4f903317aa6a573b993b78c5552307cba4c4b838335e9ef079d82451
@codemirror/language 6.13.1 dist/index.js
  3ee82597686d97904b1c0df409661c2e6386e206b9122ac309622e225a0075ff
@codemirror/streamparser 6.0.0 dist/index.js
  03b1109bc091c1f70e34abbd6161cd1675280a10ac5d26fffdede446076e4bb6
@codemirror/commands 6.11.1 dist/index.js
  395c41fb17d4966162e8d29106e438278123bc3a3fa1b11825debdf1523594a4
@lezer/common 1.5.5 dist/index.js
  5afcf283f7ab19b5c1ffaf60efb4984d694c0b62077c8f8897545a98d01ef571
@lezer/lr 1.4.12 dist/index.js
  3c649203d840e7175277239ef43baa3c98aec6c183a770e7d3867006927a3238
@lezer/highlight 1.2.5 dist/index.js
  8984bb2887a6354d3e5ac79bdd7e522948f1cee1dda16aac77d9473f10696d7c
@lezer/python 1.1.19 dist/index.js
  47135244f8db0253e8cc7c01115f6cb86049a094936209091e6ca32c01258224
style-mod 4.1.5 src/style-mod.js
  9ef4f1f242d438a2bb9ba8b7d580cc4aa7ea00734223468fcedecacbd961aa3b
w3c-keyname 2.2.8 index.js
  b649dec4f01c7c5eb05be4641b5b698c6938231ee50b38e17a2f0f822ca3df2e
crelt 1.0.7 index.js
  924800defa2bf95a0bfd16dde589ecebbcd9e36b03635274da84968c77a3721e
@marijn/find-cluster-break 1.0.4 src/index.js
  4e9e441fac9db54e09e4e3b1cb0b0393da207ebe943f2ff9efc577821fc03751
"""
MODULES = tuple(Module(*given) for given in zip(*[iter(_TABLE.split())] * 4, strict=True))


class NotFetched(Exception):
    """The editor is not in the cache, and cannot be had now."""


def files(cache: Path) -> dict[str, bytes]:
    """The modules by their file's name, comments left out, with the licence of all of them.

    They are fetched once, by npm, and kept in `cache`. Raises NotFetched where they cannot be had,
    WrongFile where one differs from its sum.
    """
    folder = cache / f"codemirror-{_digest()}"
    if not (folder / LICENCE).is_file():
        _fetch(cache, folder)
    found = {}
    for module in MODULES:
        content = (folder / module.file).read_bytes()
        total = sha256(content).hexdigest()
        if total != module.total:
            raise WrongFile(
                f"{folder / module.file} has the SHA-256 {total}, expected {module.total} of "
                f"{module.package} {module.version}: delete the folder, so that it is fetched again"
            )
        found[module.file] = _COMMENT.sub("", content.decode()).encode()
    return found | {LICENCE: (folder / LICENCE).read_bytes()}


def names(base: str) -> dict[str, str]:
    """For an import map: each package's name and its file below an address that ends in a slash."""
    return {module.package: base + module.file for module in MODULES}


def _digest() -> str:
    return sha256(repr(MODULES).encode()).hexdigest()[:12]


def _fetch(cache: Path, folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NotFetched("npm is not installed")
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as place:
        wanted = [f"{module.package}@{module.version}" for module in MODULES]
        command = [npm, "pack", "--silent", "--ignore-scripts", "--fetch-retries=1"]
        command += ["--fetch-retry-mintimeout=1000", "--pack-destination", place]
        done = subprocess.run([*command, *wanted], capture_output=True, check=False, cwd=place)
        if done.returncode:
            raise NotFetched(f"npm ended with {done.returncode}")
        made = Path(place) / "whole"
        made.mkdir()
        for module in MODULES:
            name = f"{module.package.lstrip('@').replace('/', '-')}-{module.version}.tgz"
            content, licence = _unpacked((Path(place) / name).read_bytes(), module.path)
            (made / module.file).write_bytes(content)
            if module is MODULES[0]:
                (made / LICENCE).write_bytes(licence)
        with suppress(OSError):  # another process was quicker
            made.rename(folder)


def _unpacked(packed: bytes, path: str) -> tuple[bytes, bytes]:
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as archive:
        texts = [archive.extractfile(f"package/{name}") for name in (path, "LICENSE")]
        content, licence = (text.read() for text in texts if text is not None)
    return content, licence


def main() -> int:
    """Fetch the modules into the checkout's .cache, unless they are there."""
    try:
        files(CACHE)
    except (NotFetched, WrongFile) as error:
        print(f"The editor is left out, a plain field takes its place: {error}", file=sys.stderr)
        return int(isinstance(error, WrongFile))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
