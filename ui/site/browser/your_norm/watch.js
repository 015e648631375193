// What a hand does with the page's settings, and how its address wants it to be shown.

import { make } from "../../../browser/make.js";
import { createPresenter } from "../../../browser/presenter.js";
import { likewise, presented, showing } from "../../../browser/showing.js";
import { go } from "../address.js";
import { from } from "../frame.js";

// changed() is called when another control than a slider was moved; told(problems): see frame.js.
export function watch(page, settings, { changed, told }) {
  document.addEventListener("input", ({ target }) => {
    const key = target.closest("[data-setting]")?.dataset.setting;
    if (!key) return;
    if (target.type === "range") settings.show(key);
    else changed();
  });
  document.getElementById("reset").addEventListener("click", () => {
    for (const key of page.shown) settings.set(key, page.defaults[key]);
    told([]);
    changed();
  });
  document.getElementById("new-batch")?.addEventListener("click", () => {
    settings.set("seed", String((Number(settings.get("seed")) + 1) % 10000));
    changed();
  });
  for (const link of document.querySelectorAll("a[data-to]")) {
    link.addEventListener("click", () => go(link.dataset.to));
  }
  sheet();
  show();
}

// On a phone the settings are a sheet.
function sheet() {
  const panel = document.getElementById("panel");
  const [open, close] = ["panel-open", "panel-close"].map((id) => document.getElementById(id));
  open.addEventListener("click", () => {
    panel.classList.add("open");
    close.focus();
  });
  close.addEventListener("click", () => {
    panel.classList.remove("open");
    open.focus();
  });
}

function show() {
  const { present, hide } = showing();
  for (const key of hide) {
    const control = document.querySelector(`[data-setting="${CSS.escape(key)}"]`);
    if (control) control.hidden = true;
    if (key === "seed") document.getElementById("new-batch")?.remove();
  }
  const large = make("button", { type: "button", textContent: "Presenter view" });
  large.addEventListener("click", () => (location.search = presented(location.search)));
  document.getElementById("take-away").append(make("div", { className: "take-away" }, [large]));
  if (!present) return;
  const sliders = make("button", { type: "button", textContent: "Settings" });
  sliders.addEventListener("click", () => document.getElementById("panel").classList.toggle("open"));
  document.querySelector(".norm-actions .own-buttons").append(sliders);
  createPresenter({ list: () => (location.href = from(`lessons/?${likewise()}`)) });
}
