// Looks at the plots once every frame has been painted and notes when what is drawn has changed.
(container) => {
  // `pictures` and all that follows is of the plot in the container, `any` of all on the page.
  const probe = { on: true, pictures: [], any: [], blanks: 0, mounts: 0, pressed: 0 };
  const marks = ".cartesianlayer path, .cartesianlayer text, .shapelayer path";
  let root = null;
  let drawn = "";
  let drawnAnywhere = "";
  const picture = (of) =>
    Array.from(of.querySelectorAll(marks), (mark) =>
      [mark.getAttribute("d") ?? mark.textContent, mark.getAttribute("transform")].join(),
    ).join(";");
  const look = () => {
    const anywhere = picture(document);
    if (anywhere !== drawnAnywhere) {
      drawnAnywhere = anywhere;
      probe.any.push(performance.now());
    }
    const plot = document.querySelector(`${container} .js-plotly-plot`);
    if (!plot?.querySelector(".trace path")) {
      probe.blanks += 1;
      return;
    }
    const svg = plot.querySelector(".main-svg");
    if (svg !== root) {
      root = svg;
      probe.mounts += 1;
    }
    if (picture(plot) !== drawn) {
      drawn = picture(plot);
      probe.pictures.push(performance.now());
    }
  };
  // A message sent from an animation frame arrives after all of that frame's callbacks.
  const painted = new MessageChannel();
  painted.port1.onmessage = () => probe.on && look();
  const frame = () => {
    painted.port2.postMessage(null);
    requestAnimationFrame(frame);
  };
  addEventListener("keydown", () => (probe.pressed = performance.now()), true);
  look();
  Object.assign(probe, { pictures: [], any: [], mounts: 0 });
  window.probe = probe;
  frame();
}
