// Where the hand is: the native range inputs say it while Streamlit still waits for the release.

// The page's settings, with each slider that stands on the page at its present place.
export function currentSettings(page) {
  const settings = { ...page.settings };
  for (const key of Object.keys(settings)) {
    const input = document.querySelector(`.st-key-${key} input[type=range]`);
    if (!input) continue;
    const steps = page.steps[key];
    settings[key] = steps ? steps[input.valueAsNumber] : spell(input.valueAsNumber);
  }
  return settings;
}

export function watchSliders(moved) {
  const observer = new MutationObserver((changes) => {
    if (changes.some(({ target }) => target.type === "range")) moved();
  });
  observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["value"] });
}

// Call once no finger or mouse button is down, and the native slider has told its value.
export function whenLetGo(act) {
  if (!down) setTimeout(act, SETTLE_MS);
  else addEventListener("pointerup", () => setTimeout(act, SETTLE_MS), { once: true });
}

const SETTLE_MS = 200;
let down = false;
addEventListener("pointerdown", () => (down = true), true);
addEventListener("pointerup", () => (down = false), true);
addEventListener("pointercancel", () => (down = false), true);

// 0.30000000000000004 is 0.3, as the server spells it.
function spell(value) {
  return String(Number(value.toPrecision(10)));
}
