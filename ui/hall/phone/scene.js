// One scene's picture on a phone: the lecturer's, or from the first touch on the phone's own.

import { createQuestions } from "../../browser/questions.js";
import { button, make } from "./make.js";

// shown: { page, parts, controls }. given: { id, element, about, live, ask, base, moved }: about is a promise of the
// page's { defaults, steps, controls }; moved() is called when a slider has moved.
export function createScene({ page, parts, controls = [] }, { id, element, about, live, ask, base, moved }) {
  const title = make("h2");
  const figures = make("div");
  const rows = make("div", { className: "sliders" });
  const back = button("Back to the lecturer's picture", "send", () => {
    own = false;
    draw();
  });
  const on = make("a", { textContent: "Play on with this page" });
  element.replaceChildren(title, figures, rows, back, on);
  const sliders = new Map(); // name -> { input, set(text), text() }
  const placed = new Map(); // name of a part -> { holder, remove }
  let known = null; // what about has told
  let newest = null; // what the lecturer shows: { query, parts }
  let own = false; // a control was touched here
  let gone = false;
  const questions = createQuestions(ask, (shown, query) => drawParts(shown, query), () => {}, 1);
  const ready = about.then((told) => {
    known = told;
    for (const name of controls) if (told.controls[name]) sliders.set(name, addSlider(told.controls[name]));
  });
  say();

  function addSlider({ name, label, low, high, step, options }) {
    const range = options ? { min: 0, max: options.length - 1, step: 1 } : { min: low, max: high, step };
    const input = make("input", { type: "range", ...range });
    const output = make("output");
    const text = () => (options ? options[input.valueAsNumber] : String(Number(input.valueAsNumber.toFixed(10))));
    const write = () => {
      output.textContent = text();
      input.setAttribute("aria-valuetext", text());
    };
    input.addEventListener("input", () => {
      own = true;
      write();
      say();
      moved();
    });
    rows.append(make("label", { className: `st-key-${name}` }, [make("span", { textContent: label }), output, input]));
    return {
      input,
      text,
      set(wanted) {
        input.value = options ? options.indexOf(wanted) : wanted;
        write();
      },
    };
  }

  function draw() {
    if (own || gone || !newest) return;
    if (Object.keys(newest.parts).length) drawParts(newest.parts, newest.query);
    else questions.ask(page, newest.query); // it is the scene's own, or too large to be sent to all
  }

  function drawParts(shown, query) {
    if (gone || own || query !== newest.query) return;
    const settings = { ...known.defaults, ...Object.fromEntries(new URLSearchParams(query)) };
    for (const [name, slider] of sliders) slider.set(settings[name]);
    const drawn = parts.filter((name) => name in shown);
    if (!drawn.length) drawn.push(...Object.keys(shown).filter((name) => name.startsWith("fig_")).slice(0, 1));
    for (const name of drawn) {
      const holder = placed.get(name)?.holder ?? make("div", { className: `st-key-${name}` });
      if (!placed.has(name)) figures.append(holder);
      const { defaults, steps } = known;
      const sent = { name, shown: shown[name], page: { view: page, settings, defaults, steps }, follows: true };
      placed.set(name, { holder, remove: live.place(holder, sent, { picked() {}, missed() {} }) });
    }
    for (const [name, { holder }] of placed) holder.hidden = !drawn.includes(name);
    say();
  }

  // Whose picture it is, and where the page itself stands at these settings.
  function say() {
    title.textContent = own ? "Your own picture" : "The lecturer's picture";
    back.hidden = !own;
    if (!known || !newest) return;
    const set = new URLSearchParams(newest.query);
    for (const [name, slider] of sliders) set.set(name, slider.text());
    for (const [name, text] of [...set]) if (known.defaults[name] === text) set.delete(name);
    on.href = `${base}/${page === "lab" ? "" : page}${set.size ? `?${set}` : ""}`;
  }

  return {
    id,
    sliderValue: (name) => sliders.get(name)?.input.valueAsNumber ?? null,
    // follows: else it begins with what it is told first, and is the phone's own from then on.
    async told(view, follows) {
      await ready;
      if (gone || (newest && !follows) || (newest?.query === view.query && newest.parts === view.parts)) return;
      newest = view;
      draw();
    },
    remove() {
      gone = true;
      for (const { remove } of placed.values()) remove();
      element.replaceChildren();
    },
  };
}
