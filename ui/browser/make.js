// An element with these properties and children; texts are texts, never markup.
export function make(tag, properties = {}, children = []) {
  const { style, role, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  if (style) element.style.cssText = style;
  if (role) element.setAttribute("role", role);
  element.append(...children);
  return element;
}
