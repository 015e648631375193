// An element with these properties, attributes (names with a dash, role, style) and children; texts are texts,
// never markup.
export function make(tag, properties = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (/-|^(role|style|for)$/.test(name)) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children);
  return element;
}

export const button = (text, className, act) => {
  const made = make("button", { type: "button", textContent: text, className });
  made.addEventListener("click", act);
  return made;
};
