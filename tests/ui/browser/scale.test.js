import assert from "node:assert/strict";
import { test } from "node:test";

import { enlarge, sizeIn, stretch, windowScale } from "../../../ui/browser/scale.js";

const type = (innerWidth, innerHeight) => 14 * windowScale({ innerWidth, innerHeight });

test("type grows with the window, and never under its design", () => {
  assert.equal(type(1280, 720), 14);
  assert.equal(Math.round(type(1920, 1080)), 18);
  assert.equal(Math.round(type(2560, 1440)), 22);
  assert.equal(type(640, 400), 14);
  assert.equal(type(390, 844), 14, "a phone held upright is narrow");
  assert.equal(type(1280, 9000), 14);
  assert.equal(type(20_000, 20_000), 28);
});

const figure = () => ({
  data: [
    { type: "scatter", x: [1, 2], line: { width: 2 }, marker: { size: [4, 6], line: { width: 1 } }, textfont: { size: 13 } },
    { type: "bar", width: 0.5, error_y: { width: 2, thickness: 1, array: [7] }, customdata: [{ size: 1 }].map(() => 3) },
  ],
  layout: {
    height: 300,
    margin: { l: 50, r: 10 },
    font: { size: 14, color: "red" },
    legend: { y: 1.02, font: { size: 13 } },
    xaxis: { range: [0, 9], domain: [0, 0.4], title: { standoff: 6, font: { size: 14 } }, tickfont: { size: 4 } },
    annotations: [{ x: 3, y: 4, yshift: -4, font: { size: 15 } }],
    shapes: [{ x0: 1, line: { width: 3 } }],
  },
});

test("every length in pixels grows by the factor, and nothing else does", () => {
  const { data, layout } = figure();
  enlarge({ data, layout }, { scale: 2, least: 11 });
  assert.deepEqual(data, [
    { type: "scatter", x: [1, 2], line: { width: 4 }, marker: { size: [8, 12], line: { width: 2 } }, textfont: { size: 26 } },
    { type: "bar", width: 0.5, error_y: { width: 4, thickness: 2, array: [7] }, customdata: [3] },
  ]);
  assert.deepEqual(layout, {
    height: 600,
    margin: { l: 100, r: 20 },
    font: { size: 28, color: "red" },
    legend: { y: 1.02, font: { size: 26 } },
    xaxis: { range: [0, 9], domain: [0, 0.4], title: { standoff: 12, font: { size: 28 } }, tickfont: { size: 11 } },
    annotations: [{ x: 3, y: 4, yshift: -8, font: { size: 30 } }],
    shapes: [{ x0: 1, line: { width: 6 } }],
  });
});

test("as designed, only type that is too small is changed", () => {
  const one = figure();
  const expected = figure();
  enlarge(one, { scale: 1, least: 11 });
  expected.layout.xaxis.tickfont.size = 11;
  assert.deepEqual(one, expected);
});

test("in a hall no type is smaller than 1/36 of the screen's height", () => {
  for (const [innerWidth, innerHeight] of [[1280, 720], [1920, 1080], [1024, 768], [3840, 2160]]) {
    const size = sizeIn({ innerWidth, innerHeight }, true);
    const one = figure();
    enlarge(one, size);
    const type = [one.layout.font, one.layout.legend.font, one.layout.xaxis.tickfont, one.data[0].textfont];
    for (const font of type) assert.ok(font.size >= innerHeight / 36, `${font.size} at ${innerHeight}`);
    assert.ok(one.data[0].line.width >= (2 * size.least) / 14);
    assert.ok(size.scale > sizeIn({ innerWidth, innerHeight }, false).scale);
  }
  assert.equal(sizeIn({ innerWidth: 390, innerHeight: 844 }, true).least, 16, "a phone held upright is near");
});

test("a legend under the axis keeps its distance in pixels when the figure is made higher or lower", () => {
  for (const height of [200, 360, 900]) {
    const layout = { height: 360, margin: { t: 40, b: 60 }, legend: { y: -0.2 }, annotations: [{ yref: "paper", y: 1.1 }, { yref: "y", y: 7 }, { yref: "paper", y: 0.5 }] };
    stretch(layout, height);
    const panels = height - 100;
    assert.equal(layout.height, height);
    assert.ok(Math.abs(layout.legend.y * panels + 0.2 * 260) < 1e-9);
    assert.ok(Math.abs((layout.annotations[0].y - 1) * panels - 0.1 * 260) < 1e-9);
    assert.deepEqual(layout.annotations.slice(1).map(({ y }) => y), [7, 0.5]);
  }
});
