"""Whatever a room can be, it is read as it was spelt."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.hall.rooms import SCRIPT
from ui.hall.state.room import MODES, PHASES, Progress, Room, View
from ui.hall.state.script import Choices, Question, Range, Script
from ui.hall.store.spelling import read_room, read_script, spell_room, spell_script

# Without halves of characters, which JSON cannot spell; no lecture can have them.
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
QUESTIONS = st.builds(
    Question,
    id=TEXT,
    page=TEXT,
    before=TEXT,
    after=TEXT,
    parts=st.lists(TEXT).map(tuple),
    controls=st.lists(TEXT).map(tuple),
    setup=TEXT,
    text=TEXT,
    answer=st.one_of(
        st.none(),
        st.builds(Choices, st.lists(TEXT).map(tuple)),
        st.builds(Range, NUMBERS, NUMBERS, NUMBERS, TEXT),
    ),
    truth=st.one_of(st.none(), st.integers(0, 4), NUMBERS),
    explain=TEXT,
)


@settings(max_examples=40)
@given(st.builds(Script, TEXT, TEXT, st.lists(QUESTIONS, max_size=2).map(tuple)))
def test_a_script_comes_back(script: Script) -> None:
    assert read_script(spell_script(script)) == script


@given(
    st.builds(
        Room,
        code=TEXT,
        secret=TEXT,
        script=st.just(SCRIPT),
        progress=st.lists(
            st.builds(Progress, st.sampled_from(PHASES), st.integers(1, 2)), max_size=5
        ).map(tuple),
        version=st.integers(1, 10**9),
        place=st.integers(0, 199),
        locked=st.booleans(),
        mode=st.sampled_from(MODES),
        driver=TEXT,
        view=st.none() | st.builds(View, TEXT, TEXT),
    )
)
def test_a_room_comes_back(room: Room) -> None:
    spelt = spell_room(room)
    assert read_room(spelt, SCRIPT) == room
    assert SCRIPT.questions[0].explain.encode() not in spelt, "the script is kept once, beside it"
