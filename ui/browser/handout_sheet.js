// One sheet of a handout: what a scene says, its picture, and what happens in it.

import { make } from "./make.js";

// happens: { truth, explain }, or null where nothing is revealed. pictures: elements for its parts.
export function sheet(lecture, scene, number, happens, pictures) {
  const truth = happens?.truth ?? null;
  return make("section", {}, [
    make("p", { className: "handout-head", textContent: `${lecture.title} · ${number} of ${lecture.scenes.length}` }),
    make("p", { textContent: scene.setup }),
    make("h2", { textContent: scene.question, hidden: !scene.question }),
    ...asked(scene),
    ...pictures,
    ...answered(scene, truth),
    make("p", { textContent: happens?.explain ?? "", hidden: !happens?.explain }),
  ]);
}

const letter = (place) => String.fromCharCode(65 + place);

const unit = (scale) => (scale?.unit ? ` (${scale.unit})` : "");

function asked({ options, scale }) {
  if (options) {
    return [
      make("ul", {}, options.map((text, place) => make("li", { textContent: `${letter(place)}. ${text}` }))),
    ];
  }
  if (!scale) return [];
  return [make("p", { textContent: `A number from ${scale.low} to ${scale.high}${unit(scale)}.` })];
}

function answered({ options, scale, author }, truth) {
  if (truth === null) return [];
  const whose = author ? "The author’s answer" : "What happens";
  const text = options ? `${letter(truth)}. ${options[truth]}` : `${Number(truth.toPrecision(3))}${unit(scale)}`;
  return [make("p", { className: "handout-answer", textContent: `${whose}: ${text}` })];
}
