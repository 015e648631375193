// As much of a browser's page as the modules under test touch.

export class Element {
  constructor(tag) {
    Object.assign(this, { tag, children: [], attributes: {}, dataset: {}, heard: {}, parent: null });
    Object.assign(this, { style: {}, textContent: "", innerHTML: "", hidden: false, value: "" });
  }
  append(...children) {
    for (const given of children) {
      const child = typeof given === "string" ? Object.assign(new Element("#text"), { textContent: given }) : given;
      child.remove();
      child.parent = this;
      this.children.push(child);
    }
  }
  replaceChildren(...children) {
    for (const child of [...this.children]) child.remove();
    this.append(...children);
  }
  prepend(child) {
    this.append(child);
    this.children.unshift(this.children.pop());
  }
  get classList() {
    const names = () => new Set((this.className ?? "").split(" ").filter(Boolean));
    const write = (change) => (...given) => {
      const now = names();
      for (const name of given) now[change](name);
      this.className = [...now].join(" ");
    };
    const [add, remove] = [write("add"), write("delete")];
    return { add, remove, contains: (name) => names().has(name), toggle: (name, on) => (on ? add : remove)(name) };
  }
  get isConnected() {
    return this.parent ? (this.parent === document.body || this.parent.isConnected) : false;
  }
  remove() {
    this.parent?.children.splice(this.parent.children.indexOf(this), 1);
    this.parent = null;
  }
  // Of a dialog, a text area, and whatever takes the focus.
  click() {
    this.tell("click");
  }
  showModal() {
    this.open = true;
  }
  close() {
    this.open = false;
  }
  focus() {
    globalThis.document.activeElement = this;
  }
  select() {
    this.selected = true;
  }
  setAttribute(name, value) {
    this.attributes[name] = String(value);
  }
  removeAttribute(name) {
    delete this.attributes[name];
  }
  getAttribute(name) {
    return this.attributes[name] ?? null;
  }
  addEventListener(name, hear) {
    (this.heard[name] ??= []).push(hear);
  }
  removeEventListener(name, hear) {
    this.heard[name] = (this.heard[name] ?? []).filter((one) => one !== hear);
  }
  tell(name, event = {}) {
    for (const hear of this.heard[name] ?? []) hear(event);
  }
  get valueAsNumber() {
    return Number(this.value);
  }
  get firstChild() {
    return this.children[0] ?? null;
  }
  getBoundingClientRect() {
    return { top: 0 };
  }
  *all() {
    for (const child of this.children) yield* [child, ...child.all()];
  }
  button(label) {
    return [...this.all()].find((one) => one.tag === "button" && one.textContent === label);
  }
  find(className) {
    return [...this.all()].find((one) => one.classList?.contains(className)) ?? null;
  }
  // Of selectors, only that of beside.js.
  querySelectorAll(selector) {
    if (selector !== "[data-at]") throw new Error(`not known here: ${selector}`);
    return [...this.all()].filter((one) => "at" in one.dataset);
  }
}

// Puts an empty page in the place of the global names; gives its body.
export function emptyPage() {
  const body = new Element("body");
  globalThis.document = Object.assign(body, {
    body,
    documentElement: new Element("html"),
    createElement: (tag) => new Element(tag),
  });
  return body;
}

// Lets all that was promised so far come about.
export const settled = () => new Promise((resolve) => setImmediate(resolve));

// A whole number from 0 up to, and without, the bound; the seed is told, so that a failure can be repeated.
export function random(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

export const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
