// The quick way from one picture to the next, where only the points of lines, the shapes and the
// annotations have changed: Plotly moves the lines that are there instead of drawing the figure anew,
// in about half the time. A single change glides; under a moving hand each picture stands at
// once, since there a glide would only lag behind.

const GLIDE_MS = 110;
const PAUSE_MS = 350; // changes closer together than this are a hand in motion

const last = new WeakMap(); // plot -> when it was drawn last, its marks, all that cannot move

// Draw by moving what is there, and say whether that could be done.
export function moved(plot, data, layout) {
  // Bars and heat maps are lost in an animation, or fail in it.
  if (!data.every((trace) => trace.type === "scatter")) return false;
  const before = last.get(plot);
  const now = performance.now();
  const still = skeleton(data, layout);
  const { shapes = [], annotations = [] } = layout;
  const marks = JSON.stringify([shapes, annotations]);
  last.set(plot, { now, still, marks });
  if (before?.still !== still) return false;
  const single = now - before.now > PAUSE_MS;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  // Animations carry lines alone, so marks and labels are put in their place first.
  if (marks !== before.marks) Plotly.relayout(plot, { shapes, annotations });
  const duration = single && !calm ? GLIDE_MS : 0;
  // Lines alone: the rest stands where it was, and Plotly fails at moving bars with patterns.
  const lines = [...data.keys()].filter((index) => isLine(data[index]));
  Plotly.animate(
    plot,
    { data: lines.map((index) => ({ x: data[index].x, y: data[index].y })), traces: lines },
    {
      mode: "immediate",
      frame: { duration, redraw: false },
      transition: { duration, easing: "cubic-out" },
    },
  ).catch(() => {}); // the next picture interrupts this one
  return true;
}

function skeleton(data, { shapes, annotations, ...layout }) {
  const traces = data.map(({ x, y, ...trace }) => [isLine(trace) ? x?.length : { x, y }, trace]);
  return JSON.stringify([traces, layout]);
}

function isLine({ type, mode }) {
  return type === "scatter" && mode === "lines";
}
