// A text to take away: it is copied at once, and stands there to be read.

import { toClipboard } from "./clipboard.js";

export function createCopyDialog(parent) {
  const make = (tag, className, text = "") => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };
  const dialog = make("dialog", "take-away-text");
  const heading = make("h2", "");
  const about = make("p", "");
  const field = make("textarea", "");
  field.readOnly = true;
  field.spellcheck = false;
  const status = make("p", "take-away-status");
  status.setAttribute("role", "status"); // told to those who hear the page
  const copy = make("button", "", "Copy");
  const save = make("button", "", "Save as a file");
  const close = make("button", "", "Close");
  for (const button of [copy, save, close]) button.type = "button";
  const buttons = make("div", "take-away-buttons");
  buttons.append(copy, save, close);
  dialog.append(heading, about, field, status, buttons);
  parent.append(dialog);
  let name = ""; // of the file
  let turn = 0; // of the newest text, as an older one may still be on its way

  copy.addEventListener("click", copied);
  save.addEventListener("click", () => saveText(field.value, name));
  close.addEventListener("click", () => dialog.close());

  async function copied() {
    const done = await toClipboard(field.value, field);
    status.textContent = done
      ? "Copied."
      : "This browser does not let the page copy. The text is selected: press Ctrl+C or ⌘C.";
  }

  // text: a string, or a promise of one; where it is rejected its reason is told. file: a name for it,
  // where there is a use for a file.
  async function show(title, words, text, file = "") {
    const mine = ++turn;
    heading.textContent = title;
    dialog.setAttribute("aria-label", title);
    about.textContent = words;
    field.setAttribute("aria-label", title);
    field.value = "";
    field.rows = 2;
    status.textContent = "On its way.";
    copy.disabled = save.disabled = true;
    save.hidden = !file;
    name = file;
    dialog.showModal();
    try {
      const found = await text;
      if (mine !== turn) return;
      field.value = found;
      field.rows = Math.min(Math.max(found.split("\n").length + 1, 3), 24);
      copy.disabled = save.disabled = false;
      copy.focus();
      await copied();
    } catch (error) {
      if (mine === turn) status.textContent = `This could not be made: ${error.message}`;
    }
  }

  return { show };
}

function saveText(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
