// The checks beside the code: each a line with its mark, and its state in a word for who cannot see it.
// Behind the line are its numbers and its heat map, if it has one; they are open while it is wrong.

import { make } from "../../../browser/make.js";

const MARKS = { right: "✓", wrong: "✗", open: "○" };
const WORDS = { right: "right: ", wrong: "wrong: ", open: "still open: " };

// place(element, name, figure) draws a figure and gives what removes it. Gives draw(checks).
export function createChecks(parent, place) {
  const summary = make("p", { className: "norm-summary", role: "status" });
  const list = make("ul", { className: "norm-checks" });
  parent.append(make("h2", { textContent: "Checks" }), summary, list);
  const lines = new Map(); // by name: { element, mark, word, title, text, figure, remove }

  function line(name) {
    const [mark, word, title] = ["norm-mark", "live-said", "norm-title"].map((className) => make("span", { className }));
    mark.setAttribute("aria-hidden", "true");
    const text = make("p", { className: "norm-text" });
    const figure = make("div", { className: "norm-heat" });
    const fold = make("details", {}, [make("summary", {}, [mark, word, title]), text, figure]);
    const element = make("li", {}, [fold]);
    fold.addEventListener("toggle", () => dispatchEvent(new Event("resize")));
    lines.set(name, { element, fold, mark, word, title, text, figure, remove: null });
    return lines.get(name);
  }

  return function draw(checks) {
    for (const [name, { element, remove }] of lines) {
      if (checks.some((check) => check.name === name)) continue;
      remove?.();
      element.remove();
      lines.delete(name);
    }
    for (const { name, title, state, text, heat } of checks) {
      const one = lines.get(name) ?? line(name);
      if (one.element.dataset.state !== state) one.fold.open = state === "wrong";
      one.element.dataset.state = state;
      one.mark.textContent = MARKS[state];
      one.word.textContent = WORDS[state];
      one.title.textContent = title;
      one.text.textContent = text;
      list.append(one.element);
      if (heat) one.remove = place(one.figure, `fig_heat_${name}`, heat);
      else {
        one.remove?.();
        one.remove = null;
      }
    }
    const right = checks.filter(({ state }) => state === "right").length;
    const words = !checks.length ? "" : right === checks.length ? `All ${right} are right.` : `${right} of ${checks.length} are right.`;
    if (summary.textContent !== words) summary.textContent = words;
  };
}
