// The settings of a page in a link, read as the app reads an address (ui/settings).

// One spelling of a number: ASCII digits, a point, an exponent.
const NUMBER = /^-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

// { settings, query, problems }: every setting as a text, and those that are not at their defaults as
// a link has them; of a value that cannot be had { came, expected }, its default in its place.
// page: { settings: { name: { kind, default, expected, ... } } }.
export function readQuery(text, page) {
  const asked = new URLSearchParams(text);
  const problems = [];
  const settings = Object.fromEntries(Object.entries(page.settings).map(([name, one]) => [name, one.default]));
  for (const name of new Set(asked.keys())) {
    const control = Object.hasOwn(page.settings, name) ? page.settings[name] : null;
    if (!control) {
      const names = Object.keys(page.settings).join(", ");
      problems.push({ came: name, expected: `settings of the page: ${names}` });
      continue;
    }
    const texts = asked.getAll(name);
    const found = texts.length === 1 ? parse(control, texts[0]) : null;
    if (found !== null) settings[name] = found;
    else {
      const came = texts.map((one) => `${name}=${one}`).join("&");
      problems.push({ came, expected: texts.length === 1 ? control.expected : "one value" });
    }
  }
  return { settings, query: queryOf(settings, page), problems };
}

// The settings that are not at their defaults, as a link has them.
export function queryOf(settings, page) {
  const differing = Object.keys(page.settings).filter((name) => settings[name] !== page.settings[name].default);
  return new URLSearchParams(differing.map((name) => [name, settings[name]])).toString();
}

// The value in the control's own spelling, or null where it has no such value.
function parse(control, text) {
  if (control.kind === "choice") return control.options.includes(text) ? text : null;
  const value = NUMBER.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value)) return null;
  if (control.kind === "steps") return control.options.find((option) => Number(option) === value) ?? null;
  const { low, high, step } = control;
  if (value < low || value > high) return null;
  if (control.kind === "whole") return Number.isInteger(value) ? String(value) : null;
  const onGrid = round(low + Math.round((value - low) / step) * step, 10);
  return onGrid === value ? String(onGrid) : null;
}

const round = (value, digits) => Number(value.toFixed(digits));
