"""Good and bad files, read by Python and by the browser in the same words."""

import json
import random
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.node import in_node
from tests.ui.walk import values
from ui.lessons.own.catalogue import catalogue, settings_class
from ui.lessons.own.lecture import read_lecture
from ui.lessons.own.reader import NotALecture, normal_form, schema
from ui.settings.address import read, spell
from ui.settings.controls import controls

LAB = catalogue()["lab"]
# What a page has may grow.
NAMES = {
    "{pages}": list(catalogue()),
    "{settings of the lab}": list(LAB["settings"]),
    "{sliders of the lab}": LAB["sliders"],
    "{parts of the lab}": [part["name"] for part in LAB["parts"]],
}


def files() -> Any:
    """The list of good and bad files, with the names that there are now."""
    text = Path(__file__).with_name("files.json").read_text("utf-8")
    for place, names in NAMES.items():
        assert place in text
        text = text.replace(place, ", ".join(names))
    return json.loads(text)


FILES = files()
PLAIN = {"version": 1, "title": "Mine", "scenes": [{"page": "lab"}]}


def in_browser(files: list[Any]) -> list[dict[str, Any]]:
    """What the browser reads of each file."""
    found: list[dict[str, Any]] = in_node(
        'import { readLecture } from "./ui/browser/own/read.js";\n'
        "console.log(JSON.stringify(given.files.map((file) => readLecture(file, given))));",
        {"files": files, "schema": schema(), "pages": catalogue()},
    )
    return found


def problems(file: Any) -> tuple[str, ...]:
    with pytest.raises(NotALecture) as refused:
        normal_form(file)
    return refused.value.problems


@pytest.mark.parametrize("file", FILES["good"], ids=lambda file: file["name"])
def test_a_good_file_has_one_spelling(file: Any) -> None:
    assert normal_form(file["given"]) == file["normal"]
    assert normal_form(json.dumps(file["given"])) == file["normal"]
    assert normal_form(file["normal"]) == file["normal"]


@pytest.mark.parametrize("file", FILES["bad"], ids=lambda file: file["name"])
def test_a_bad_file_is_told_what_is_wrong(file: Any) -> None:
    assert list(problems(file.get("text", file.get("given")))) == file["problems"]


def test_the_browser_reads_them_in_the_same_words() -> None:
    good = in_browser([file["given"] for file in FILES["good"]])
    assert [one["lecture"] for one in good] == [file["normal"] for file in FILES["good"]]
    bad = in_browser([file.get("text", file.get("given")) for file in FILES["bad"]])
    assert [one["problems"] for one in bad] == [file["problems"] for file in FILES["bad"]]
    assert {one["lecture"] for one in bad} == {None}


def test_a_file_of_a_megabyte_is_read_and_one_byte_more_is_not() -> None:
    text = json.dumps(PLAIN)
    padded = text + " " * (schema()["most_bytes"] - len(text))
    assert normal_form(padded) == PLAIN
    told = ("The file: 1000001 bytes; expected at most 1000000.",)
    assert problems(padded + " ") == told
    # Bytes, not letters.
    assert problems(padded[:-1] + "é") == told
    assert problems({"title": "é" * 500_000})[0].startswith("The file: 10000")
    assert [one["problems"] for one in in_browser([padded, padded + " "])] == [[], [*told]]


def test_nonsense_of_any_size_is_refused() -> None:
    texts = ["[" * 400_000, '{"title":' * 100_000, "1" * 5000, "", "\ufeff"]
    told = [list(problems(text)) for text in texts]
    assert {len(one) for one in told} == {1}
    assert [one["problems"] for one in in_browser(texts)] == told


def test_of_a_hundred_thousand_faults_twenty_are_told() -> None:
    query = "&".join(f"{name:x}" for name in range(450))
    scenes = [{"page": "lab", "before": query, "after": query}] * 200
    file = {"version": 1, "title": "Mine", "scenes": scenes}
    told = problems(file)
    assert len(told) == 20
    assert in_browser([file]) == [{"lecture": None, "problems": list(told)}]


def test_the_bounds_are_the_ones_that_are_told() -> None:
    known = schema()
    assert known["most_scenes"] == known["lecture"]["scenes"]["most"]
    rules = [rule for kind in ("lecture", "scene", "scale") for rule in known[kind].values()]
    for rule in rules:
        for bound in ("most", "each"):
            if bound in rule:
                assert str(rule[bound]) in rule["expected"]


TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n"), max_size=40)


@st.composite
def scenes(draw: st.DrawFn) -> dict[str, Any]:
    page = draw(st.sampled_from(list(catalogue())))
    made: dict[str, Any] = {"page": page}
    for when in draw(st.sets(st.sampled_from(["before", "after"]))):
        known = controls(settings_class(page))
        names = draw(st.lists(st.sampled_from(list(known)), unique=True, max_size=4))
        asked = {name: draw(st.sampled_from(values(known[name]))) for name in names}
        made[when] = urlencode({name: known[name].text(value) for name, value in asked.items()})
    sliders = catalogue()[page]["sliders"]
    made["controls"] = draw(st.lists(st.sampled_from(sliders), unique=True, max_size=3))
    made |= {name: draw(TEXT) for name in ("setup", "explain")}
    answer = draw(st.sampled_from(["none", "options", "scale"]))
    if answer == "options":
        texts = draw(st.lists(TEXT.filter(bool), min_size=2, max_size=5))
        right = draw(st.sampled_from([None, *range(len(texts))]))
        made |= {"question": "?", "options": texts} | ({} if right is None else {"right": right})
    elif answer == "scale":
        low = draw(st.integers(-1000, 1000))
        width = draw(st.integers(1, 1000))
        step = draw(st.sampled_from([1, width, width / 7]))
        scale = {"low": low, "high": low + width, "step": step, "unit": draw(TEXT)}
        if draw(st.booleans()):
            scale["truth"] = low + width * draw(st.floats(0, 1))
        made |= {"question": "?", "scale": scale}
    return made


LECTURES = st.builds(
    lambda title, scenes: {"version": 1, "title": title, "scenes": scenes},
    TEXT.filter(bool),
    st.lists(scenes(), min_size=1, max_size=4),
)


@settings(deadline=None, max_examples=40)
@given(LECTURES)
def test_what_is_saved_is_what_is_opened(file: dict[str, Any]) -> None:
    found = normal_form(file)
    assert normal_form(json.dumps(found, ensure_ascii=False)) == found
    lecture = read_lecture(found)
    assert lecture.title == file["title"]
    for scene, asked in zip(lecture.scenes, file["scenes"], strict=True):
        assert scene.page == asked["page"]
        assert (scene.setup, scene.explain) == (asked["setup"], asked["explain"])
        assert scene.options == tuple(asked.get("options", ()))
        assert scene.right == asked.get("right")
        assert (scene.after is None) == ("after" not in asked)
        made = settings_class(scene.page)
        before, none = read(made, parse_qs(scene.before))
        assert not none
        assert before == read(made, parse_qs(asked.get("before", "")))[0]
        if scene.scale:
            assert asked["scale"]["low"] == scene.scale.low
            assert asked["scale"].get("truth") == scene.scale.truth


def test_the_browser_reads_settings_as_an_address_is_read() -> None:
    seed = random.randrange(2**31)
    chance = random.Random(seed)
    odd = [
        "",
        "-0",
        "1e1",
        "5.",
        ".5",
        "1e-05",
        "-1e9",
        "0x10",
        "1_0",
        "٣",
        "Infinity",
        "2.0",
        "07",
    ]
    queries = [
        (page, urlencode({name: chance.choice([*map(control.text, values(control)), *odd])}))
        for page in catalogue()
        for name, control in controls(settings_class(page)).items()
        for _ in range(12)
    ]
    found = in_node(
        'import { readQuery } from "./ui/browser/own/query.js";\n'
        "const read = ([page, query]) => readQuery(query, given.pages[page]);\n"
        "console.log(JSON.stringify(given.queries.map(read)));",
        {"queries": queries, "pages": catalogue()},
    )
    for (page, query), one in zip(queries, found, strict=True):
        asked, wrong = read(settings_class(page), parse_qs(query, keep_blank_values=True))
        assert one["settings"] == spell(asked), (seed, query)
        assert len(one["problems"]) == len(wrong), (seed, query)
        for problem, told in zip(one["problems"], wrong.values(), strict=True):
            said = f"{problem['came']} in the address: expected {problem['expected']};"
            assert told.startswith(said), (seed, query)
