// The page's controls, against elements that hold values as a browser's do.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createSettings } from "../../../../ui/site/browser/settings.js";

const PAGE = {
  shown: ["mean", "batch", "norm", "shape", "seed"],
  defaults: { mean: "5", batch: "32", norm: "batch", shape: "normal", seed: "0", hidden: "7" },
  steps: { batch: ["1", "2", "4", "32"] },
};

let holders, settings;

// A slider keeps to its range and its grid, as HTML says.
class Range {
  constructor(min, max, step, value) {
    Object.assign(this, { type: "range", tagName: "INPUT", min: `${min}`, max: `${max}`, step, at: value });
    this.attributes = {};
  }
  set value(value) {
    const inside = Math.min(Math.max(Number(value), Number(this.min)), Number(this.max));
    this.at = Number(this.min) + Math.round((inside - this.min) / this.step) * this.step;
  }
  get valueAsNumber() {
    return this.at;
  }
  setAttribute(name, text) {
    this.attributes[name] = text;
  }
}

// What is typed in, as text.
const typed = {
  type: "number",
  tagName: "INPUT",
  min: "0",
  max: "9999",
  set value(value) {
    this.text = String(value);
  },
  get value() {
    return this.text;
  },
};

function holder(inputs) {
  const output = {};
  const picks = {
    "input:not([type=radio]), select": () => inputs.find(({ type }) => type !== "radio") ?? null,
    "input:checked": () => inputs.find(({ checked }) => checked) ?? null,
    output: () => output,
  };
  return {
    output,
    inputs,
    querySelector: (selector) => picks[selector](),
    querySelectorAll: (selector) =>
      selector.includes("radio") ? inputs.filter(({ type }) => type === "radio") : inputs,
  };
}

beforeEach(() => {
  const radio = (value, checked) => ({ type: "radio", value, checked, disabled: false });
  const select = { tagName: "SELECT", value: "normal", options: [{ value: "normal" }, { value: "skewed" }] };
  holders = {
    mean: holder([new Range(-10, 10, 0.1, 5)]),
    batch: holder([new Range(0, 3, 1, 3)]),
    norm: holder([radio("batch", true), radio("layer", false)]),
    shape: holder([select]),
    seed: holder([typed]),
  };
  typed.value = 0;
  globalThis.document = {
    querySelector: (selector) => holders[/"(.*)"/.exec(selector)[1]] ?? null,
  };
  settings = createSettings(PAGE);
});

test("as they stand, spelt as an address has them; what has no control at its default", () => {
  assert.deepEqual(settings.all(), PAGE.defaults);
});

test("each kind of control takes a value that it has", () => {
  const asked = { mean: "-2.3", batch: "4", shape: "skewed", seed: "12" };
  for (const [name, text] of Object.entries(asked)) {
    assert.equal(settings.set(name, text), true, name);
    assert.equal(settings.get(name), text);
  }
  assert.equal(holders.mean.output.value, "-2.3");
  assert.equal(holders.mean.inputs[0].attributes["aria-valuetext"], "-2.3");
  assert.equal(holders.batch.output.value, "4");
  assert.equal(settings.set("norm", "layer"), true);
  assert.equal(holders.norm.inputs[1].checked, true);
});

for (const [name, text] of [
  ["mean", "11"],
  ["mean", "far"],
  ["mean", "<b>1</b>"],
  ["batch", "3"],
  ["norm", "group"],
  ["shape", "round"],
  ["seed", "-1"],
  ["hidden", "8"],
  ["nothing", "1"],
]) {
  test(`${name}=${text} is refused and changes nothing`, () => {
    const before = settings.all();
    assert.equal(settings.set(name, text), false);
    assert.deepEqual(settings.all(), before);
  });
}

test("a number beside the grid is refused", () => {
  assert.equal(settings.set("mean", "5.04"), false);
});

test("a tenth is a tenth after many steps", () => {
  holders.mean.inputs[0].at = 0.1 + 0.2;
  assert.equal(settings.get("mean"), "0.3");
});

test("only sliders are sliders", () => {
  assert.equal(settings.slider("mean").valueAsNumber, 5);
  assert.equal(settings.slider("shape"), null);
  assert.equal(settings.slider("norm"), null);
});

test("what nothing follows is disabled, the rest is not", () => {
  settings.idle(["mean", "norm"]);
  assert.equal(holders.mean.inputs[0].disabled, true);
  assert.ok(holders.norm.inputs.every(({ disabled }) => disabled));
  assert.equal(holders.batch.inputs[0].disabled, false);
  settings.idle([]);
  assert.equal(holders.mean.inputs[0].disabled, false);
});
