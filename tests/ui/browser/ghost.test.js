import assert from "node:assert/strict";
import { test } from "node:test";

import { comparable, pin, pinOf, unpin } from "../../../ui/browser/ghost.js";

const LINE = {
  type: "scatter",
  mode: "lines",
  name: "feature 1",
  x: [0, 1],
  y: [2, 3],
  line: { color: "@before", width: 3 },
};
const LAYOUT = { xaxis: { title: { text: "step" } }, yaxis: { title: { text: "mean" } } };
const figure = (...data) => ({ data, layout: LAYOUT });

// The ghosts of one figure in the picture of another.
function ghosts(pinned, now = pinned) {
  pin("lab", "fig", pinned, "batch 8");
  return comparable(pinOf("lab", "fig"), now);
}

test("curves are kept as they are, grey and dotted, and say nothing", () => {
  const [ghost] = ghosts(figure(LINE));
  assert.deepEqual([ghost.x, ghost.y], [[0, 1], [2, 3]]);
  assert.deepEqual(ghost.line, { color: "@muted", width: 3, dash: "dot" });
  assert.equal(ghost.hoverinfo, "skip");
  assert.equal(ghost.showlegend, false);
});

test("a ghost stays when the curve moves on", () => {
  const moving = structuredClone(LINE);
  const [ghost] = ghosts(figure(moving));
  moving.y[0] = 99;
  assert.deepEqual(ghost.y, [2, 3]);
});

test("what does not move, what cannot be seen and what is no curve leave none", () => {
  const none = [
    { ...LINE, meta: "fixed" },
    { ...LINE, visible: false },
    { type: "heatmap", z: [[1]] },
  ];
  assert.deepEqual(ghosts(figure(...none)), []);
  assert.equal(ghosts(figure(...none, LINE)).length, 1);
});

test("an area stays an area, a line gets none", () => {
  const [area, line] = ghosts(figure({ ...LINE, fill: "tozeroy" }, LINE));
  assert.equal(area.fillcolor, "@muted/0.18");
  assert.equal("fillcolor" in line, false);
});

test("numbers in names and titles make no other curve", () => {
  const now = { data: [{ ...LINE, name: "feature 12" }], layout: structuredClone(LAYOUT) };
  assert.equal(ghosts(figure(LINE), now).length, 1);
});

test("where the figure shows something else the ghost is left out", () => {
  const other = { ...LINE, name: "after layer norm" };
  const elsewhere = { ...LINE, xaxis: "x2", yaxis: "y2" };
  for (const now of [
    figure(other),
    figure(elsewhere),
    figure({ ...LINE, meta: "fixed" }),
    { data: [LINE], layout: { ...LAYOUT, yaxis: { title: { text: "variance" } } } },
    { data: [LINE], layout: { ...LAYOUT, annotations: [{ text: "<b>Layer norm</b>", xref: "x domain" }] } },
  ]) {
    assert.deepEqual(ghosts(figure(LINE), now), []);
  }
  assert.equal(ghosts(figure(LINE, other), figure(LINE)).length, 1, "what is still there keeps its own");
});

test("a pin belongs to one figure of one page, and outlives the page", () => {
  pin("lab", "fig_one", figure(LINE), "batch 8");
  assert.equal(pinOf("lab", "fig_one").said, "batch 8");
  assert.equal(pinOf("numerics", "fig_one"), null);
  assert.equal(pinOf("lab", "fig_two"), null);
  unpin("lab", "fig_one");
  assert.equal(pinOf("lab", "fig_one"), null);
});
