// Where a lecture of one's own is put in order and given questions. Each change is kept at once.

import { make } from "../make.js";
import { differing } from "../words.js";
import * as edits from "./edits.js";
import { createFields } from "./fields.js";
import { readQuery } from "./query.js";
import * as store from "./store.js";

export const HOW =
  "On any page, “Add this view to my lecture” in the panel keeps the page as it stands as a scene, here in this browser.";

// pages: see read.js. link(view, query): the address of a page. changed() is called after each change.
export function createEditor(pages, link, changed) {
  const title = make("input", { type: "text", className: "own-title" });
  const said = make("div", { className: "own-said", role: "status" });
  const list = make("ol", { className: "own-scenes" });
  const element = make("div", {}, [make("label", {}, ["Title ", title]), said, list]);
  const buttons = new Map(); // by name
  let dragged = null; // the place of the scene that the hand has taken
  const gone = []; // { place, scene } of the scenes that were removed, the last one last
  title.addEventListener("input", () => act((lecture) => edits.titled(lecture, title.value), false));

  // Makes a change; again: whether the scenes are drawn anew, which loses the place in a text.
  function act(change, again = true) {
    const { refused, problem } = store.update((lecture) => change(lecture ?? edits.EMPTY));
    if (again) draw();
    tell(refused ?? problem ?? "");
    changed();
    return !refused;
  }

  function tell(words) {
    const undo = gone.length ? [button("Undo the removal", restore, "undo")] : [];
    said.replaceChildren(...(words ? [make("p", { textContent: words })] : []), ...undo);
  }

  function remove(place) {
    const scene = store.read().lecture.scenes[place];
    gone.push({ place, scene });
    if (!act((lecture) => edits.removed(lecture, place))) return;
    tell(`Scene ${place + 1} is removed.`);
    focus("undo");
  }

  function restore() {
    const { place, scene } = gone.at(-1);
    if (!act((lecture) => edits.inserted(lecture, Math.min(place, lecture.scenes.length), scene))) return;
    gone.pop();
    tell("");
    focus(`remove ${place}`);
  }

  function move(place, to, how) {
    act((lecture) => edits.moved(lecture, place, to));
    focus(`${how} ${to}`);
  }

  function draw() {
    const { lecture, problem } = store.read();
    const now = lecture ?? edits.EMPTY;
    if (document.activeElement !== title) title.value = now.title;
    element.hidden = !lecture && problem !== null; // what cannot be read is not written over
    buttons.clear();
    tell(problem ?? "");
    const none = make("p", { textContent: `There is no scene yet. ${HOW}` });
    list.replaceChildren(...(now.scenes.length ? now.scenes.map((_, place) => card(now, place)) : [none]));
  }

  function card(lecture, place) {
    const scene = lecture.scenes[place];
    const page = Object.hasOwn(pages, scene.page) ? pages[scene.page] : null;
    const which = `scene ${place + 1}`;
    const up = button("Up", () => move(place, place - 1, "up"), `up ${place}`, `Up: ${which}`);
    const down = button("Down", () => move(place, place + 1, "down"), `down ${place}`, `Down: ${which}`);
    const away = button("Remove", () => remove(place), `remove ${place}`, `Remove: ${which}`);
    up.disabled = place === 0;
    down.disabled = place === lecture.scenes.length - 1;
    const head = make("div", { className: "own-head" }, [
      make("b", { textContent: `${place + 1}. ${page?.menu ?? scene.page}` }),
      ...(page ? [picture("", scene, page, scene.before ?? "")] : []),
      make("span", { className: "own-buttons" }, [up, down, away]),
    ]);
    const set = (fields, again) => act((lecture) => edits.changed(lecture, place, fields), again);
    const body = page ? [createFields(scene, page, set, after(lecture, page, place))] : [];
    const element = make("li", { className: "own-scene" }, [head, ...body]);
    draggable(head, element, place);
    return element;
  }

  // A scene is taken by its head, and put where another one stands.
  function draggable(head, element, place) {
    head.draggable = true;
    head.addEventListener("dragstart", ({ dataTransfer }) => {
      dataTransfer.setData("text/plain", `scene ${place + 1}`); // without any data nothing is dragged
      dragged = place;
    });
    head.addEventListener("dragend", () => (dragged = null));
    element.addEventListener("dragover", (event) => dragged !== null && event.preventDefault());
    element.addEventListener("drop", (event) => {
      if (dragged === null) return;
      event.preventDefault();
      move(dragged, place, "up");
      dragged = null;
    });
  }

  // What is shown after the reveal, and how it comes there.
  function after(lecture, page, place) {
    const scene = lecture.scenes[place];
    if (scene.after !== undefined) {
      return make("div", { className: "own-after" }, [
        picture("After the reveal: ", scene, page, scene.after),
        button("Make it a scene of its own", () => act((lecture) => edits.split(lecture, place)), `split ${place}`),
      ]);
    }
    if (!edits.joins(lecture, place)) return make("div");
    const words = `Show this after the reveal of scene ${place}`;
    return make("div", { className: "own-after" }, [
      button(words, () => act((lecture) => edits.joined(lecture, place)), `join ${place}`),
    ]);
  }

  // Settings in words, as a link to the page that stands at them.
  function picture(words, scene, page, query) {
    const { settings } = readQuery(query, page);
    const defaults = Object.fromEntries(Object.entries(page.settings).map(([name, one]) => [name, one.default]));
    const textContent = query === "" ? "as the page opens" : differing({ settings, defaults });
    return make("span", {}, [words, make("a", { href: link(scene.page, query), textContent })]);
  }

  function button(label, press, name, said = label) {
    const made = make("button", { type: "button", textContent: label });
    made.setAttribute("aria-label", said);
    buttons.set(name, made);
    made.addEventListener("click", press);
    return made;
  }

  // Where the hand was, after all has been drawn anew; at an end the other way is still there.
  function focus(name) {
    const other = name.replace(/^(up|down)/, (one) => ({ up: "down", down: "up" })[one]);
    const found = [name, other].map((one) => buttons.get(one)).find((one) => one && !one.disabled);
    found?.focus();
  }

  draw();
  return { element, draw };
}
