// The row under a lecture: the scene as a link or a frame, and all scenes on paper.
//
// lecture, host: see lesson.js. now(): the number of the scene. Gives { element, remove() }.

import { createCopyDialog } from "./copy_dialog.js";
import { createHandout } from "./handout.js";
import { frameOf } from "./link.js";
import { make } from "./make.js";
import { FRAME } from "./take_away.js";

export function createFoot(lecture, host, now) {
  const handout = createHandout(lecture, host);
  const row = make("div", { className: "take-away lesson-foot" });
  // A lecture of one's own is in this browser alone: it is carried by a link of its own kind.
  if (!lecture.scenes.some(({ author }) => author)) {
    const dialog = createCopyDialog(row);
    const address = () => new URL(host.address(lecture.name, now()), location.href).href;
    row.append(
      button("Link", () => dialog.show("Link", "This scene of the lecture.", address())),
      button("Frame", () => dialog.show("Frame", FRAME, frameOf(lecture.title, address()))),
    );
  }
  row.append(handout.element);
  return {
    element: row,
    remove() {
      handout.remove();
      row.remove();
    },
  };
}

function button(textContent, act) {
  const made = make("button", { type: "button", textContent });
  made.addEventListener("click", act);
  return made;
}
