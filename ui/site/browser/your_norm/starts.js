// Above the editor: what to begin with, its hint and its solution, and what can be done with the
// code as a whole.

import { make } from "../../../browser/make.js";

export const BROUGHT = "brought"; // what a link or a file has brought, beside the starting points

// Of each group its label, and what stands before a title of it.
const GROUPS = {
  whole: ["The whole class", ""],
  gaps: ["Fill the gap", "Gap "],
  bugs: ["Find the bug", "Bug "],
  layer: ["Change the norm", ""],
};

// points: the starting points. calls: { choose(name), reset(), solve(point), run(), link(), save(), open(file) }.
// Gives { begin, element, show(name, brought), tell(words), ask(words, yes, act, no), clear() }.
export function createStarts(points, calls) {
  const select = make("select", { id: "norm-start" });
  for (const [group, [label, before]] of Object.entries(GROUPS)) {
    const inside = points.filter((point) => point.group === group);
    const options = inside.map(({ name, title }) => make("option", { value: name, textContent: before + title }));
    if (inside.length) select.append(make("optgroup", { label }, options));
  }
  const brought = make("option", { value: BROUGHT, textContent: "From a link or a file", hidden: true });
  select.append(brought);
  select.addEventListener("change", () => calls.choose(select.value));
  const file = make("input", { type: "file", accept: ".py,text/x-python", hidden: true });
  file.addEventListener("change", () => {
    if (file.files[0]) calls.open(file.files[0]);
    file.value = ""; // so that the same file can be opened again
  });
  const said = make("div", { className: "own-said", role: "status" });
  const hint = button("Hint", () => showHint());
  const reset = button("Reset the code", () => calls.reset());
  const own = [
    button("Run", () => calls.run()),
    hint,
    reset,
    button("Copy link", () => calls.link()),
    button("Save as .py", () => calls.save()),
    button("Open a .py", () => file.click()),
  ];
  const label = make("label", { htmlFor: "norm-start", textContent: "Begin with" });
  const begin = make("div", { className: "norm-begin" }, [label, select]);
  const element = make("div", { className: "own-actions norm-actions" }, [make("div", { className: "own-buttons" }, own), said, file]);
  let here = null;

  function showHint() {
    const point = points.find(({ name }) => name === here);
    say([make("p", { textContent: point.hint })], [button("Show the solution", () => showSolution(point)), button("Close", clear)]);
  }

  function showSolution(point) {
    calls.solve(point);
    say(
      [make("p", { textContent: point.explained }), make("p", { textContent: "The solution stands in the editor. Undo (Ctrl or ⌘ and Z) brings yours back." })],
      [button("Close", clear)],
    );
  }

  function say(words, buttons = []) {
    const lines = make("div", { className: "norm-words" }, words);
    said.replaceChildren(make("div", { className: "norm-saying" }, [lines, make("div", { className: "own-buttons" }, buttons)]));
  }

  function clear() {
    said.replaceChildren();
  }

  return {
    begin,
    element,
    show(name, hasBrought) {
      if (here !== name) clear();
      here = name;
      brought.hidden = !hasBrought && name !== BROUGHT;
      select.value = name;
      const point = points.find((one) => one.name === name);
      hint.disabled = !point?.hint;
      reset.disabled = !point;
    },
    tell: (words) => say([make("p", { textContent: words })], [button("Close", clear)]),
    ask(words, yes, act, no = ["Keep mine", clear]) {
      const refuse = button(...no);
      const question = make("div", { className: "own-ask", role: "alertdialog" }, [
        make("p", { textContent: words }),
        make("div", { className: "own-buttons" }, [button(yes, act), refuse]),
      ]);
      question.setAttribute("aria-label", words);
      said.replaceChildren(question);
      refuse.focus();
    },
    clear,
  };
}

function button(label, act) {
  const made = make("button", { type: "button", textContent: label });
  made.addEventListener("click", act);
  return made;
}
