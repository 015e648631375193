// Looks at a plot once every frame has been painted and notes when what is drawn has changed.
(container) => {
  const probe = { on: true, pictures: [], blanks: 0, mounts: 0, pressed: 0 };
  const marks = ".cartesianlayer path, .cartesianlayer text, .shapelayer path";
  let root = null;
  let drawn = "";
  const look = () => {
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
    const picture = Array.from(plot.querySelectorAll(marks), (mark) =>
      [mark.getAttribute("d") ?? mark.textContent, mark.getAttribute("transform")].join(),
    ).join(";");
    if (picture !== drawn) {
      drawn = picture;
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
  Object.assign(probe, { pictures: [], mounts: 0 });
  window.probe = probe;
  frame();
}
