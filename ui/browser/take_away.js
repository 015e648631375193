// The row at the foot of a page's panel: what can be taken away from the page as it stands.
//
// pageNow(): { view, title, settings, defaults, data } as the sliders stand; data: see live.js.
// host: {
//   link(view, query),         the whole address of a page with this after the ?
//   code(view, kind, query, data),   a promise of code for the page at these settings
//   shown(),                   what stands on the page: see live.js
// }
// Gives a function that removes it.

import { createCopyDialog } from "./copy_dialog.js";
import { frameOf, linkTo } from "./link.js";
import { createAdd } from "./own/add.js";
import { likewise, presented } from "./showing.js";
import { table } from "./table.js";
import { fileName } from "./words.js";

export function createTakeAway(element, pageNow, host) {
  const row = document.createElement("div");
  row.className = "take-away";
  const dialog = createCopyDialog(row);

  const menu = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "Copy as";
  const kinds = document.createElement("div");
  kinds.className = "take-away-kinds";
  menu.append(summary, kinds);
  row.append(menu);
  createAdd(row, pageNow, host.link);
  button(row, "Presenter view", () => {
    location.href = linkTo(pageNow(), (view, query) => host.link(view, presented(query)));
  });
  element.append(row);

  button(kinds, "Link", () => dialog.show("Link", "The page with its present settings.", link()));
  button(kinds, "Frame", () => dialog.show("Frame", FRAME, frameOf(pageNow().title, link())));
  for (const [kind, label, words] of CODE) button(kinds, label, () => code(kind, label, words));
  button(kinds, "CSV", () => {
    const file = `${fileName(pageNow(), "numbers")}.csv`;
    dialog.show("Numbers as CSV", TABLE, table(host.shown()), file);
  });

  function link() {
    return linkTo(pageNow(), (view, query) => host.link(view, likewise(query))); // with what it hides
  }

  function code(kind, label, words) {
    const page = pageNow();
    const query = new URLSearchParams(page.settings).toString();
    dialog.show(`${label} code`, words, host.code(page.view, kind, query, page.data), `${fileName(page, kind)}.py`);
  }

  return () => row.remove();
}

export const FRAME =
  "For the HTML of a course page. It shows this page live, so whoever opens the course has to reach " +
  "this address, and the course has to allow frames of other sites.";

const LAYER = "The layer at the present settings, each converted to what it is called and means there.";

const CODE = [
  ["numpy", "numpy", "The same numbers, from numpy and this project's bn_core alone."],
  ["pytorch", "PyTorch", LAYER],
  ["keras", "Keras", LAYER],
  ["flax", "Flax", LAYER],
];

const TABLE = "What the page shows now as comma-separated values, for a spreadsheet.";

function button(parent, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", act);
  parent.append(made);
}
