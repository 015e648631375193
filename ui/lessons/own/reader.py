"""Reads the file of a lecture of one's own, with errors that name the scene and the field.

The fields and their bounds stand in schema.json. ui/browser/own/read.js reads by the same file, in
the same words.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, urlencode

from ui.lessons.own.catalogue import catalogue, settings_class
from ui.settings.address import spell
from ui.settings.controls import controls

Fields = dict[str, Any]

MOST_PROBLEMS = 20
_MOST_STEPS = 10_000  # of a scale
_LARGEST = 1e12  # of any number
_TOLD = 60  # characters of a text from outside that are told again
# Control characters other than a new line, and halves of characters.
_NO_TEXT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class NotALecture(ValueError):
    """problems: what is wrong with it, each naming the scene, the field and what was expected."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@cache
def schema() -> Fields:
    """The fields of a lecture, of a scene and of a scale by name, and the bounds of the whole."""
    text = files(__package__).joinpath("schema.json").read_text(encoding="utf-8")
    found: Fields = json.loads(text)
    return found


def normal_form(given: str | Mapping[str, Any]) -> Fields:
    """What the file holds, in one spelling: settings as a link has them, empty fields left out.

    given: the file's text, or what is in it. NotALecture with all that is wrong.
    """
    problems: list[str] = []
    content = _parsed(given, problems)
    found = {} if problems else _lecture(content, problems)
    if problems:
        raise NotALecture(tuple(problems))
    return found


def _parsed(given: str | Mapping[str, Any], problems: list[str]) -> Any:
    most = schema()["most_bytes"]
    try:
        # What can be had of a mapping is what a file can hold.
        text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
        if (size := len(text.encode("utf-8", "surrogatepass"))) > most:
            return _say(problems, "The file", f"{size} bytes", f"at most {most}")
        return json.loads(text, parse_constant=_no_number, parse_int=_integer)
    except (ValueError, TypeError, RecursionError):
        return _say(problems, "The file", "not JSON", "a lecture as the app saves it")


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _integer(text: str) -> float:
    return int(text) if len(text) < 16 else float(text)


def _say(problems: list[str], where: str, came: str, expected: str) -> None:
    problems.append(f"{where}: {came}; expected {expected}.")
    if len(problems) == MOST_PROBLEMS:  # a bad file of a megabyte could have a hundred thousand
        raise NotALecture(tuple(problems))


def _lecture(given: Any, problems: list[str]) -> Fields:
    found = _fields(given, "lecture", "The lecture", problems)
    if (scenes := found.get("scenes")) is not None:
        found["scenes"] = [
            _scene(scene, f"Scene {number}", problems) for number, scene in enumerate(scenes, 1)
        ]
    return found


def _scene(given: Any, where: str, problems: list[str]) -> Fields:
    found = _fields(given, "scene", where, problems)
    answers = [name for name in ("options", "scale") if name in found]
    if len(answers) == 2:
        _say(problems, where, "options and a scale", "one of them")
    if answers and not given.get("question"):
        _say(problems, f"{where}, question", "missing", "one, since there is an answer to it")
    if "right" in found and "options" not in given:
        _say(problems, f"{where}, options", "missing", "some, since one is right")
    if "options" in found and found.get("right", 0) >= len(found["options"]):
        last = len(found["options"]) - 1
        _say(
            problems,
            f"{where}, right",
            _told(found["right"]),
            f"the place of an option, 0 to {last}",
        )
    return found


def _fields(given: Any, kind: str, where: str, problems: list[str]) -> Fields:
    """The fields of an object that can be had, in the schema's order."""
    table = schema()[kind]
    names = ", ".join(table)
    if not isinstance(given, dict):
        _say(problems, where, _told(given), f"an object with {names}")
        return {}
    for name in given:
        if name not in table:
            _say(problems, f"{where}, {_cut(name)}", "no such field", f"some of {names}")
    found: Fields = {}
    for name, rule in table.items():
        place = f"{where}, {name}"
        if name in given:
            value = _field(given[name], rule, place, problems, found.get("page", ""))
            if value not in (None, []) and (value != "" or name == "after"):
                found[name] = value
        elif rule.get("required"):
            _say(problems, place, "missing", _expected(rule))
    return found


