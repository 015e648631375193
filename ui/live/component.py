"""A page's live parts: drawn in the browser, moved by the sliders, held by Streamlit's widgets."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import streamlit as st

from ui import views
from ui.controls import Steps, controls, spell
from ui.figures.palette import DARK, LIGHT, resolve
from ui.figures.style import Figure
from ui.live.answer import encoded, spelt
from ui.live.assets import path_of

_PLAIN = "_plain_figures"

# The script is fetched by its own address, so that a rerun carries only these few lines; where
# it cannot be had, the page is told and shows Streamlit's own charts.
_LOADER = """
export default function (component) {
  const options = OPTIONS;
  let unmount, gone = false;
  // A module given inline has no address of its own, so a relative one would not resolve.
  import(location.origin + options.base + options.script)
    .then((live) => live.load(options).then(() => live))
    .then((live) => { if (!gone) unmount = live.mount(component, options); })
    .catch((error) => {
      console.warn("The live figures could not be loaded:", error.message);
      component.setStateValue("failed", true);
    });
  return () => { gone = true; if (unmount) unmount(); };
}
"""


@dataclass(frozen=True)
class LivePage:
    """What a view shows at given settings; `show` puts one part of it on the page."""

    view: str
    settings: Any

    def show(self, name: str) -> None:
        """The figure or sentence of that name, in a container with that key."""
        head = {"name": name} | self._head
        part = encoded(self.view, self.settings)[name]
        _show(head, part, lambda: _take_pick(f"live_{name}", type(self.settings)))

    @cached_property
    def _head(self) -> dict[str, Any]:
        known = controls(type(self.settings))
        steps = {
            key: [control.text(option) for option in control.options]
            for key, control in known.items()
            if isinstance(control, Steps)
        }
        return {"view": self.view, "settings": spell(self.settings), "steps": steps}


def live(view: str, chosen: dict[str, Any]) -> LivePage:
    """The view of that name at the chosen settings; the others stand at their defaults."""
    return LivePage(view, views.load(view).settings(**chosen))


def show_as_sent(name: str, part: Figure | str) -> None:
    """A figure or sentence that follows no slider: drawn in place each time the script sends it."""
    _show({"name": name}, spelt(part), lambda: None)


def pictures_move() -> bool:
    """Whether this visitor's figures follow the sliders by themselves, as far as is known."""
    return not st.session_state.get(_PLAIN)


def base_path() -> str:
    """What stands before every address of this server: nothing, or /name."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"/{base}" if base else ""


@cache
def _component() -> Any:
    options = {
        "base": base_path(),
        "script": f"/live/assets/{path_of('live.js')}",
        "plotly": f"/live/assets/{path_of('plotly-')}",
        "palettes": {"light": LIGHT, "dark": DARK},
    }
    return st.components.v2.component(
        "live",
        css=files("ui.live").joinpath("browser", "live.css").read_text(),
        js=_LOADER.replace("OPTIONS", json.dumps(options)),
        isolate_styles=False,
    )


def _show(head: dict[str, Any], part: str, picked: Callable[[], None]) -> None:
    name = head["name"]
    with st.container(key=name):
        if not pictures_move():
            _plain(name, json.loads(part))
            return
        _component()(
            key=f"live_{name}",
            # Bytes are passed on as they are; a dict would be encoded twice over by Streamlit.
            data=f'{json.dumps(head)[:-1]},"shown":{part}}}'.encode(),
            height="content",
            on_failed_change=_fall_back,
            # An answer that did not arrive: being told is enough, since it runs the page.
            on_missed_change=lambda: None,
            on_pick_change=picked,
        )


def _fall_back() -> None:
    st.session_state[_PLAIN] = True


def _take_pick(key: str, settings_class: type[Any]) -> None:
    """A click in a figure sets settings; what comes from the browser is read like an address."""
    known = controls(settings_class)
    picked = st.session_state[key].get("pick") or {}
    for name, text in picked.items():
        if name in known and name in st.session_state:
            try:
                st.session_state[name] = known[name].parse(str(text))
            except ValueError:
                continue


def _plain(name: str, part: Any) -> None:
    if isinstance(part, str):
        st.html(part)
        return
    palette = DARK if st.context.theme.type == "dark" else LIGHT
    figure = resolve({"data": part["data"], "layout": part["layout"]}, palette)
    st.plotly_chart(figure, theme=None, key=f"plain_{name}", width="stretch", alt=part["alt"])
