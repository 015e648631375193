// What a name's colour is, is held against Python's own by test_against_python.py.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createTheme, isDark, resolve } from "../../../ui/browser/theme.js";

const PALETTE = { ink: "#102030", before: "#FF8000" };

test("a name is a colour, also deep inside, and everything else stays", () => {
  const part = { line: { color: "@ink", width: 2 }, x: [1, 2], names: ["@before/0.25", "@@", "me@ink"] };
  assert.deepEqual(resolve(part, PALETTE), {
    line: { color: "rgba(16,32,48,1)", width: 2 },
    x: [1, 2],
    names: ["rgba(255,128,0,0.25)", "@@", "me@ink"],
  });
  assert.equal(part.line.color, "@ink", "the figure itself keeps its names");
});

test("a colour scale's pairs are resolved, a list of numbers is passed on as it is", () => {
  const numbers = [0.5, 1, null];
  assert.equal(resolve(numbers, PALETTE), numbers);
  assert.deepEqual(resolve([[0, "@ink"]], PALETTE), [[0, "rgba(16,32,48,1)"]]);
});

test("backgrounds are told apart", () => {
  assert.equal(isDark("rgb(255, 255, 255)"), false);
  assert.equal(isDark("rgb(16, 22, 28)"), true);
  assert.equal(isDark("rgba(14, 17, 23, 0.9)"), true);
});

test("a switch is told once, and changes the palette", () => {
  globalThis.matchMedia = () => ({ addEventListener() {} });
  let colour = "rgb(255, 255, 255)";
  let look = null;
  let switched = 0;
  const print = { on: false };
  const theme = createTheme(
    { palettes: { light: 1, dark: 2 }, background: () => colour, watchBackground: (act) => (look = act) },
    () => (switched += 1),
    print,
  );
  assert.equal(theme.palette(), 1);
  look();
  assert.equal(switched, 0);
  colour = "rgb(16, 22, 28)";
  look();
  look();
  assert.deepEqual([theme.palette(), switched], [2, 1]);
  print.on = true;
  assert.equal(theme.palette(), 1, "paper is light");
});
