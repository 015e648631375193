// A single change glides to its new place; under a moving hand each picture is drawn at once, since
// there a glide would only lag behind.

export const GLIDE = { duration: 140, easing: "cubic-out", ordering: "traces first" };
const PAUSE_MS = 350; // changes closer together than this are a hand in motion

const last = new WeakMap(); // plot -> when it was drawn last, and all of it that cannot glide

// Whether a figure may glide from what is drawn: only the points of lines (as many as before),
// shapes and annotations have changed.
export function glides(plot, data, layout) {
  const before = last.get(plot);
  const now = performance.now();
  const still = skeleton(data, layout);
  last.set(plot, { now, still });
  return (
    before !== undefined &&
    now - before.now > PAUSE_MS &&
    still === before.still &&
    !matchMedia("(prefers-reduced-motion: reduce)").matches
  );
}

function skeleton(data, { shapes, annotations, ...layout }) {
  const traces = data.map(({ x, y, ...trace }) => [
    trace.type === "scatter" && trace.mode === "lines" ? x?.length : { x, y },
    trace,
  ]);
  return JSON.stringify([traces, layout]);
}
