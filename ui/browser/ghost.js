// A pinned picture: the present curves, faint and grey, under the ones that go on moving.
//
// What was pinned is kept while its page is left and come back to.

const LINES = ["scatter", "scattergl", "bar", undefined];

const kept = new Map(); // page and name of a figure -> its pin

// The pin of the figure of that name on that page, or null.
export function pinOf(view, name) {
  return kept.get(`${view}/${name}`) ?? null;
}

// Pins the figure as it is drawn now; said: its settings in words.
export function pin(view, name, figure, said) {
  kept.set(`${view}/${name}`, { traces: ghostOf(figure), said });
}

export function unpin(view, name) {
  kept.delete(`${view}/${name}`);
}

// The pinned curves that the figure drawn now has a curve like: of the same name, on the same axes.
// The others mean nothing there.
export function comparable(pinned, figure) {
  const now = new Set(figure.data.filter(moves).map((trace) => kind(trace, figure.layout)));
  return pinned.traces.filter((trace) => now.has(trace.kind)).map(({ drawn }) => drawn);
}

// Traces marked with meta "fixed" (a theory that does not move, a marker) leave no ghost.
function ghostOf({ data, layout }) {
  return data.filter(moves).map((trace) => ({
    kind: kind(trace, layout),
    drawn: {
      ...structuredClone(trace),
      name: "pinned",
      showlegend: false,
      hoverinfo: "skip",
      hovertemplate: null,
      opacity: 0.8,
      line: { ...trace.line, color: "@muted", dash: "dot" },
      marker: { ...trace.marker, color: "@muted", line: undefined },
      ...(trace.fillcolor || trace.fill ? { fillcolor: "@muted/0.18" } : {}),
    },
  }));
}

const moves = ({ type, meta, visible }) => LINES.includes(type) && meta !== "fixed" && visible !== false;

// What a curve is, whatever its numbers: those in names and titles change with the settings.
function kind({ type, mode, name = "", xaxis = "x", yaxis = "y" }, layout) {
  const axes = [xaxis, yaxis].map((axis) => layout[axis.replace(/^[xy]/, "$&axis")]?.title?.text ?? "");
  const panels = (layout.annotations ?? []).filter(({ xref }) => xref === `${xaxis} domain`);
  const titles = panels.map(({ text }) => text).filter((text) => text.startsWith("<b>"));
  return [type, mode, xaxis, yaxis, name, ...axes, ...titles].join("|").replace(/[\d.,]+/g, "#");
}
