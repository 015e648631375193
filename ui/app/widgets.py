"""Controls as Streamlit widgets: key of the widget, name of the setting and in the link are one."""

from typing import Any

import streamlit as st

from ui.app.address import write_address
from ui.app.component import pictures_move
from ui.app.visit import visit
from ui.settings.controls import Choice, Control, Slider, Steps, Whole, controls


def widget(
    settings_class: type[Any],
    name: str,
    *,
    labels: bool = True,
    run_page: bool = False,
    disabled: bool = False,
) -> None:
    """Draw the widget of this setting here.

    run_page: a slider's release runs the whole page, which only a page needs whose script does
    something with the value that no live part shows. disabled: nothing on the page follows it at
    present; it keeps its value and cannot be moved.
    """
    control = controls(settings_class)[name]
    alone = isinstance(control, Slider | Steps) and pictures_move() and not run_page
    draw = _alone if alone else _widget
    draw(name, control, "visible" if labels else "collapsed", disabled)


def buttons(*, new_batch: bool) -> None:
    """A new batch (where there is a seed), and a reset of all that the page shows."""
    places = st.columns(2)
    if new_batch:
        places[0].button(
            "New batch",
            icon=":material/casino:",
            key="new_batch",
            help="Moves the seed by one: another draw from the same distribution.",
            on_click=_next_seed,
            width="stretch",
        )
    places[1].button(
        "Reset",
        icon=":material/restart_alt:",
        key="reset",
        help="Puts every setting of this page back to its default.",
        on_click=_reset,
        width="stretch",
    )


def _widget(name: str, control: Control, label_visibility: Any, disabled: bool) -> None:
    """The widget, at what its setting stands at."""
    here = visit()
    value = here.value(name)
    # Whatever Streamlit has kept under this key, the widget shows the visit's value.
    if name in st.session_state and control.text(st.session_state[name]) != control.text(value):
        st.session_state[name] = value
    common: dict[str, Any] = {
        "key": name,
        "help": control.help or None,
        "label_visibility": label_visibility,
        "disabled": disabled,
        "on_change": _take,
        "args": (name,),
    }
    # What the browser shows comes back: after a lost connection it is newer than the address.
    here.values[name] = _drawn(control, value, common)


def _drawn(control: Control, value: Any, common: dict[str, Any]) -> Any:
    match control:
        case Slider(label, low, high, step):
            number = type(step)
            return st.slider(
                label, number(low), number(high), value, step, f"%.{control.decimals}f", **common
            )
        case Steps(label, options):
            return st.select_slider(label, options, value, format_func=control.text, **common)
        case Choice(label, options):
            if control.is_long:
                index = options.index(value)
                return st.selectbox(label, options, index, **common)
            return st.segmented_control(label, options, default=value, required=True, **common)
        case Whole(label, low, high):
            return st.number_input(label, low, high, value, 1, **common)


@st.fragment
def _alone(name: str, control: Control, label_visibility: Any, disabled: bool) -> None:
    """A slider whose release runs nothing but itself: the picture has followed it already."""
    _widget(name, control, label_visibility, disabled)


def _take(name: str) -> None:
    """The hand has set a value. It runs before the script, or the fragment, does."""
    visit().values[name] = st.session_state[name]
    write_address()


def _next_seed() -> None:
    here = visit()
    here.values["seed"] = (here.value("seed") + 1) % 10_000


def _reset() -> None:
    here = visit()
    for name in here.shown:
        here.values.pop(name, None)
