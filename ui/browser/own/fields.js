// The fields of one scene: its texts, what its question is answered with, its sliders and its figures.

import { make } from "../make.js";
import { figuresAt } from "./give.js";
import { readQuery } from "./query.js";

const MOST_OPTIONS = 5;
const CONTROL = /[\0-\x09\x0b-\x1f\x7f-\x9f]/g; // of which no text has any but new lines
const SCALE = [
  ["low", "From", "number"],
  ["high", "To", "number"],
  ["step", "In steps of", "number"],
  ["unit", "Unit", "text"],
  ["truth", "Right answer", "number"],
];

// set(fields, again): sets fields of the scene; see editor.js. after: an element of the editor's.
export function createFields(scene, page, set, after) {
  return make("div", { className: "own-fields" }, [
    text("What is shown, and what is known of it", "setup", 1),
    text("Question", "question", 1),
    answer(scene, set),
    after,
    text("Why, told with the answer", "explain", 1),
    more(scene, page, set),
  ]);

  function text(label, name, rows) {
    const field = make("textarea", { rows, value: scene[name] ?? "" });
    field.addEventListener("input", () => set({ [name]: plain(field.value) || undefined }, false));
    return make("label", {}, [make("span", { textContent: label }), field]);
  }
}

function answer(scene, set) {
  const kind = scene.options ? "options" : scene.scale ? "scale" : "none";
  const choice = make("select", {}, [
    make("option", { value: "none", textContent: "aloud, or there is no question" }),
    make("option", { value: "options", textContent: "by choosing one of these" }),
    make("option", { value: "scale", textContent: "with a number on a scale" }),
  ]);
  choice.value = kind;
  // What was entered stays while another kind of answer is looked at.
  const entered = {
    none: {},
    options: { options: scene.options ?? ["", ""], right: scene.right },
    scale: { scale: scene.scale ?? { low: 0, high: 10, step: 1 } },
  };
  const fields = { none: () => [], options, scale };
  const inside = () => fields[choice.value](entered[choice.value], enter);
  const inner = make("div", {}, inside());
  choice.addEventListener("change", () => {
    enter({ options: undefined, right: undefined, scale: undefined, ...entered[choice.value] });
    inner.replaceChildren(...inside());
  });
  return make("div", { className: "own-answer" }, [
    make("label", {}, [make("span", { textContent: "It is answered" }), choice]),
    inner,
  ]);

  function enter(given) {
    Object.assign(entered[choice.value], given);
    set(given, false);
  }
}

function options({ options: texts, right }, set) {
  const group = `right-${Math.random()}`;
  const rows = [];
  for (let place = 0; place < MOST_OPTIONS; place += 1) {
    const input = make("input", { type: "text", value: texts[place] ?? "" });
    input.setAttribute("aria-label", `Option ${place + 1}`);
    const radio = make("input", { type: "radio", name: group, checked: right === place });
    radio.setAttribute("aria-label", `Option ${place + 1} is right`);
    rows.push({ input, radio, row: make("div", { className: "own-option" }, [radio, input]) });
  }
  const unsaid = make("input", { type: "radio", name: group, checked: right === undefined });
  const none = make("label", { className: "own-option" }, [unsaid, "None of them is right, or nobody can say"]);
  const changed = () => {
    const last = rows.findLastIndex(({ input }) => input.value);
    const filled = rows.slice(0, Math.max(2, last + 1)).map(({ input }) => plain(input.value));
    const chosen = rows.findIndex(({ radio }) => radio.checked);
    set({ options: filled, right: chosen < 0 ? undefined : chosen });
    show();
  };
  // One more row than has a text.
  const show = () => {
    const last = rows.findLastIndex(({ input, radio }) => input.value || radio.checked);
    rows.forEach(({ row }, place) => (row.hidden = place > Math.max(1, last + 1)));
  };
  for (const { input, radio } of rows) {
    input.addEventListener("input", changed);
    radio.addEventListener("change", changed);
  }
  unsaid.addEventListener("change", changed);
  show();
  const said = make("p", { className: "own-note", textContent: "Mark the right one: it is shown as the author’s answer." });
  return [...rows.map(({ row }) => row), none, said];
}

function scale({ scale: given }, set) {
  const values = { ...given };
  return SCALE.map(([name, label, type]) => {
    const input = make("input", { type, value: values[name] ?? "" });
    if (type === "number") input.step = "any";
    input.addEventListener("input", () => {
      const value = type === "number" ? input.valueAsNumber : plain(input.value);
      if (Number.isNaN(value) || value === "") delete values[name];
      else values[name] = value;
      set({ scale: { ...values } });
    });
    return make("label", { className: "own-number" }, [make("span", { textContent: label }), input]);
  });
}

// Made once it is opened: a long lecture has many of them.
function more(scene, page, set) {
  const fold = make("details", {}, [make("summary", { textContent: "Figures and sliders" })]);
  fold.addEventListener("toggle", () => fold.append(...choices(scene, page, set)), { once: true });
  return fold;
}

function choices(scene, page, set) {
  const figures = [scene.before ?? "", scene.after ?? scene.before ?? ""].flatMap((query) =>
    figuresAt(page, readQuery(query, page).settings),
  );
  const parts = [...new Set([...figures, ...(scene.parts ?? [])])];
  return [
    boxes("Figures, the first of the page where none is chosen", parts, figureName, "parts"),
    boxes("Sliders that can be moved", page.sliders, (name) => page.settings[name].label, "controls"),
    ...(page.trained ? [make("p", { className: "own-note", textContent: TRAINED })] : []),
  ];

  function boxes(title, names, label, field) {
    const chosen = new Set(scene[field]);
    const rows = names.map((name) => {
      const box = make("input", { type: "checkbox", checked: chosen.has(name) });
      box.addEventListener("change", () => {
        if (box.checked) chosen.add(name);
        else chosen.delete(name);
        const found = names.filter((one) => chosen.has(one));
        set({ [field]: found.length ? found : undefined }, false);
      });
      return make("label", {}, [box, label(name)]);
    });
    return make("fieldset", {}, [make("legend", { textContent: title }), ...rows]);
  }
}

const TRAINED = "A scene of this page shows the prepared run of its experiment, which is at the default settings whatever is set.";

const figureName = (name) => name.replace(/^fig_/, "").replaceAll("_", " ");

const plain = (text) => text.replace(CONTROL, " ");
