// The editor where CodeMirror is not to be had: a text area, its line numbers beside it.

import { make } from "../../../browser/make.js";
import { indentAfter, UNIT } from "./indent.js";

export const GAP = "..."; // what stands where something is to be written

// given: { label, described, changed }: its name, the id of what describes it, and what is called when a
// hand has changed the text. Gives { text(), open(text), put(text), wrong(error), focus() }: open has
// nothing to undo, put can be undone; an error is { line, text }, or null.
export function createPlain(parent, { label, described, changed }) {
  const numbers = make("div", { className: "norm-numbers" });
  numbers.setAttribute("aria-hidden", "true");
  const area = make("textarea", { className: "norm-plain", spellcheck: false, wrap: "off" });
  area.setAttribute("aria-label", label);
  area.setAttribute("aria-describedby", described);
  area.setAttribute("autocapitalize", "off");
  parent.append(make("div", { className: "norm-area" }, [numbers, area]));
  let escaped = false; // the next Tab leaves
  let wrong = null; // the line of the error

  area.addEventListener("input", () => {
    number();
    changed();
  });
  area.addEventListener("scroll", () => (numbers.scrollTop = area.scrollTop));
  area.addEventListener("keydown", (event) => {
    const leaves = escaped;
    escaped = event.key === "Escape";
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Tab" && !leaves) shift(event);
    else if (event.key === "Enter") type(event, `\n${" ".repeat(indentAfter(lineBefore()))}`);
  });

  function shift(event) {
    if (!event.shiftKey) return type(event, UNIT);
    event.preventDefault();
    const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const spaces = area.value.slice(from).match(/^ {0,4}/)[0].length;
    if (!spaces) return undefined;
    const at = area.selectionStart;
    area.setSelectionRange(from, from + spaces);
    insert("");
    return area.setSelectionRange(Math.max(from, at - spaces), Math.max(from, at - spaces));
  }

  function type(event, text) {
    event.preventDefault();
    insert(text);
  }

  // In the old way, since no other can be undone.
  function insert(text) {
    const done = text ? document.execCommand?.("insertText", false, text) : document.execCommand?.("delete");
    if (done) return;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    number();
    changed();
  }

  function lineBefore() {
    const before = area.value.slice(0, area.selectionStart);
    return before.slice(before.lastIndexOf("\n") + 1);
  }

  function number() {
    const lines = area.value.split("\n").map((_, place) => (place + 1 === wrong ? `✗ ${place + 1}` : `${place + 1}`));
    numbers.textContent = lines.join("\n");
  }

  return {
    text: () => area.value,
    open(text) {
      area.value = text;
      const at = Math.max(0, text.indexOf(GAP));
      area.setSelectionRange(at, at);
      wrong = null;
      number();
    },
    put(text) {
      area.focus();
      area.select();
      insert(text);
    },
    wrong(error) {
      wrong = error?.line ?? null;
      number();
    },
    focus: () => area.focus(),
  };
}
