// A slider with its label and the number it stands at.

import { make } from "./make.js";

// options: the spelling of each place, where the steps are uneven; null for low, high and step.
export function createSlider({ name, label, low, high, step, options = null }) {
  const input = options
    ? make("input", { type: "range", min: 0, max: options.length - 1, step: 1 })
    : make("input", { type: "range", min: low, max: high, step });
  const output = make("output");
  const show = () => {
    output.value = options ? options[input.valueAsNumber] : short(input.valueAsNumber);
    input.setAttribute("aria-valuetext", output.value);
  };
  input.addEventListener("input", show);
  const row = make("label", { className: `lesson-slider st-key-${name}` }, [make("span", { textContent: label }), output, input]);
  return {
    element: row,
    input,
    output,
    set(text) {
      input.value = options ? options.indexOf(text) : text;
      show();
    },
  };
}

export const short = (value) => String(Number(value.toPrecision(3)));
