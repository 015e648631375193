// The row above the editor: starting points in groups, a hint on demand, and then the solution.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { BROUGHT, createStarts } from "../../../../../ui/site/browser/your_norm/starts.js";
import { emptyPage } from "../../../browser/page.js";

const POINTS = [
  { name: "whole", title: "The whole class", group: "whole", hint: "Change a line." },
  { name: "gap", title: "1 The mean", group: "gaps", hint: "Over the <b>rows</b>.", explained: "Now it is 0." },
];
let calls, starts;

beforeEach(() => {
  emptyPage();
  calls = [];
  const call = (name) => (...given) => calls.push([name, ...given]);
  starts = createStarts(POINTS, Object.fromEntries(["choose", "reset", "solve", "run", "link", "save", "open"].map((name) => [name, call(name)])));
  starts.show("gap", false);
});

const find = (tag) => [...starts.begin.all(), ...starts.element.all()].filter((one) => one.tag === tag);
const texts = () => find("p").map(({ textContent }) => textContent);

test("the starting points stand in their groups, and one that is chosen is told", () => {
  const [select] = find("select");
  assert.deepEqual(find("optgroup").map(({ label }) => label), ["The whole class", "Fill the gap"]);
  assert.deepEqual(find("option").map(({ textContent }) => textContent), ["The whole class", "Gap 1 The mean", "From a link or a file"]);
  assert.equal(select.value, "gap");
  select.value = "whole";
  select.tell("change");
  assert.deepEqual(calls, [["choose", "whole"]]);
});

test("the hint comes first, then the solution with what it does", () => {
  assert.deepEqual(texts(), []);
  assert.equal(starts.element.button("Show the solution"), undefined);
  starts.element.button("Hint").click();
  assert.deepEqual(texts(), ["Over the <b>rows</b>."]);
  assert.deepEqual(calls, []);
  starts.element.button("Show the solution").click();
  assert.deepEqual(calls, [["solve", POINTS[1]]]);
  assert.equal(texts()[0], "Now it is 0.");
  starts.show("whole", false);
  assert.deepEqual(texts(), [], "a hint stays with its starting point");
});

test("what a link has brought has no hint and nothing to go back to", () => {
  starts.show(BROUGHT, true);
  assert.deepEqual([starts.element.button("Hint").disabled, starts.element.button("Reset the code").disabled], [true, true]);
  starts.show("gap", true);
  assert.deepEqual([starts.element.button("Hint").disabled, starts.element.button("Reset the code").disabled], [false, false]);
});

test("a question has the focus on the answer that changes nothing", () => {
  let said = null;
  starts.ask("Reset?", "Reset it", () => (said = true));
  assert.equal(document.activeElement.textContent, "Keep mine");
  document.activeElement.click();
  assert.deepEqual([said, texts()], [null, []]);
  starts.ask("Reset?", "Reset it", () => (said = true));
  starts.element.button("Reset it").click();
  assert.equal(said, true);
});
