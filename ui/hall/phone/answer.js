// What answers a question: big options, of which a tap is a vote, or a scale with its number large.

import { button, make } from "./make.js";
import { number } from "./tally.js";

// Gives { element, show(value, sent) }: what this phone has answered, and whether the server has it.
export function createAnswer(question, tapped) {
  return question.options ? options(question, tapped) : scale(question, tapped);
}

function options(question, tapped) {
  const inputs = question.options.map((_, value) => {
    const input = make("input", { type: "radio", name: "answer", value });
    input.addEventListener("change", () => tapped(value));
    return input;
  });
  const rows = inputs.map((input, value) => make("label", {}, [input, make("span", { textContent: question.options[value] })]));
  const element = make("fieldset", { className: "options", "aria-labelledby": "title" }, rows);
  return {
    element,
    show(value) {
      inputs.forEach((input, place) => (input.checked = place === value));
    },
  };
}

function scale({ low, high, step, unit }, tapped) {
  const input = make("input", { type: "range", min: low, max: high, step, value: (low + high) / 2, "aria-labelledby": "title" });
  const output = make("output", { "aria-hidden": "true" });
  const send = button("Send", "send", () => tapped(value()));
  const value = () => Number(input.valueAsNumber.toFixed(10));
  let sent; // what was sent last
  const say = () => {
    output.textContent = number(value());
    input.setAttribute("aria-valuetext", unit ? `${number(value())} ${unit}` : number(value()));
    send.disabled = sent === value();
    send.textContent = sent === undefined ? "Send" : send.disabled ? "Sent" : "Send the change";
  };
  const nudge = (steps) => {
    input.value = value() + steps * step;
    say();
  };
  input.addEventListener("input", say);
  const less = make("button", { type: "button", textContent: "−", "aria-label": "one step down" });
  const more = make("button", { type: "button", textContent: "+", "aria-label": "one step up" });
  less.addEventListener("click", () => nudge(-1));
  more.addEventListener("click", () => nudge(1));
  say();
  return {
    element: make("div", { className: "scale" }, [
      make("p", {}, [output, make("span", { textContent: unit ? ` ${unit}` : "" })]),
      make("div", { className: "steps" }, [less, input, more]),
      make("div", { className: "ends", "aria-hidden": "true" }, [low, high].map((end) => make("span", { textContent: number(end) }))),
      send,
    ]),
    show(chosen, has) {
      if (chosen !== undefined && sent === undefined && chosen !== value()) input.value = chosen;
      sent = has;
      say();
    },
  };
}
