// A piece of text whose numbers move with the slider. The HTML is the app's own.

import { fill } from "./beside.js";

export function createSentence(parent, name) {
  const element = document.createElement("div");
  element.className = "live-text";
  parent.append(element);
  let written = null; // as it came; what follows a player stands otherwise in the element
  return {
    name,
    drawn: null,
    draw(html, asked) {
      if (written !== html) element.innerHTML = written = html;
      fill(element);
      this.drawn = asked;
    },
    redraw() {},
    summary: () => element.innerText,
    shown: () => ({ text: element.innerText }),
    remove() {
      element.remove();
    },
  };
}
