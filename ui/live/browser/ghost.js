// A pinned picture: the present curves, faint and grey, under the ones that go on moving.

const LINES = ["scatter", "scattergl", "bar", undefined];

// Traces marked with meta "fixed" (a theory that does not move, a marker) leave no ghost.
export function ghostOf(data) {
  return data
    .filter((trace) => LINES.includes(trace.type) && trace.meta !== "fixed" && trace.visible !== false)
    .map((trace) => ({
      ...structuredClone(trace),
      name: "pinned",
      showlegend: false,
      hoverinfo: "skip",
      hovertemplate: null,
      opacity: 0.55,
      line: { ...trace.line, color: "@muted", dash: "dot" },
      marker: { ...trace.marker, color: "@muted/0.6", line: undefined },
      ...(trace.fillcolor || trace.fill ? { fillcolor: "@muted/0.18" } : {}),
    }));
}
