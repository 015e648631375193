// What a question is answered with: options to choose from, or a number on a scale.
//
// value() is the prediction: an option's place or a number; null while there is none.
// enable(on): whether it can be changed. judge(truth) marks prediction and truth, and gives whether
// they agree; unmark() takes the marks back.

import { createSlider, short } from "./lesson_slider.js";
import { make } from "./make.js";

const NEAR = 0.1; // of the scale: so far off still counts as right

// truth is null where nobody says it: then nothing is marked, and they neither agree nor differ.

// before: the prediction that was made earlier, if any. A scene may ask nothing.
export function createAsk({ name, options, scale, author = false }, before = null) {
  if (options) return choice(name, options, before, author ? "the author’s answer" : "this is what happens");
  return scale ? number(scale, before, author ? "the author" : "here") : nothing();
}

function nothing() {
  return { element: make("div"), value: () => null, enable() {}, judge() {}, unmark() {} };
}

function choice(name, options, before, words) {
  const rows = options.map((text, place) => {
    const input = make("input", { type: "radio", name: `lesson-${name}`, value: place, checked: place === before });
    const said = make("em", { hidden: true });
    return { input, said, row: make("label", {}, [input, make("span", { textContent: text }), said]) };
  });
  const value = () => {
    const place = rows.findIndex(({ input }) => input.checked);
    return place < 0 ? null : place;
  };
  return {
    element: make("div", { className: "lesson-options", role: "radiogroup" }, rows.map(({ row }) => row)),
    value,
    enable: (on) => rows.forEach(({ input }) => (input.disabled = !on)),
    judge(truth) {
      const chosen = value();
      if (truth === null) return undefined;
      rows.forEach((row, place) => {
        if (place === truth) mark(row, "right", words);
        else if (place === chosen) mark(row, "wrong", "your prediction");
      });
      return chosen === truth;
    },
    unmark() {
      for (const { row, said } of rows) {
        row.classList.remove("right", "wrong");
        said.hidden = true;
      }
    },
  };
}

function mark({ row, said }, kind, text) {
  row.classList.add(kind);
  said.textContent = text;
  said.hidden = false;
}

function number(scale, before, who) {
  const { low, high } = scale;
  const slider = createSlider({ name: "lesson", label: scale.unit, ...scale });
  slider.set(String(before ?? (low + high) / 2));
  // Where the slider stands at first is nobody's prediction.
  let made = before !== null;
  if (!made) slider.output.value = "?";
  slider.input.addEventListener("input", () => (made = true));
  const marks = make("div", { className: "lesson-marks", hidden: true });
  const place = (value) => `${(100 * (Math.min(Math.max(value, low), high) - low)) / (high - low)}%`;
  const value = () => (made ? slider.input.valueAsNumber : null);
  const line = (className, at, textContent) => make("span", { className, style: `left: ${place(at)}`, textContent });
  return {
    element: make("div", { className: "lesson-scale" }, [slider.element, marks]),
    value,
    enable: (on) => (slider.input.disabled = !on),
    judge(truth) {
      const guess = value();
      if (truth === null) return undefined;
      const told = [line("truth", truth, `${who}: ${short(truth)}`)];
      if (guess !== null) told.unshift(line("guess", guess, `you: ${short(guess)}`));
      marks.replaceChildren(...told);
      marks.hidden = false;
      return guess !== null && Math.abs(guess - truth) <= NEAR * (high - low);
    },
    unmark() {
      marks.hidden = true;
      marks.replaceChildren();
    },
  };
}
