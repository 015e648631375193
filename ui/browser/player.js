// Play, pause, step and scrub through steps that came with the figure: nothing is asked for them.
//
// figure.player = { label, steps, start, prefix: [trace, ...], frames: [{trace: changes}, ...],
//   beside: { name: [text, ...] } }
// At step i the traces in prefix show their points up to i, frames[i] replaces parts of others, and
// the texts beside the figure that bear such a name show that of step i.

import { follow, forget } from "./beside.js";

const STEP_MS = 90;

export function createPlayer(render) {
  const element = document.createElement("div");
  element.className = "live-player";
  element.setAttribute("role", "group");
  let spec = null;
  let at = 0;
  let timer = null;

  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    element.append(made);
    return made;
  };
  const play = button("Play", () => (timer ? stop() : start()));
  button("Step", () => {
    stop();
    go(at + 1 > spec.steps ? 0 : at + 1);
  });
  const scrubber = document.createElement("input");
  scrubber.type = "range";
  scrubber.min = 0;
  scrubber.addEventListener("input", () => {
    stop();
    go(scrubber.valueAsNumber);
  });
  const place = document.createElement("output");
  element.append(scrubber, place);

  function start() {
    if (at >= spec.steps) go(0);
    play.textContent = "Pause";
    timer = setInterval(() => (at >= spec.steps ? stop() : go(at + 1)), STEP_MS);
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    play.textContent = "Play";
  }

  function go(step) {
    at = step;
    label();
    follow(spec.beside, at);
    render();
  }

  function label() {
    scrubber.value = at;
    place.textContent = `${spec.label} ${at} of ${spec.steps}`;
    scrubber.setAttribute("aria-label", spec.label);
    scrubber.setAttribute("aria-valuetext", place.textContent);
  }

  return {
    element,
    fit(next) {
      if (!spec || spec.steps !== next.steps) at = next.start ?? next.steps;
      spec = next;
      scrubber.max = spec.steps;
      label();
      follow(spec.beside, at);
    },
    remove() {
      stop();
      forget(spec.beside);
    },
    // The figure as it stands at the present step.
    frame(figure) {
      const changes = spec.frames?.[at] ?? {};
      const data = figure.data.map((trace, index) => {
        const cut = spec.prefix?.includes(index)
          ? { x: trace.x.slice(0, at + 1), y: trace.y.slice(0, at + 1) }
          : {};
        return { ...trace, ...cut, ...changes[index] };
      });
      return { ...figure, data };
    },
  };
}
