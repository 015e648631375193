// A lecture of one's own as ui/browser/lesson.js shows one, and what happens in its scenes: what their
// author says.

import { readQuery } from "./query.js";

export const MINE = "mine"; // its name in addresses

// lecture: as `readLecture` gives it. pages: see read.js.
export function lectureOf({ title, scenes }, pages) {
  return { name: MINE, title, scenes: scenes.map((scene) => sceneOf(scene, pages[scene.page])) };
}

export function happensIn({ right, scale, explain = "" }) {
  return { truth: right ?? scale?.truth ?? null, explain };
}

// The figures that stand there at these settings, from the top.
export function figuresAt(page, settings) {
  const stands = ({ when }) => when.every(([name, values]) => values.includes(settings[name]));
  return page.parts.filter((part) => part.name.startsWith("fig_") && stands(part)).map(({ name }) => name);
}

function sceneOf(scene, page) {
  const { settings: before } = readQuery(scene.before ?? "", page);
  const { settings: after } = readQuery(scene.after ?? scene.before ?? "", page);
  const asks = Boolean(scene.options || scene.scale);
  const reveals = asks || scene.after !== undefined || Boolean(scene.explain);
  const first = [figuresAt(page, before)[0], figuresAt(page, after)[0]].filter(Boolean);
  return {
    name: nameOf(scene),
    view: scene.page,
    before,
    after,
    defaults: mapped(page.settings, (control) => control.default),
    controls: (scene.controls ?? []).map((name) => controlOf(name, page.settings[name])),
    steps: mapped(page.settings, ({ kind, options }) => (kind === "steps" ? options : undefined)),
    parts: scene.parts ?? [...new Set(first)],
    hidden: page.trained && reveals,
    setup: scene.setup ?? "",
    question: scene.question ?? "",
    options: scene.options,
    scale: scene.scale && { unit: "", ...scene.scale },
    phases: asks ? ["open", "closed", "revealed"] : reveals ? ["open", "revealed"] : ["open"],
    author: true,
    unjudged: happensIn(scene).truth === null,
  };
}

function controlOf(name, { kind, label, low, high, step, options }) {
  return kind === "steps" ? { name, label, options } : { name, label, low, high, step };
}

// The same for the same scene, so that an answer is found again; another once the scene is another.
function nameOf(scene) {
  let hash = 0x811c9dc5; // FNV-1a
  for (const byte of new TextEncoder().encode(JSON.stringify(scene))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16);
}

// Those that come to something.
function mapped(object, of) {
  return Object.fromEntries(
    Object.entries(object)
      .map(([name, value]) => [name, of(value)])
      .filter(([, value]) => value !== undefined),
  );
}
