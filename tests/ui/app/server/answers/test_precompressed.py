"""Streamlit's files compressed: a fixed table, each file once, without holding up the answers."""

import asyncio
import gzip
import random
import time
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse

from tests.ui.app.server.asgi import ask, run
from ui.app.server.answers import precompressed as compressed
from ui.app.server.answers.precompressed import CompressedStatic
from ui.app.server.http import takes_gzip
from ui.app.server.streamlit_inside import static_files

PASSED_ON = PlainTextResponse("passed on")


def middleware(base: str = "") -> CompressedStatic:
    return CompressedStatic(PASSED_ON, base)


def spellings(name: str, rng: random.Random) -> list[str]:
    """Other ways to say the same file, and files that are none."""
    folder, _, file = name.rpartition("/")
    other = rng.choice(["js", "css", "media", "x"])
    return [
        f"{folder}/../{folder}/{file}",
        f"{other}/../{name}",
        f"{folder}//{file}",
        f"/{name}",
        f"./{name}",
        f"{folder}/./{file}",
        f"{name}/",
        f"{name}/.",
        name.upper(),
        f"{folder}%2f{file}",
        f"%2e%2e/static/{name}",
        f"..\\static\\{file}",
        f"{folder}/{rng.randrange(10**9)}.js",
        f"../../{rng.randrange(10**9)}.css",
        f"{name}\x00",
        f"{name};v={rng.randrange(10**9)}",
        "a" * 5000 + ".js",
        "",
        "..",
    ]


def test_all_files_asked_for_in_every_spelling_take_no_more_than_they_do_on_the_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Path] = []

    def quick(path: Path) -> bytes:
        made.append(path)
        return gzip.compress(path.read_bytes(), 1)

    monkeypatch.setattr(compressed, "_gzip", quick)
    app, files, rng = middleware(), static_files(), random.Random(0)

    async def everything() -> None:
        for name in files:
            for spelt in spellings(name, rng):
                answer = await ask(app, f"/static/{spelt}")
                assert answer.body == b"passed on", spelt
            path = f"/static/{name}"
            first, second = await asyncio.gather(ask(app, path), ask(app, path))
            assert first.body == second.body
            assert gzip.decompress(first.body) == files[name].read_bytes()
            assert first.headers["content-encoding"] == "gzip"
            assert first.headers["x-content-type-options"] == "nosniff"

    run(everything())
    assert sorted(made) == sorted(files.values()), "each file is compressed once"
    assert app.compressed.keys() == app.files.keys()
    kept = sum(len(one.result()) for one in app.compressed.values())
    assert kept <= 20_000_000, "the README counts on it"
    assert kept <= sum(path.stat().st_size for path in files.values())


def test_a_compression_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow one, a visitor who leaves, and another who waits on; meanwhile the loop turns."""

    def slow(path: Path) -> bytes:
        time.sleep(0.3)
        return gzip.compress(path.read_bytes()[:100])

    monkeypatch.setattr(compressed, "_gzip", slow)
    app = middleware()
    path = next(iter(app.files))

    async def visit() -> float:
        leaves = asyncio.create_task(ask(app, path))
        stays = asyncio.create_task(ask(app, path))
        longest, before = 0.0, time.perf_counter()
        while not stays.done():
            await asyncio.sleep(0)
            now = time.perf_counter()
            longest, before = max(longest, now - before), now
            leaves.cancel()
        assert (await stays).headers["content-encoding"] == "gzip"
        return longest

    assert run(visit()) < 0.2


def test_a_file_that_is_gone_is_left_to_streamlit(tmp_path: Path) -> None:
    app = middleware()
    path = next(iter(app.files))
    app.files[path] = tmp_path / "gone.js"
    assert run(ask(app, path)).body == b"passed on"


def test_below_a_base_path_the_files_are_there_alone() -> None:
    app = middleware("/norms")
    name = next(iter(static_files()))

    async def both() -> tuple[bytes, bytes]:
        here, there = await ask(app, f"/norms/static/{name}"), await ask(app, f"/static/{name}")
        return gzip.decompress(here.body), there.body

    assert run(both()) == (static_files()[name].read_bytes(), b"passed on")


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("gzip, deflate, br, zstd", True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("GZIP", True),
        ("deflate,gzip ; q=1", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("xgzip, gzipped", False),
    ],
)
def test_who_takes_gzip(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) == takes
