import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { moved } from "../../../ui/browser/glide.js";

let calls = [];
let now = 0;
let calm = false;
globalThis.matchMedia = () => ({ matches: calm });
performance.now = () => now;
globalThis.Plotly = {
  relayout: (_, changes) => calls.push(["relayout", ...Object.keys(changes)]),
  animate: (_, { traces }, { transition }) => {
    calls.push(["animate", ...traces, transition.duration > 0 ? "glides" : "at once"]);
    return Promise.resolve();
  },
};

beforeEach(() => {
  calls = [];
  now = 0;
  calm = false;
});

const line = (y) => ({ type: "scatter", mode: "lines", x: [0, 1], y: [y, y] });
const layout = (mark, label) => ({ shapes: [{ x0: mark }], annotations: [{ x: label }], height: 300 });

// Draws the pictures so many ms after one another; what was called for the last of them.
function last(after, ...pictures) {
  const plot = {};
  let done = null;
  for (const [y, mark, label] of pictures) {
    now += after;
    calls = [];
    done = moved(plot, [line(y)], layout(mark, label));
  }
  return done ? calls : "anew";
}

test("the first picture is drawn anew, a single change glides", () => {
  assert.equal(last(1000, [0, 0, 0]), "anew");
  assert.deepEqual(last(1000, [0, 0, 0], [1, 0, 0]), [["animate", 0, "glides"]]);
});

test("under a moving hand, or where motion is not wanted, it stands at once", () => {
  assert.deepEqual(last(50, [0, 0, 0], [1, 0, 0], [2, 0, 0]), [["animate", 0, "at once"]]);
  calm = true;
  assert.deepEqual(last(1000, [0, 0, 0], [1, 0, 0]), [["animate", 0, "at once"]]);
});

test("a mark that moves is put there alone, a label brings the whole layout", () => {
  assert.deepEqual(last(1000, [0, 0, 0], [1, 1, 0]), [["relayout", "shapes"], ["animate", 0, "glides"]]);
  const both = ["relayout", "shapes", "annotations"];
  assert.deepEqual(last(1000, [0, 0, 0], [1, 1, 1]), [both, ["animate", 0, "glides"]]);
});

test("labels under a moving hand are drawn with the rest in one pass, but not over a glide", () => {
  assert.equal(last(50, [0, 0, 0], [1, 1, 1]), "anew");
  const plot = {};
  const draw = (at, value) => {
    now = at;
    calls = [];
    return moved(plot, [line(value)], layout(value, value));
  };
  assert.equal(draw(1000, 0), false);
  assert.equal(draw(2000, 1), true);
  assert.equal(draw(2050, 2), true, "the glide from 2000 is under way");
  assert.deepEqual(calls.at(-1), ["animate", 0, "at once"]);
  assert.equal(draw(2100, 3), false);
});

test("other traces, or another number of points, are drawn anew", () => {
  const plot = {};
  const bars = [{ type: "bar", x: [0], y: [1] }];
  assert.equal(moved(plot, bars, {}), false);
  assert.equal(moved(plot, bars, {}), false);
  moved(plot, [line(0)], {});
  assert.equal(moved(plot, [{ ...line(0), x: [0, 1, 2], y: [0, 1, 2] }], {}), false);
});
