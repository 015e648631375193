// Settings in words: at the foot of a saved picture, beside a pin, in the name of a file.
//
// page: { view, settings, defaults }, each value spelt as in an address.

const ALWAYS = ["batch", "mean", "std"]; // what a batch is, said also where it is the default

// "batch 32, mean 5, std 3 · lab"
export function foot(page) {
  return `${mainly(page)} · ${page.view.replaceAll("_", " ")}`;
}

// What a batch is, and every other setting that is not at its default.
export function mainly(page) {
  const said = Object.keys(page.settings).filter((key) => ALWAYS.includes(key) || differs(page, key));
  return list(page, said);
}

// What is not at its default, or what a batch is where everything is.
export function differing(page) {
  const said = Object.keys(page.settings).filter((key) => differs(page, key));
  return said.length ? list(page, said) : mainly(page);
}

// "lab-before-after-batch-8-std-7": page, figure, and the settings that are not at their defaults.
export function fileName(page, figure) {
  const said = Object.keys(page.settings).filter((key) => differs(page, key));
  const parts = [page.view, figure.replace(/^fig_/, ""), ...said.flatMap((key) => [key, page.settings[key]])];
  return parts.map(plain).join("-").slice(0, 120);
}

const differs = ({ settings, defaults }, key) => settings[key] !== defaults[key];

const list = ({ settings }, keys) => keys.map((key) => `${plainName(key)} ${settings[key]}`).join(", ");

const plainName = (key) => key.replaceAll("_", " ");

// As every file system takes it.
function plain(text) {
  return text
    .replace(/^-(?=\d)/, "minus-")
    .replace(/[^A-Za-z0-9.-]+/g, "-")
    .replace(/^-|-$/g, "");
}
