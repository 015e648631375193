"""Build the site: every page, what it loads, and a service worker that keeps all of it.

    python -m ui.site.build [--out site] [--pyodide FOLDER-OR-ADDRESS] [--cache FOLDER]

What belongs to one build stands in one folder named by its content, so that no page ever meets the
files of another build.
"""

import argparse
import gzip
import io
import json
import shutil
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

from ui import plotly
from ui.lessons.lectures import LECTURES
from ui.lessons.own import for_browser
from ui.lessons.sent import listed, sent
from ui.navigation import PAGES
from ui.plot.palette import DARK, LIGHT
from ui.site import codemirror, html, pyodide
from ui.site.answers import answer
from ui.site.lessons import pictures
from ui.site.training import claim
from ui.text.as_json import encoded
from ui.your_norm.answers import listed as starting_points
from ui.your_norm.answers import ran
from ui.your_norm.starting_points import STARTING_POINTS

ROOT = Path(__file__).resolve().parents[2]
# What Python in the browser imports: all that knows no host but this one.
_PACKAGES = ("bn_core", "ui")
_NOT_SENT = ("ui/app", "ui/browser", "ui/hall", "ui/plotly", "ui/site/browser", "__pycache__")
_SENT_OF_SITE = ("__init__.py", "answers.py", "training.py", "uploads.py")
_SCRIPTS = ("ui/browser", "ui/site/browser")
_COMPRESSED_FROM = 1000  # bytes


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the edition without a server.")
    parser.add_argument("--out", type=Path, default=ROOT / "site")
    parser.add_argument("--pyodide", default="", help="a folder to take it from, or an address")
    parser.add_argument("--cache", type=Path, default=pyodide.CACHE)
    given = parser.parse_args()
    try:
        files = site(given.pyodide, given.cache)
    except pyodide.WrongFile as error:
        print(error, file=sys.stderr)
        return 1
    write(files, given.out)
    print(f"{len(files)} files, {sum(map(len, files.values())) / 1e6:.1f} MB, in {given.out}")
    return 0


def site(source: str, cache: Path) -> dict[str, bytes]:
    """Every file of the site by its path. source: see PYODIDE in docs/publishing.md."""
    elsewhere = source.startswith(("http://", "https://"))
    python = {} if elsewhere else _pyodide(source, cache)
    ours = {**_scripts(), "code.zip": code()}
    ours["plotly.js"] = plotly.script()
    ours["palettes.json"] = json.dumps({"light": LIGHT, "dark": DARK}).encode()
    ours |= {f"lessons/{one.name}.json": pictures(one).encode() for one in LECTURES}
    editor = _editor(cache)
    ours |= {f"codemirror/{name}": content for name, content in editor.items()}
    build = html.Build(
        code=f"build-{_digest(ours)}",
        pyodide=source.rstrip("/") if elsewhere else f"pyodide-{_digest(python)}",
        editor=bool(editor),
    )
    files = {f"{build.code}/{path}": content for path, content in ours.items()}
    files |= {f"{build.pyodide}/{name}": content for name, content in python.items()}
    files["index.html"] = html.landing(build).encode()
    for page in PAGES:
        prepared = _prepared(page.name)
        files[f"{page.name}/index.html"] = html.page(page, build, prepared).encode()
    files["manifest.webmanifest"] = _manifest(build).encode()
    files["service_worker.js"] = _service_worker(files).encode()
    return files


def _pyodide(source: str, cache: Path) -> dict[str, bytes]:
    found = pyodide.files(Path(source) if source else None, cache)
    return {name: content for name, content in found.items() if name != pyodide.FOR_NODE}


def _editor(cache: Path) -> dict[str, bytes]:
    try:
        return codemirror.files(cache)
    except codemirror.NotFetched as error:
        print(f"your_norm gets a plain field instead of its editor: {error}", file=sys.stderr)
        return {}


def _prepared(name: str) -> str:
    """What a page can show before Python has come: at its defaults, all lectures with theirs."""
    if name == "lessons":
        lectures = {lecture.name: sent(lecture) for lecture in LECTURES}
        return encoded({"lectures": listed(), "each": lectures, "own": for_browser()})
    if name == "your_norm":
        return f'{{"points":{starting_points()},"first":{ran(STARTING_POINTS[0].code, "")}}}'
    return claim("") if name == "training" else answer(name, "")


def code() -> bytes:
    """A zip of the Python that answers, the same bytes for the same files."""
    buffer = io.BytesIO()
    # Not compressed: the whole shrinks further on the wire than file by file.
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in _python_files():
            name = path.relative_to(ROOT).as_posix()
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), path.read_bytes())
    return buffer.getvalue()


def write(files: dict[str, bytes], out: Path) -> None:
    """Put the files into a folder of their own, with a compressed one beside each that shrinks."""
    if out.exists() and any(out.iterdir()) and not (out / "service_worker.js").exists():
        raise FileExistsError(f"{out} holds something that is no site of ours: give another --out")
    shutil.rmtree(out, ignore_errors=True)
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        small = gzip.compress(content, 9, mtime=0) if len(content) > _COMPRESSED_FROM else content
        if len(small) < 0.95 * len(content):
            path.with_name(f"{path.name}.gz").write_bytes(small)


def _python_files() -> list[Path]:
    found = [path for package in _PACKAGES for path in (ROOT / package).rglob("*")]
    return sorted(path for path in found if path.is_file() and _is_sent(path))


def _is_sent(path: Path) -> bool:
    name = path.relative_to(ROOT).as_posix()
    if any(part in name for part in _NOT_SENT):
        return False
    if name.startswith("ui/site/"):
        return path.name in _SENT_OF_SITE
    return path.suffix in {".py", ".md", ".npz", ".json"}


def _scripts() -> dict[str, bytes]:
    paths = (path for folder in _SCRIPTS for path in sorted((ROOT / folder).rglob("*")))
    return {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in paths
        if path.suffix in {".js", ".css", ".svg"} and path.name != "service_worker.js"
    }


def _manifest(build: html.Build) -> str:
    icon = {
        "src": f"{build.code}/ui/site/browser/icon.svg",
        "sizes": "any",
        "type": "image/svg+xml",
    }
    manifest = {
        "name": html.TITLE,
        "short_name": "BN and LN",
        "start_url": "./",
        "display": "standalone",
        "background_color": LIGHT["paper"],
        "theme_color": LIGHT["after"],
        "icons": [icon],
    }
    return json.dumps(manifest)


def _service_worker(files: dict[str, bytes]) -> str:
    script = (ROOT / "ui/site/browser/service_worker.js").read_text(encoding="utf-8")
    head = {"build": _digest(files), "files": sorted(files)}
    return f"const SITE = {json.dumps(head)};\n{script}"


def _digest(files: dict[str, bytes]) -> str:
    total = sha256()
    for name, content in sorted(files.items()):
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()[:12]


if __name__ == "__main__":
    raise SystemExit(main())
