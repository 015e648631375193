// What is wrong with what stands on the page: one line of text for each fault, nothing if all is well.
//
// A look at the document as it is. Only what the pointer alone would open is opened here: the helps
// and the figures' hover labels, one after the other.

(() => {
  const NARROW = 1.5; // pixels that rounding may take of a text
  const PATIENCE = 10_000; // milliseconds; spent only where something is wrong
  const SKIP = "script, style, noscript, input, code, pre, .katex, [data-testid=stIconMaterial]";

  // ---- errors of a renderer -------------------------------------------------------------------

  function refused(root) {
    const found = [];
    for (const element of root.querySelectorAll(
      ".katex-error, [data-testid=stException], .plotly-notifier, .js-plotly-plot .error",
    )) {
      found.push(`refused by its renderer: ${cut(element.textContent)}`);
    }
    for (const [element, text] of texts(root)) {
      const left = text.match(
        /\$|\*\*|__|`|\\[a-zA-Z]+|\]\(|:[a-z]+\/[a-z_]+:|<\/?[a-z]+[ />]|&[a-z]+;|\[object|\bundefined\b|\bNaN\b/,
      );
      if (left && !element.closest(SKIP)) found.push(`source left over, ${left[0]}: ${cut(text)}`);
    }
    for (const path of root.querySelectorAll("svg path[d*=NaN]")) {
      found.push(`a path to nowhere: ${cut(path.getAttribute("d"))}`);
    }
    return found;
  }

  // ---- text cut off ---------------------------------------------------------------------------

  function clipped(root) {
    const found = [];
    for (const [element, text, box] of texts(root)) {
      if (element.closest("svg") || element.closest("[data-testid=stIconMaterial]")) continue;
      if (box.right < 0) continue; // put away on purpose, like a closed sidebar
      if (box.left < -NARROW || box.right > innerWidth + NARROW) {
        found.push(`beyond the window's edge: ${cut(text)}`);
        continue;
      }
      for (let around = element; around !== document.body && around; around = around.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(around);
        if (position === "fixed") break;
        const frame = around.getBoundingClientRect();
        const across = box.left < frame.left - NARROW || box.right > frame.right + NARROW;
        const down = box.top < frame.top - 3 || box.bottom > frame.bottom + 3;
        if (overflowX !== "visible" && across) found.push(`cut off at its side: ${cut(text)}`);
        else if (/hidden|clip/.test(overflowY) && down) found.push(`cut off below: ${cut(text)}`);
        else continue;
        break;
      }
    }
    return found;
  }

  // ---- figures --------------------------------------------------------------------------------

  function pictures(root) {
    return [...root.querySelectorAll(".live-figure")].flatMap((figure) => {
      const name = figure.closest("[class*=st-key-fig_]")?.className.match(/st-key-(fig_\w+)/)?.[1];
      return picture(figure).map((fault) => `${name}: ${fault}`);
    });
  }

  function picture(figure) {
    const found = [];
    const frame = figure.querySelector(".main-svg").getBoundingClientRect();
    const placed = [];
    for (const text of figure.querySelectorAll(".main-svg text")) {
      const box = text.getBoundingClientRect();
      if (!text.textContent.trim() || !box.width || strength(text) === 0) continue;
      const said = cut(text.textContent);
      if (/\$|<\/?[a-z]+>|&[a-z]+;|\*\*/.test(text.textContent)) found.push(`source left over: ${said}`);
      const inside = within(box, frame) && within(box, clip(text));
      if (!inside) found.push(`text outside its picture: ${said}`);
      const contrast = ratio(...seenText(text));
      const least = parseFloat(getComputedStyle(text).fontSize) >= 24 ? 3 : 4.5;
      if (contrast < least) found.push(`text at ${contrast.toFixed(2)}: ${said}`);
      if (!text.closest(".hoverlayer")) placed.push([said, box]);
    }
    for (const button of figure.querySelectorAll(".live-toolbar button:not([hidden])")) {
      placed.push([`button ${button.textContent}`, button.getBoundingClientRect()]);
    }
    placed.forEach(([one, a], at) => {
      for (const [other, b] of placed.slice(at + 1)) {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(foot(a), foot(b)) - Math.max(head(a), head(b));
        if (across > 1 && down > 0.5) found.push(`one over the other: ${one} | ${other}`);
      }
    });
    return [...found, ...marks(figure)];
  }

  // A line's box is taller than its letters.
  const head = (box) => box.top + 0.2 * Math.min(box.height, 20);
  const foot = (box) => box.bottom - 0.22 * Math.min(box.height, 20);

  function marks(figure) {
    const faint = new Set();
    const look = (element, what, ...paints) => {
      const seen = paints.map((paint) => paintOf(element, paint)).filter(Boolean);
      const paper = ground(figure);
      const best = Math.max(...seen.map((colour) => ratio(over(colour, paper), paper)));
      if (seen.length && best < 3) faint.add(`${what} at ${best.toFixed(2)}`);
    };
    const each = (selector, act) => figure.querySelectorAll(selector).forEach(act);
    each(".scatterlayer path.js-line", (line) => look(line, "line", "stroke"));
    each(".scatterlayer path.point", (point) => look(point, "dot", "fill", "stroke"));
    each(".scatterlayer .errorbar path", (bar) => look(bar, "error bar", "stroke"));
    each(".barlayer .point path", (bar) => look(bar, "bar", "fill"));
    each(".legendlines path.js-line", (line) => look(line, "line in the legend", "stroke"));
    return [...faint];
  }

  function paintOf(element, paint) {
    const style = getComputedStyle(element);
    if (style[paint] === "none" || style[paint].startsWith("url")) return null;
    if (paint === "stroke" && parseFloat(style.strokeWidth) === 0) return null;
    const [red, green, blue, alpha] = parsed(style[paint]);
    const through = alpha * parseFloat(style[`${paint}Opacity`]) * strength(element);
    return through === 0 ? null : [red, green, blue, through];
  }

  // Text and what stands behind it: a note's own ground, a hover label, a cell, or the page.
  function seenText(text) {
    const style = getComputedStyle(text);
    const [red, green, blue, alpha] = parsed(style.fill);
    let behind = ground(text.closest(".live-figure"));
    const cell = cellBehind(text);
    if (cell) behind = over(cell, behind);
    const plate = text.closest(".hovertext")?.querySelector("path") ??
      text.parentElement.querySelector(":scope > rect.bg");
    if (plate) {
      const [r, g, b, a] = parsed(getComputedStyle(plate).fill);
      behind = over([r, g, b, a * parseFloat(getComputedStyle(plate).fillOpacity)], behind);
    }
    const through = alpha * parseFloat(style.fillOpacity) * strength(text);
    return [over([red, green, blue, through], behind), behind];
  }

  const drawings = new WeakMap(); // image of a heat map -> its pixels

  function cellBehind(text) {
    const layer = text.closest(".heatmaplayer, .hm, .subplot");
    const box = text.getBoundingClientRect();
    const middle = [box.left + box.width / 2, box.top + box.height / 2];
    for (const image of layer?.querySelectorAll("image") ?? []) {
      const at = image.getBoundingClientRect();
      const [x, y] = [(middle[0] - at.left) / at.width, (middle[1] - at.top) / at.height];
      if (x < 0 || x > 1 || y < 0 || y > 1 || !drawings.has(image)) continue;
      const { width, height, data } = drawings.get(image);
      // Beside the middle, which a gap between cells may cross.
      const start = 4 * (Math.floor(y * (height - 1)) * width + Math.floor(x * (width - 1)));
      return [data[start], data[start + 1], data[start + 2], data[start + 3] / 255];
    }
    return null;
  }

  // Wait until nothing moves; read the pixels of heat maps, which are pictures in the picture.
  async function prepare() {
    for (let ending = [null]; ending.length; ) {
      await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
      ending = document
        .getAnimations()
        .filter(({ playState, effect }) => {
          return playState === "running" && effect.getComputedTiming().endTime < Infinity;
        });
      await Promise.allSettled(ending.map((animation) => animation.finished));
    }
    for (const image of document.querySelectorAll(".heatmaplayer image, .hm image")) {
      const drawing = new Image();
      drawing.src = image.getAttribute("href") ?? image.getAttribute("xlink:href");
      await drawing.decode();
      const canvas = new OffscreenCanvas(drawing.width, drawing.height);
      const context = canvas.getContext("2d");
      context.drawImage(drawing, 0, 0);
      drawings.set(image, context.getImageData(0, 0, drawing.width, drawing.height));
    }
  }

  // ---- controls -------------------------------------------------------------------------------

  // A control is seen by its edge or its own ground; a button of the figures by its text.
  function controls(root) {
    const found = [];
    for (const control of root.querySelectorAll(
      ".stSlider [data-rac][style*=absolute], [data-testid=stNumberInputContainer], " +
        ".stSelectbox .react-aria-ComboBox [role=group], button[data-testid^=stBaseButton]",
    )) {
      const box = control.getBoundingClientRect();
      if (!box.width || strength(control) === 0) continue;
      if (control.disabled || control.querySelector(":disabled:not(button)")) continue;
      if (/header/i.test(control.dataset.testid ?? "")) continue; // an icon without an edge
      const around = ground(control.parentElement);
      const style = getComputedStyle(control);
      const edges = [parsed(style.backgroundColor)];
      if (parseFloat(style.borderTopWidth)) edges.push(parsed(style.borderTopColor));
      const best = Math.max(...edges.map((colour) => ratio(over(colour, around), around)));
      const name = control.innerText || control.querySelector("input")?.getAttribute("aria-label");
      if (best < 3) found.push(`control at ${best.toFixed(2)}: ${cut(name ?? control.className)}`);
    }
    return found;
  }

  // ---- what the pointer opens -----------------------------------------------------------------

  // Help by help, as the Tab key shows them: what is wrong with each, and how many there were.
  async function helps() {
    const found = [];
    const buttons = document.querySelectorAll("[data-testid=stTooltipHoverTarget] button");
    let count = 0;
    for (const button of buttons) {
      if (button.disabled || !button.getBoundingClientRect().width) continue;
      button.focus();
      const tip = await until(() => document.querySelector("[data-testid=stTooltipContent]"));
      const name = button.getAttribute("aria-label") ?? cut(button.innerText);
      if (!tip?.innerText.trim()) found.push(`${name}: no help came`);
      else found.push(...(await wrong(tip)).map((fault) => `${name}: ${fault}`));
      count += 1;
      button.blur();
      await until(() => !document.querySelector("[data-testid=stTooltipContent]"));
    }
    return { found, count };
  }

  // A hover label of each curve at its first, middle and last point.
  function hovers() {
    const found = new Set();
    let count = 0;
    for (const plot of document.querySelectorAll(".js-plotly-plot")) {
      const frame = plot.querySelector(".main-svg").getBoundingClientRect();
      plot.data.forEach((trace, curveNumber) => {
        for (const pointNumber of places(trace)) {
          // Without its panel's name Plotly looks for every point in the first panel.
          const panel = `${trace.xaxis ?? "x"}${trace.yaxis ?? "y"}`;
          Plotly.Fx.hover(plot, [{ curveNumber, pointNumber }], panel);
          for (const text of plot.querySelectorAll(".hoverlayer text")) {
            const box = text.getBoundingClientRect();
            if (!box.width || !text.textContent.trim()) continue;
            count += 1;
            const contrast = ratio(...seenText(text));
            const said = cut(text.textContent);
            if (contrast < 4.5) found.add(`hover label at ${contrast.toFixed(2)}: ${said}`);
            if (!within(box, frame)) found.add(`hover label outside its picture: ${said}`);
            if (/NaN|undefined|%\{|<\/?[a-z]+>/.test(said)) found.add(`hover label: ${said}`);
          }
        }
      });
      Plotly.Fx.unhover(plot);
    }
    return { found: [...found], count };
  }

  // The button of this name in each figure's toolbar, once it is to be seen.
  async function press(name) {
    for (const bar of document.querySelectorAll(".live-toolbar")) {
      const seen = (button) => button.textContent === name && button.checkVisibility();
      const button = await until(() => [...bar.querySelectorAll("button")].find(seen));
      if (!button) throw new Error(`no button ${name} came`);
      button.click();
    }
  }

  function places(trace) {
    if (trace.type === "heatmap") {
      const [rows, columns] = [trace.z.length - 1, trace.z[0].length - 1];
      return [[0, 0], [rows >> 1, columns >> 1], [rows, columns]];
    }
    const last = (trace.y?.length ?? 0) - 1;
    return last < 0 || trace.hoverinfo === "skip" ? [] : [0, last >> 1, last];
  }

  async function until(there) {
    for (const end = performance.now() + PATIENCE; performance.now() < end; ) {
      const found = there();
      if (found) return found;
      await new Promise((painted) => setTimeout(painted, 10));
    }
    return null;
  }

  // ---- colours and places ---------------------------------------------------------------------

  function parsed(colour) {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    return [red, green, blue, alpha];
  }

  function over([red, green, blue, alpha = 1], under) {
    return [red, green, blue].map((value, at) => alpha * value + (1 - alpha) * under[at]);
  }

  function luminance(colour) {
    const [red, green, blue] = colour.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function ratio(one, other) {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  function ground(element) {
    for (let at = element; at; at = at.parentElement) {
      const colour = parsed(getComputedStyle(at).backgroundColor);
      if (colour[3] === 1) return colour.slice(0, 3);
    }
    return [255, 255, 255];
  }

  function strength(element) {
    let product = 1;
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.display === "none" || style.visibility === "hidden") return 0;
      product *= parseFloat(style.opacity);
    }
    return product;
  }

  function clip(element) {
    const name = element.closest("[clip-path]")?.getAttribute("clip-path").match(/#([^'")]+)/)?.[1];
    const shape = name && document.getElementById(name)?.firstElementChild;
    if (!shape) return null;
    const { x, y, width, height } = shape.getBBox();
    const matrix = element.closest("[clip-path]").getScreenCTM();
    const [left, top] = [x * matrix.a + matrix.e, y * matrix.d + matrix.f];
    return { left, top, right: left + width * matrix.a, bottom: top + height * matrix.d };
  }

  function within(box, frame) {
    if (!frame) return true;
    return (
      box.left >= frame.left - NARROW &&
      box.right <= frame.right + NARROW &&
      box.top >= frame.top - NARROW &&
      box.bottom <= frame.bottom + NARROW
    );
  }

  // Every piece of text that is seen: its element, the text, and where it stands. A formula, which
  // is drawn in many pieces, counts as one; what is only for ears is left out.
  function* texts(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (const formula of root.querySelectorAll(".katex")) {
      const bases = [...formula.querySelectorAll(".katex-html .base")];
      const boxes = bases.map((base) => base.getBoundingClientRect());
      if (!boxes.length || strength(formula) === 0) continue;
      const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
      const [right, bottom] = ["right", "bottom"].map((side) =>
        Math.max(...boxes.map((box) => box[side])),
      );
      yield [formula, formula.textContent, { left, top, right, bottom }];
    }
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!node.data.trim() || element.closest("script, style, .katex")) continue;
      const parent = element.getBoundingClientRect();
      if (parent.width <= 1 || parent.height <= 1 || strength(element) === 0) continue;
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width && box.height) yield [element, node.data.trim(), box];
    }
  }

  function cut(text) {
    const plain = text.replace(/\s+/g, " ").trim();
    return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
  }

  function faults(root = document.body) {
    return [...new Set([...refused(root), ...clipped(root), ...controls(root), ...pictures(root)])];
  }

  // What is wrong once all has come to rest: a picture that is being drawn anew is given its time.
  async function wrong(root = document.body) {
    let found = [];
    await prepare();
    await until(() => {
      found = faults(root);
      return found.length === 0;
    });
    return found;
  }

  window.rendered = { prepare, wrong, helps, hovers, press };
})();
