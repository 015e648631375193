// One figure: Plotly draws into one element that stays; the reader's zoom and pin stay with it.

import { comparable, pin, pinOf, unpin } from "./ghost.js";
import { forget, moved } from "./glide.js";
import { createPlayer } from "./player.js";
import { saveFigure } from "./save.js";
import { enlarge, stretch } from "./scale.js";
import { resolve } from "./theme.js";
import { createToolbar } from "./toolbar.js";
import { differing, fileName, foot } from "./words.js";

const CONFIG = { displayModeBar: false, doubleClick: false, scrollZoom: false };
const PAPER = 680; // pixels between the margins of a sheet

// pageOf(): { view, settings, defaults } that the figure is drawn at.
// look: { palette(), size(), hall(), print } that it is drawn in; in a hall it fills the room that it has.
// picked(settings) is told of a click that sets something: settings by name, as texts.
export function createFigure(parent, name, look, pageOf, picked) {
  const box = document.createElement("div");
  box.className = "live-figure";
  const plot = document.createElement("div");
  plot.className = "live-plot";
  const note = document.createElement("p");
  note.className = "live-note";
  parent.append(box);
  let figure = null;
  let player = null;
  let listening = false;
  let titles = null; // where the toolbar was last given room
  const zoom = {}; // axis -> the range the reader chose

  const toolbar = createToolbar({
    pin() {
      const page = pageOf();
      if (pinOf(page.view, name)) unpin(page.view, name);
      else pin(page.view, name, current(), differing(page));
      render();
    },
    reset,
    save,
  });
  box.append(toolbar.element, plot, note);
  let wide = plot.clientWidth; // kept, since to ask for it costs a layout of the page
  let tall = plot.clientHeight;
  // Plotly's own way of following the width forgets the height.
  const width = new ResizeObserver(([{ contentRect }]) => {
    wide = Math.round(contentRect.width);
    tall = Math.round(contentRect.height);
    const fits = wide === plot.layout?.width && (!look.hall() || tall === plot.layout?.height);
    if (!look.print.on && wide && !fits) render();
  });

  function current() {
    return player ? player.frame(figure) : figure;
  }

  function render() {
    const now = current();
    const pinned = pinOf(pageOf().view, name);
    const ghost = pinned ? comparable(pinned, now) : [];
    const drawn = resolve({ data: [...ghost, ...now.data], layout: now.layout }, look.palette());
    enlarge(drawn, look.size());
    const { data, layout } = drawn;
    // Plotly writes a zoom into the range that it was given: the figure keeps its own.
    for (const axis of Object.values(layout)) if (axis.range) axis.range = [...axis.range];
    for (const [axis, range] of Object.entries(zoom)) {
      layout[axis] = { ...layout[axis], range, autorange: false };
    }
    layout.font.family = getComputedStyle(box).fontFamily;
    layout.width = wide || undefined;
    if (look.hall() && tall) stretch(layout, tall);
    if (look.print.on) layout.width = Math.min(PAPER, wide || PAPER);
    // On a touch screen a drag scrolls the page.
    layout.dragmode = matchMedia("(pointer: coarse)").matches ? false : "zoom";
    if (!moved(plot, data, layout)) Plotly.react(plot, data, layout, CONFIG);
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", figure.alt);
    toolbar.zoomed(Object.keys(zoom).length > 0);
    toolbar.pinned(pinned !== null);
    tell(pinned, ghost.length > 0);
    makeRoom(layout);
    if (!listening) listen();
    fitPaper(layout);
  }

  // On paper a figure takes the width that it is given there, which is not known yet.
  function fitPaper({ width, height }) {
    box.style.setProperty("--live-ratio", look.print.on ? `${width} / ${height}` : "");
    for (const svg of plot.querySelectorAll(".main-svg")) {
      if (look.print.on) svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      else svg.removeAttribute("viewBox");
    }
  }

  function tell(pinned, seen) {
    const words = pinned ? `Pinned: ${pinned.said}` : "";
    note.textContent = !pinned || seen ? words : `${words}. No curve of this picture is like those pinned.`;
    note.hidden = !pinned;
  }

  function makeRoom({ annotations = [], width, height }) {
    const texts = annotations.map(({ text }) => text.replaceAll(/\d/g, "0"));
    const now = JSON.stringify([texts, width, height, Object.keys(zoom)]);
    if (now === titles) return;
    titles = now;
    toolbar.makeRoom(plot);
  }

  function listen() {
    listening = true;
    plot.on("plotly_relayout", (change) => {
      for (const key of Object.keys(change)) {
        const axis = key.match(/^([xy]axis\d*)\.range\[0\]$/)?.[1];
        if (axis) zoom[axis] = [change[`${axis}.range[0]`], change[`${axis}.range[1]`]];
      }
      toolbar.zoomed(Object.keys(zoom).length > 0);
    });
    plot.on("plotly_doubleclick", reset);
    plot.on("plotly_click", ({ points: [point] }) => {
      if (!figure.pick) return;
      const settings = Object.entries(figure.pick).map(([key, from]) => [key, String(point[from])]);
      picked(Object.fromEntries(settings));
    });
    width.observe(plot);
  }

  function reset() {
    for (const axis of Object.keys(zoom)) delete zoom[axis];
    forget(plot);
    render();
  }

  function save(format) {
    const page = pageOf();
    const style = { ...look.palette(), family: plot.layout.font.family, scale: look.size().scale };
    const said = [foot(page), note.textContent].filter(Boolean).join(" · ");
    saveFigure(plot, format, style, said, fileName(page, name)).catch((error) =>
      console.warn("The figure could not be saved:", error.message),
    );
  }

  return {
    name,
    drawn: null,
    summary: () => figure.alt,
    shown: () => ({ figure: current() }),
    draw(next, asked) {
      figure = next;
      this.drawn = asked;
      if (figure.player && !player) {
        player = createPlayer(render);
        box.append(player.element);
      }
      player?.fit(figure.player);
      render();
    },
    redraw: render,
    remove() {
      width.disconnect();
      player?.remove();
      Plotly.purge(plot);
      box.remove();
    },
  };
}
