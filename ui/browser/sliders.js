// Where the sliders stand, spelt as an address spells it.

// Those of the page's settings that a slider holds; valueOf(key) is its number, null without one.
// page.steps[key] has the spellings of the places of an uneven slider, counted from 0.
export function sliderSettings({ settings, steps }, valueOf) {
  const found = {};
  for (const key of Object.keys(settings)) {
    const value = valueOf(key);
    if (value !== null) found[key] = steps[key] ? steps[key][value] : spell(value);
  }
  return found;
}

// The page with all its settings as the sliders stand now.
export function standing(page, valueOf) {
  return { ...page, settings: { ...page.settings, ...sliderSettings(page, valueOf) } };
}

// 0.30000000000000004 is 0.3, as Python spells it.
export function spell(value) {
  return String(Number(value.toPrecision(10)));
}
