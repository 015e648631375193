// A piece of text whose numbers move with the slider. The HTML is the app's own.

export function createSentence(component, head) {
  const element = document.createElement("div");
  element.className = "live-text";
  component.parentElement.append(element);
  return {
    name: head.name,
    drawn: null,
    draw(html, asked) {
      if (element.innerHTML !== html) element.innerHTML = html;
      this.drawn = asked;
    },
    recolour() {},
    remove() {
      element.remove();
    },
  };
}
