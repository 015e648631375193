// Texts beside a player, which follow its step.
//
// A series has a text for each step; an element with data-at="NAME" shows the text of that series at
// the step where the player stands. A series of one text is the same at every step.

const shown = new Map(); // name of a series -> its text now

// The series of a player, at this step of it.
export function follow(series, step) {
  for (const [name, texts] of Object.entries(series ?? {})) {
    shown.set(name, texts[Math.min(step, texts.length - 1)]);
  }
  fill(document);
}

export function forget(series) {
  for (const name of Object.keys(series ?? {})) shown.delete(name);
}

// What stands in this element, brought to the player's step. The HTML is the app's own.
export function fill(root) {
  for (const element of root.querySelectorAll("[data-at]")) {
    const text = shown.get(element.dataset.at);
    if (text !== undefined && element.innerHTML !== text) element.innerHTML = text;
  }
}
