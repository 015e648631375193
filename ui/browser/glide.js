// The quick way from one picture to the next, where only the points of lines, texts, shapes and
// annotations have changed: Plotly moves what is there instead of drawing the figure anew, in less
// than half the time. A single change glides; under a moving hand each picture stands at once, since
// there a glide would only lag behind. Annotations alone cost a drawing of the whole figure: where
// nothing glides, one that draws all that has changed is quicker than that and moving the lines.

const GLIDE_MS = 110;
const PAUSE_MS = 350; // changes closer together than this are a hand in motion

const last = new WeakMap(); // plot -> when it was drawn last, its marks, all that cannot move, if it glides

// Draw by moving what is there, and say whether that could be done.
export function moved(plot, data, layout) {
  // Bars and heat maps are lost in an animation, or fail in it.
  if (!data.every((trace) => trace.type === "scatter")) return false;
  const before = last.get(plot);
  const now = performance.now();
  const still = skeleton(data, layout);
  const { shapes = [], annotations = [] } = layout;
  const marks = { shapes: JSON.stringify(shapes), annotations: JSON.stringify(annotations) };
  const single = before && now - before.now > PAUSE_MS;
  const glides = single && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  last.set(plot, { now, still, marks, glides });
  if (before?.still !== still) return false;
  const labelled = marks.annotations !== before.marks.annotations;
  // A glide under way would go on over what is drawn: only another animation ends it.
  if (labelled && !glides && !before.glides) return false;
  // Animations carry lines alone, so marks and labels are put in their place first.
  if (labelled) Plotly.relayout(plot, { shapes, annotations });
  else if (marks.shapes !== before.marks.shapes) Plotly.relayout(plot, { shapes });
  const duration = glides ? GLIDE_MS : 0;
  // Lines and texts alone: the rest stands where it was (Plotly fails at moving patterned bars).
  const moving = [...data.keys()].filter((index) => canMove(data[index]));
  const points = ({ x, y, text, mode }) => (mode === "text" ? { x, y, text } : { x, y });
  Plotly.animate(
    plot,
    { data: moving.map((index) => points(data[index])), traces: moving },
    {
      mode: "immediate",
      frame: { duration, redraw: false },
      transition: { duration, easing: "cubic-out" },
    },
  ).catch(() => {}); // the next picture interrupts this one
  return true;
}

// The reader has changed the plot by hand: the next picture is drawn anew.
export function forget(plot) {
  last.delete(plot);
}

function skeleton(data, { shapes, annotations, ...layout }) {
  const traces = data.map((trace) => {
    if (!canMove(trace)) return trace;
    const { x, y, ...rest } = trace;
    if (trace.mode === "text") delete rest.text;
    return [x.length, rest];
  });
  return JSON.stringify([traces, layout]);
}

function canMove({ type, mode, x, y }) {
  return type === "scatter" && (mode === "lines" || mode === "text") && !!x && !!y;
}
