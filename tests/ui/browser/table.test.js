import assert from "node:assert/strict";
import { test } from "node:test";

import { table } from "../../../ui/browser/table.js";
import { random, SEED } from "./page.js";

// A reader of its own kind: quotes, doubled quotes, lines that end in CR LF.
function read(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const row = rows.at(-1);
    if (quoted) {
      if (text[at] !== '"') row[row.length - 1] += text[at];
      else if (text[at + 1] === '"') row[row.length - 1] += text[(at += 1)];
      else quoted = false;
    } else if (text[at] === '"') quoted = true;
    else if (text[at] === ",") row.push("");
    else if (text.startsWith("\r\n", at)) {
      rows.push([""]);
      at += 1;
    } else row[row.length - 1] += text[at];
  }
  assert.deepEqual(rows.pop(), [""]);
  return rows;
}

const figure = (...data) => ({ data });

test("a row for each point, with the panel and the trace that it stands in", () => {
  const data = figure({ name: "before", x: [1, 2], y: [0.5, -3e-7], xaxis: "x2" }, { name: "law", y: [4], x0: 0, dx: 2 });
  assert.deepEqual(read(table([{ name: "fig_one", figure: data }])), [
    ["part", "panel", "trace", "x", "y", "z", "text"],
    ["fig_one", "2", "before", "1", "0.5", "", ""],
    ["fig_one", "2", "before", "2", "-3e-7", "", ""],
    ["fig_one", "1", "law", "0", "4", "", ""],
  ]);
});

test("a matrix has a row for each cell, error bars have their own, a gap has none", () => {
  const heat = { name: "heat", z: [[1, 2], [3, null]], x: ["a", "b"] };
  const bars = { name: "mean", x: [1, null], y: [5, null], error_y: { array: [0.1] } };
  const rows = read(table([{ name: "fig", figure: figure(heat, bars) }])).slice(1);
  assert.deepEqual(rows.slice(0, 4).map((row) => row.slice(3, 6)), [
    ["a", "1", "1"],
    ["b", "1", "2"],
    ["a", "2", "3"],
    ["b", "2", ""],
  ]);
  assert.deepEqual(rows.slice(4).map((row) => row.slice(2, 5)), [
    ["mean", "1", "5"],
    ["mean, error bar", "1", "0.1"],
  ]);
});

test("what is said stands line by line, a table's cells apart", () => {
  const rows = read(table([{ name: "answer", text: "One, two.\n\nmean\t5.00\t3.00\n" }])).slice(1);
  assert.deepEqual(rows.map((row) => row.at(-1)), ["One, two.", "mean | 5.00 | 3.00"]);
});

test("no text is a formula to a spreadsheet, and every text comes back", () => {
  const next = random(SEED);
  const signs = ["=", "+", "-", "@", "\t", "\r", '"', ",", "\n", "1", "e", "é", "−", " ", "<", "x"];
  for (let turn = 0; turn < 300; turn += 1) {
    const name = Array.from({ length: 1 + next(5) }, () => signs[next(signs.length)]).join("");
    const [, row] = read(table([{ name: "fig", figure: figure({ name, x: [1], y: [-2] }) }]));
    const told = row[2];
    assert.ok(told === name || told === `'${name}`, `seed ${SEED}: ${JSON.stringify(name)}`);
    assert.ok(!/^[=+@\t\r]/.test(told), `seed ${SEED}: ${JSON.stringify(told)}`);
    assert.ok(!told.startsWith("-") || Number.isFinite(Number(told)) || /^-[\d.e]+$/.test(told), told);
    assert.equal(row[4], "-2");
  }
});
