"""A page's live parts: drawn in the browser, moved by the sliders, held by Streamlit's widgets."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import streamlit as st

from ui.app.base_path import base_path
from ui.app.server.answers.answer import encoded, spelt
from ui.app.server.answers.assets import path_of
from ui.app.visit import asked, visit
from ui.plot.palette import DARK, LIGHT, resolve
from ui.plot.style import Figure
from ui.settings.for_browser import page_settings

_PLAIN = "_plain_figures"
_THEME = "streamlit_theme.css"
_STYLES = (
    "live.css",
    "lesson.css",
    "take_away.css",
    "handout.css",
    "present.css",
    "own/own.css",
    "upload.css",
)

# The script is fetched by its own address, so that a rerun carries only these few lines; where
# it cannot be had, the page is told and shows Streamlit's own charts.
_LOADER = """
export default function (component) {
  const options = OPTIONS;
  let unmount, gone = false;
  // A module given inline has no address of its own, so a relative one would not resolve.
  import(location.origin + options.base + options.script)
    .then((host) => host.load(options).then(() => host))
    .then((host) => { if (!gone) unmount = host.mount(component, options); })
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
        """The figure or sentence of that name, if the view makes it, in a container of that key."""
        part = encoded(self.view, self.settings).get(name)
        if part is None:
            return
        head = {"name": name, "page": self._page, "follows": True}
        _show(head, part, lambda: _take_pick(f"live_{name}"))

    @cached_property
    def _page(self) -> dict[str, Any]:
        return page_with_data(self.view, self.settings)


def page_with_data(view: str, settings: Any) -> dict[str, Any]:
    """What the browser is told of a page, with the token of the visitor's file that it looks at."""
    return page_settings(view, settings) | {"data": getattr(settings, "data", "")}


def show_as_sent(name: str, part: Figure | str, view: str, settings: Any) -> None:
    """A figure or sentence that follows no slider: drawn in place each time the script sends it."""
    head = {"name": name, "page": page_settings(view, settings), "follows": False}
    _show(head, spelt(part), lambda: None)


def pictures_move() -> bool:
    """Whether this visitor's figures follow the sliders by themselves, as far as is known."""
    return not st.session_state.get(_PLAIN)


@cache
def live_component() -> Any:
    """The one component of every live part."""
    options = {
        "base": base_path(),
        "script": f"/live/assets/{path_of('app/streamlit_host.js')}",
        "plotly": f"/live/assets/{path_of('plotly-')}",
        "palettes": {"light": LIGHT, "dark": DARK},
    }
    shared = [files("ui.browser").joinpath(name).read_text() for name in _STYLES]
    own = files("ui.app").joinpath(_THEME).read_text()
    shared.append(files("ui.hall").joinpath("projector", "projector.css").read_text())
    return st.components.v2.component(
        "live",
        css=own + "".join(shared),
        js=_LOADER.replace("OPTIONS", json.dumps(options)),
        isolate_styles=False,
    )


def _show(head: dict[str, Any], part: str, picked: Callable[[], None]) -> None:
    name = head["name"]
    with st.container(key=name):
        if not pictures_move():
            _plain(name, json.loads(part))
            return
        live_component()(
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


def _take_pick(key: str) -> None:
    """A click in a figure sets settings; what comes from the browser is read like an address."""
    here = visit()
    picked = st.session_state[key].get("pick")
    picked = picked if isinstance(picked, dict) else {}
    values, _ = asked({name: [str(text)] for name, text in picked.items()})
    here.values |= {name: value for name, value in values.items() if name in here.shown}


def _plain(name: str, part: Any) -> None:
    if isinstance(part, str):
        st.html(part)
        return
    palette = DARK if st.context.theme.type == "dark" else LIGHT
    figure = resolve({"data": part["data"], "layout": part["layout"]}, palette)
    st.plotly_chart(figure, theme=None, key=f"plain_{name}", width="stretch", alt=part["alt"])
