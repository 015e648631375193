// A lecture on paper: a page for each scene, with its question, its picture and its answer.
//
// lecture, host: see lesson.js. Gives { element, remove() }: the button that makes the handout and
// opens the browser's print. Once it is made, whoever prints the page gets the handout.

import { sheet } from "./handout_sheet.js";
import { createLive } from "./live.js";
import { make } from "./make.js";

const TALLEST = 985; // pixels: what a sheet holds between its margins, and a little room

export function createHandout(lecture, host) {
  const button = make("button", { type: "button", textContent: "Print the handout" });
  const state = make("span", { role: "status" });
  const sheets = make("div", { className: "handout", inert: true });
  sheets.setAttribute("aria-hidden", "true");
  const remove = []; // what takes the parts off the sheets
  let made = null; // the promise of all sheets
  let live = null;

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      made ??= makeAll();
      await made;
      state.textContent = "";
      window.print();
    } catch (error) {
      made = null; // to be made again
      state.textContent = `The handout could not be made: ${error.message}`;
    }
    button.disabled = false;
  });

  async function makeAll() {
    clear();
    document.body.append(sheets);
    if (!live) {
      // On paper all is light, whatever the page is.
      const paper = { background: () => "rgb(255, 255, 255)", watchBackground() {} };
      live = createLive({ ...host, ...paper, sliderValue: () => null, watchSliders() {}, letGo() {} });
      addEventListener("beforeprint", fit); // after the figures were drawn for paper
    }
    for (const [place, scene] of lecture.scenes.entries()) {
      state.textContent = `Page ${place + 1} of ${lecture.scenes.length} is made.`;
      await makeOne(scene, place + 1);
    }
  }

  async function makeOne(scene, number) {
    const reveals = scene.phases?.includes("revealed") ?? true;
    const settings = (reveals && scene.after) || scene.before;
    const [happens, shown] = await Promise.all([
      reveals ? host.reveal(lecture.name, number) : null,
      host.ask(scene.view, new URLSearchParams(settings).toString()),
    ]);
    if (!shown) throw new Error(`the picture of scene ${number} did not come; try it again`);
    const holders = scene.parts.filter((name) => name in shown).map((name) => [name, make("div")]);
    sheets.append(sheet(lecture, scene, number, happens, holders.map(([, holder]) => holder)));
    const page = { view: scene.view, settings, defaults: scene.defaults, steps: scene.steps };
    for (const [name, holder] of holders) {
      const sent = { name, shown: shown[name], page, follows: false };
      remove.push(live.place(holder, sent, { picked() {}, missed() {} }));
    }
  }

  // A sheet that would be too tall is made smaller as a whole.
  function fit() {
    for (const one of sheets.children) {
      one.style.cssText = "";
      const { width, height } = one.getBoundingClientRect();
      if (height > TALLEST) one.style.cssText = `width: ${width}px; zoom: ${TALLEST / height}`;
    }
  }

  function clear() {
    for (const away of remove.splice(0)) away();
    sheets.replaceChildren();
    sheets.remove();
  }

  return {
    element: make("div", { className: "lesson-handout" }, [button, " ", state]),
    remove() {
      removeEventListener("beforeprint", fit);
      clear();
    },
  };
}
