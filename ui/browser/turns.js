// One figure a frame: what is in sight before what is not, and among those the one that has waited
// longest. So the first picture is seen before the others are drawn, and none is left behind.

export function createTurns(parts) {
  let newest = null;
  let drawing = false;
  let turn = 0;
  const drawnAt = new WeakMap(); // part -> its last turn

  function next() {
    const { shown, asked } = newest;
    const due = parts().filter((part) => part.name in shown && part.drawn !== asked);
    const isFigure = (part) => typeof shown[part.name] !== "string";
    const draw = (part) => part.draw(shown[part.name], asked);
    due.filter((part) => !isFigure(part)).forEach(draw);
    const [figure] = due.filter(isFigure).sort(inOrder);
    if (figure) {
      drawnAt.set(figure, ++turn);
      draw(figure);
    }
    drawing = figure !== undefined;
    // After the paint, so that this figure is seen before the next one takes its time.
    if (drawing) requestAnimationFrame(() => setTimeout(next));
  }

  function inOrder(one, other) {
    return (
      isHidden(one) - isHidden(other) ||
      (drawnAt.get(one) ?? 0) - (drawnAt.get(other) ?? 0) ||
      top(one) - top(other)
    );
  }

  return (shown, asked) => {
    newest = { shown, asked };
    if (!drawing) next();
  };
}

function top(part) {
  return part.element.getBoundingClientRect().top;
}

function isHidden(part) {
  const { top, bottom } = part.element.getBoundingClientRect();
  return Number(bottom < 0 || top > innerHeight);
}
