// The page's controls: native elements, read and set as an address spells their values.

import { spell } from "../../browser/sliders.js";

export function createSettings(page) {
  const kept = { ...page.defaults }; // what has no control here stands at its default

  const holder = (name) => document.querySelector(`[data-setting="${name}"]`);
  const input = (name) => holder(name)?.querySelector("input:not([type=radio]), select") ?? null;

  function get(name) {
    const element = input(name);
    if (!element) return holder(name)?.querySelector("input:checked")?.value ?? kept[name];
    if (element.type !== "range") return element.value;
    return page.steps[name] ? page.steps[name][element.valueAsNumber] : spell(element.valueAsNumber);
  }

  // Puts a control there; nothing where it has no such value. Gives whether it has.
  function set(name, text) {
    const element = input(name);
    if (!element) {
      const radios = [...(holder(name)?.querySelectorAll("input[type=radio]") ?? [])];
      const radio = radios.find(({ value }) => value === text);
      if (radio) radio.checked = true;
      return Boolean(radio);
    }
    if (element.tagName === "SELECT") {
      const found = [...element.options].some((option) => option.value === text);
      if (found) element.value = text;
      return found;
    }
    const place = page.steps[name] ? page.steps[name].indexOf(text) : Number(text);
    if (!Number.isFinite(place) || place < Number(element.min) || place > Number(element.max)) return false;
    element.value = place;
    show(name);
    return get(name) === text;
  }

  // The number beside a slider, also for those who hear it.
  function show(name) {
    const element = input(name);
    if (element?.type !== "range") return;
    const text = get(name);
    element.setAttribute("aria-valuetext", text);
    const output = holder(name).querySelector("output");
    if (output) output.value = text;
  }

  return {
    get,
    set,
    show,
    slider: (name) => (input(name)?.type === "range" ? input(name) : null),
    all: () => Object.fromEntries(Object.keys(page.defaults).map((name) => [name, get(name)])),
    idle(names) {
      for (const name of page.shown) {
        for (const element of holder(name)?.querySelectorAll("input, select") ?? []) {
          element.disabled = names.includes(name);
        }
      }
    },
  };
}
