"""A walk through the settings of a page, ends among them, and what none of its texts may hold."""

import html
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from ui import views
from ui.settings.controls import Choice, Control, Slider, Steps, Whole, controls
from ui.views.view import Shown

# Values that a number's word takes when a formula was used outside its conditions.
_UNTRUE = re.compile(
    r"\b(?:nan|NaN|inf|Infinity|None|null|undefined variable|True|False)\b"
    r"|(?<![\w.\d])[-−]0(?:\.0+)?(?![.\d])"  # "-0", "-0.00", but not "-0.3"
    r"|(?<![\w.,·])[-−]?(?:1|0?\.\d+) (?:steps|batches|examples|samples|features|positions)\b"
    r"|(?<![\w.,·])1 times as\b"
    r"|\de[+-]\d+ %"  # 1e+02 %
    r"|\d\.\d{9,}|[{}]|\barray\(|\bnp\.|\bfloat(?:32|64)\("  # as Python spells it
)
_TAG = re.compile(r"<[^>]*>")


def values(control: Control) -> tuple[Any, ...]:
    """What a control can be set to; a fine grid is thinned out, its ends and its middle stay."""
    match control:
        case Slider(_, low, high, step):
            count = round((high - low) / step) + 1
            picked = np.unique(np.linspace(0, count - 1, min(count, 41)).round().astype(int))
            near = [1, 2, count - 2, round(-low / step), round((1 - low) / step)]
            picked = np.union1d(picked, [i for i in near if 0 <= i < count])
            return tuple(type(step)(round(low + int(i) * step, 10)) for i in picked)
        case Steps(_, options) | Choice(_, options):
            return tuple(options)
        case Whole(_, low, high):
            return (low, low + 1, (low + high) // 2, high)
    raise AssertionError(control)


def ends(control: Control) -> tuple[Any, ...]:
    """The first and the last value, and the one after the first."""
    there = values(control)
    return tuple(dict.fromkeys((there[0], there[1], there[-1])))


def walk(settings_class: type[Any], count: int, seed: int, **fixed: Any) -> Iterator[Any]:
    """So many random settings: each field at its default, at an end or anywhere; `fixed` stay."""
    rng = np.random.default_rng(seed)
    known = controls(settings_class)
    for _ in range(count):
        chosen = dict(fixed)
        for name, control in known.items():
            how = rng.random()
            if name in fixed or how < 0.35:
                continue
            there = ends(control) if how < 0.6 else values(control)
            chosen[name] = there[rng.integers(len(there))]
        yield settings_class(**chosen)


def plain(part: str) -> str:
    """A piece of HTML as its reader sees it."""
    return html.unescape(_TAG.sub(" ", part))


def texts(shown: Shown) -> Iterator[tuple[str, str]]:
    """Every text of a page with where it stands: sentences, alternative texts, labels, titles."""
    for name, part in shown.items():
        if isinstance(part, str):
            yield name, plain(part)
            continue
        yield f"{name}: alt", str(part["alt"])
        yield from _strings(part, name)


def _strings(part: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key in ("text", "name", "title", "ticktext") and isinstance(value, str):
                yield f"{where}: {key}", plain(value)
            else:
                yield from _strings(value, f"{where}: {key}")
    elif isinstance(part, list | tuple):
        for item in part:
            if isinstance(item, str):
                yield where, plain(item)
            elif isinstance(item, dict | list | tuple):
                yield from _strings(item, where)


def assert_clean(shown: Shown) -> None:
    """No text with nan, inf, None, "-0" or "1 steps"; nothing that JSON cannot carry.

    The tags of a piece of HTML are held to it too: width:nan% is no width.
    """
    json.dumps(shown, allow_nan=False)
    sentences = {name: part for name, part in shown.items() if isinstance(part, str)}
    tags = [(name, tag) for name, part in sentences.items() for tag in _TAG.findall(part)]
    for where, text in (*texts(shown), *tags):
        found = _UNTRUE.search(text)
        assert not found, f"{where}: {found[0]!r} in {text!r}"


@lru_cache(maxsize=128)  # the cases of one file, which each of its tests goes through
def show(page: str, settings: Any) -> Shown:
    """What the page of that name shows."""
    return views.load(page).show(settings)
