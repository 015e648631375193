// The training page's experiment: its claim, run and stop, its figures while it trains, its verdict.

import { keepRun, keptRun } from "./runs.js";

// page: { query(), choose(setting, text), now() }.
export function createExperiment(live, python, page) {
  const box = document.getElementById("experiment");
  const find = (selector) => box.querySelector(selector);
  const run = find("#run");
  const stop = find("#stop");
  const remove = new Map(); // name of a part -> what removes it
  let training = null; // the query of the run under way

  run.addEventListener("click", start);
  stop.addEventListener("click", () => python.stop());
  python.ask("presets").then((names) => find(".presets").append(...names.map(presetButton)), () => {});

  function presetButton(name) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name[0].toUpperCase() + name.slice(1);
    button.addEventListener("click", () => {
      page.choose("experiment", name);
      start();
    });
    return button;
  }

  async function start() {
    if (training) python.stop();
    const asked = page.query();
    set(asked);
    try {
      const whole = await python.run(asked, (report) => {
        if (report.finished) keepRun(asked, report);
        if (asked === page.query()) draw(report);
      });
      if (!whole) find(".doing").textContent = "Stopped";
    } catch (error) {
      find(".doing").textContent = `The training failed (${error.message}): press Run to try again.`;
    }
    set(null);
  }

  function set(now) {
    training = now;
    run.disabled = now !== null;
    stop.disabled = now === null;
  }

  function draw({ claim, setup, takes, doing, fraction, shown }) {
    find(".claim").textContent = claim;
    find(".takes").textContent = takes ?? ""; // a run that this tab has kept says none
    find(".setup").textContent = setup;
    find(".doing").textContent = doing;
    find("progress").value = fraction;
    const figures = Object.keys(shown).filter((name) => name.startsWith("fig_"));
    for (const [name, gone] of remove) {
      if (name in shown) continue;
      gone();
      remove.delete(name);
      find(`.st-key-${name}`)?.remove();
    }
    figures.forEach((name, place) => {
      if (!find(`.st-key-${name}`)) {
        const element = document.createElement("div");
        element.className = `part st-key-${name}`;
        element.style.flex = `${place ? 3 : 5} 1 20rem`;
        find(".figures").append(element);
      }
    });
    for (const name of [...figures, "after"]) {
      const element = find(`.st-key-${name}`);
      const sent = { name, shown: shown[name], page: page.now(), follows: false };
      remove.set(name, live.place(element, sent, { picked() {}, missed() {} }));
    }
  }

  return {
    draw,
    // What there is at the present settings; a run at others is stopped.
    async show() {
      if (training === page.query()) return;
      if (training) python.stop();
      const asked = page.query();
      draw(keptRun(asked) ?? (await python.ask("claim", asked)));
    },
  };
}