def _field(given: Any, rule: Fields, place: str, problems: list[str], page: str) -> Any:
    """One field in its one spelling, or None. page: of its scene, empty where that was not read."""
    match rule["kind"]:
        case "settings" if _is_text(given, 0, rule["most"]):
            return _query(given, page, place, problems) if page else given
        case "sliders" | "parts" as kind if isinstance(given, list) and len(given) <= rule["most"]:
            return _names(given, _known(kind, page), place, problems)
        case "scale" if isinstance(given, dict):
            return _scale(given, place, problems)
    if _fits(given, rule):
        return given
    _say(problems, place, _told(given), _expected(rule))
    return None


def _fits(given: Any, rule: Fields) -> bool:
    match rule["kind"]:
        case "version":
            return _is_number(given) and given == schema()["version"]
        case "text":
            return _is_text(given, rule.get("least", 0), rule["most"])
        case "texts":
            count = isinstance(given, list) and rule["least"] <= len(given) <= rule["most"]
            return count and all(_is_text(text, 1, rule["each"]) for text in given)
        case "page":
            return isinstance(given, str) and given in catalogue()
        case "place":
            return _is_number(given) and given == int(given) and given >= 0
        case "number":
            return _is_number(given)
        case "scenes":
            return isinstance(given, list) and rule["least"] <= len(given) <= rule["most"]
    return False


def _query(query: str, page: str, place: str, problems: list[str]) -> str:
    """The settings that are not at their defaults, as a link of the page spells them."""
    made = settings_class(page)
    known = controls(made)
    chosen: Fields = {}
    for name, texts in parse_qs(query.removeprefix("?"), keep_blank_values=True).items():
        if name not in known:
            _say(problems, place, _cut(name), f"settings of the page: {', '.join(known)}")
            continue
        try:
            [text] = texts
            chosen[name] = known[name].parse(text)
        except ValueError:
            came = _cut("&".join(f"{name}={text}" for text in texts))
            _say(problems, place, came, known[name].expected if len(texts) == 1 else "one value")
    default = spell(made())
    stands = spell(made(**chosen)).items()
    return urlencode({name: text for name, text in stands if text != default[name]})


def _known(kind: str, page: str) -> list[str] | None:
    if not page:
        return None
    entry = catalogue()[page]
    if kind == "sliders":
        return list(entry["sliders"])
    return list(dict.fromkeys(part["name"] for part in entry["parts"]))


def _names(
    given: list[Any], known: list[str] | None, place: str, problems: list[str]
) -> list[str] | None:
    """Different names out of those that the page has; known is None while the page is unread."""
    for at, name in enumerate(given):
        if known is not None and name not in known:
            _say(problems, place, _told(name), f"some of {', '.join(known)}")
        elif name in given[:at]:
            _say(problems, place, f"{_told(name)} twice", "each once")
    return given


def _scale(given: Fields, place: str, problems: list[str]) -> Fields | None:
    before = len(problems)
    found = _fields(given, "scale", place, problems)
    if len(problems) > before:
        return None
    low, high, step = found["low"], found["high"], found["step"]
    if not low < high:
        _say(problems, f"{place}, high", _told(high), "a number above low")
    elif not (high - low) / _MOST_STEPS <= step <= high - low:
        expected = f"a number that makes 1 to {_MOST_STEPS} steps from low to high"
        _say(problems, f"{place}, step", _told(step), expected)
    elif not low <= found.get("truth", low) <= high:
        _say(problems, f"{place}, truth", _told(found["truth"]), "a number from low to high")
    return found


def _is_text(given: Any, least: int, most: int) -> bool:
    return isinstance(given, str) and least <= len(given) <= most and not _NO_TEXT.search(given)


def _is_number(given: Any) -> bool:
    """Neither true nor false, and not so large that spellings of it differ."""
    return isinstance(given, int | float) and not isinstance(given, bool) and abs(given) <= _LARGEST


def _expected(rule: Fields) -> str:
    words = str(rule["expected"])
    return f"{words} {', '.join(catalogue())}" if rule["kind"] == "page" else words


def _told(given: Any) -> str:
    """What came, in a few words: text from outside."""
    match given:
        case None:
            return "null"
        case bool():
            return "true" if given else "false"
        case int() | float():
            return _number(given)
        case str():
            return f"“{_cut(given)}”"
        case list():
            return f"a list of {len(given)}"
    return "an object"


def _number(value: float) -> str:
    """As JavaScript writes it too; in words where the two differ."""
    if not (value == 0 or 1e-4 <= abs(value) <= _LARGEST):
        return "a number"
    return str(int(value)) if value == int(value) else repr(value)


def _cut(text: str) -> str:
    told = _NO_TEXT.sub("\ufffd", text[:_TOLD])
    return told if len(text) <= _TOLD else f"{told}…"
