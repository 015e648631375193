// One figure: Plotly draws into one element that stays; the reader's zoom and pin stay with it.

import { ghostOf } from "./ghost.js";
import { moved } from "./glide.js";
import { createPlayer } from "./player.js";
import { coloured, colour } from "./theme.js";
import { createToolbar } from "./toolbar.js";

const CONFIG = { displayModeBar: false, responsive: true, doubleClick: false, scrollZoom: false };

export function createFigure(component, head) {
  const box = document.createElement("div");
  box.className = "live-figure";
  const plot = document.createElement("div");
  component.parentElement.append(box);
  let figure = null;
  let ghost = null;
  let player = null;
  let listening = false;
  const zoom = {}; // axis -> the range the reader chose

  const toolbar = createToolbar({
    pin() {
      ghost = ghost ? null : ghostOf(current().data);
      render();
      return ghost !== null;
    },
    reset,
    save: (format) => save(format),
  });
  box.append(toolbar.element, plot);

  function current() {
    return player ? player.frame(figure) : figure;
  }

  function render() {
    const { data, layout } = coloured(current());
    for (const [axis, range] of Object.entries(zoom)) {
      layout[axis] = { ...layout[axis], range, autorange: false };
    }
    layout.font.family = getComputedStyle(box).fontFamily;
    // On a touch screen a drag scrolls the page.
    layout.dragmode = matchMedia("(pointer: coarse)").matches ? false : "zoom";
    const traces = [...(ghost ? coloured(ghost) : []), ...data];
    if (!moved(plot, traces, layout)) Plotly.react(plot, traces, layout, CONFIG);
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", figure.alt);
    toolbar.zoomed(Object.keys(zoom).length > 0);
    if (!listening) listen();
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
      const picked = Object.fromEntries(
        Object.entries(figure.pick).map(([setting, from]) => [setting, String(point[from])]),
      );
      component.setTriggerValue("pick", picked);
    });
  }

  function reset() {
    for (const axis of Object.keys(zoom)) delete zoom[axis];
    render();
  }

  function save(format) {
    const { width, height } = plot.getBoundingClientRect();
    const layout = { ...plot.layout, paper_bgcolor: colour("paper"), width, height };
    const { data } = plot;
    Plotly.downloadImage({ data, layout }, { format, width, height, scale: 2, filename: head.name });
  }

  return {
    name: head.name,
    drawn: null,
    draw(next, asked) {
      figure = next;
      if (figure.player && !player) {
        player = createPlayer(render);
        box.append(player.element);
      }
      player?.fit(figure.player);
      render();
      this.drawn = asked;
    },
    recolour: render,
    remove() {
      player?.stop();
      Plotly.purge(plot);
      box.remove();
    },
  };
}
