"""Controls as Streamlit widgets: key of the widget, name of the setting and in the link are one."""

from typing import Any, TypeVar

import streamlit as st

from ui.controls import Choice, Control, Slider, Steps, Switch, Whole, controls, read
from ui.live import pictures_move

S = TypeVar("S")

_KEPT = "_kept"
_PROBLEMS = "_address_problems"


def widgets(
    settings_class: type[Any], *names: str, hide_labels: bool = False, run_page: bool = False
) -> dict[str, Any]:
    """Draw the widgets of these settings here, and give their values by name.

    A value set on one page holds on the next, also when a page in between does not show it.
    run_page: a slider's release runs the whole page, which only a page needs whose script does
    something with the value that no live part shows.
    """
    kept: dict[str, Any] = st.session_state.setdefault(_KEPT, {})
    _spell_out_address(settings_class, names, kept)
    label_visibility = "collapsed" if hide_labels else "visible"
    values = {}
    for name in names:
        control = controls(settings_class)[name]
        default = getattr(settings_class, name)
        alone = isinstance(control, Slider | Steps) and pictures_move() and not run_page
        draw = _alone if alone else _widget
        values[name] = draw(name, control, default, label_visibility)
    kept.update(values)
    return values


def sidebar(settings_class: type[Any], *names: str, run_page: bool = False) -> dict[str, Any]:
    """The settings in the sidebar, under them a new batch (where there is a seed) and a reset."""
    with st.sidebar:
        values = widgets(settings_class, *names, run_page=run_page)
        buttons = st.columns(2)
        if "seed" in names:
            buttons[0].button(
                "New batch",
                icon=":material/casino:",
                key="new_batch",
                help="Moves the seed by one: another draw from the same distribution.",
                on_click=_next_seed,
                width="stretch",
            )
        buttons[1].button(
            "Reset",
            icon=":material/restart_alt:",
            key="reset",
            help="Puts every setting of this page back to its default.",
            on_click=_reset,
            args=(settings_class,),
            width="stretch",
        )
    return values


def address_problems() -> list[str]:
    """What was wrong with the address that this run came with; asking empties the list."""
    return list(st.session_state.pop(_PROBLEMS, {}).values())


def _spell_out_address(
    settings_class: type[Any], names: tuple[str, ...], kept: dict[str, Any]
) -> None:
    """Put into the address what its widgets will read there, before they are drawn.

    Streamlit drops what it cannot read without a word, and reads only its own spelling (1e-3, not
    0.001). So other spellings are replaced, values kept from another page are added, and what
    cannot be had is told.
    """
    new = [name for name in names if name not in st.session_state]
    address = {name: st.query_params[name] for name in new if name in st.query_params}
    asked, problems = read(settings_class, address)
    st.session_state.setdefault(_PROBLEMS, {}).update(problems)
    wanted = {name: getattr(asked, name) for name in address if name not in problems}
    wanted |= {name: kept[name] for name in new if name in kept and name not in address}
    known = controls(settings_class)
    changed = {
        name: known[name].text(value)
        for name, value in wanted.items()
        if value != getattr(settings_class, name) and known[name].text(value) != address.get(name)
    }
    if changed:
        st.query_params.update(changed)
        st.rerun()


def _widget(name: str, control: Control, default: Any, label_visibility: Any) -> Any:
    common: dict[str, Any] = {
        "key": name,
        "help": control.help or None,
        "bind": "query-params",
        "label_visibility": label_visibility,
    }
    match control:
        case Slider(label, low, high, step):
            number = type(step)
            return st.slider(
                label, number(low), number(high), default, step, f"%.{control.decimals}f", **common
            )
        case Steps(label, options):
            return st.select_slider(label, options, default, format_func=control.text, **common)
        case Choice(label, options):
            if len(options) > 4 or sum(map(len, options)) > 32:
                index = options.index(default)
                return st.selectbox(label, options, index, **common)
            return st.segmented_control(label, options, default=default, required=True, **common)
        case Whole(label, low, high):
            return st.number_input(label, low, high, default, 1, **common)
        case Switch(label):
            return st.toggle(label, default, **common)


@st.fragment
def _alone(name: str, control: Control, default: Any, label_visibility: Any) -> Any:
    """A slider whose release runs nothing but itself: the picture has followed it already."""
    value = _widget(name, control, default, label_visibility)
    st.session_state[_KEPT][name] = value
    return value


def _next_seed() -> None:
    st.session_state["seed"] = (st.session_state["seed"] + 1) % 10_000


def _reset(settings_class: type[Any]) -> None:
    for name in controls(settings_class):
        default = getattr(settings_class, name)
        st.session_state[_KEPT][name] = default
        if name in st.session_state:
            st.session_state[name] = default
