// "Add this view to my lecture": the page as it stands becomes a scene.

import { make } from "../make.js";
import { added, EMPTY } from "./edits.js";
import { update } from "./store.js";

// pageNow(): { view, settings, defaults } as the sliders stand. link(view, query): a page's address.
export function createAdd(parent, pageNow, link) {
  const button = make("button", { type: "button", textContent: "Add this view to my lecture" });
  const said = make("p", { className: "own-said", role: "status", hidden: true });
  parent.append(button, said);
  button.addEventListener("click", () => {
    const { lecture, problem, refused } = update((before) => added(before ?? EMPTY, sceneAt(pageNow(), inSight())));
    const told = refused ?? `Scene ${lecture.scenes.length} of “${lecture.title}” is this view now.`;
    const words = refused || !problem ? told : `${told} ${problem}`;
    said.hidden = false;
    said.replaceChildren(`${words} `, make("a", { href: link("lessons", "lecture=mine"), textContent: "Open my lecture" }));
  });
}

// figure: the name of the one that is looked at, if any.
export function sceneAt({ view, settings, defaults }, figure) {
  const set = Object.entries(settings).filter(([name, text]) => text !== defaults[name]);
  const before = new URLSearchParams(set).toString();
  return { page: view, ...(before && { before }), ...(figure && { parts: [figure] }) };
}

// The figure of which most is in the window; undefined where there is none.
function inSight() {
  const seen = [...document.querySelectorAll('[class*="st-key-fig_"]')].map((element) => {
    const { top, bottom, width } = element.getBoundingClientRect();
    const height = Math.min(bottom, innerHeight) - Math.max(top, 0);
    return { name: element.className.match(/st-key-(fig_\w+)/)[1], area: Math.max(0, height) * width };
  });
  return seen.filter(({ area }) => area > 0).sort((one, other) => other.area - one.area)[0]?.name;
}
