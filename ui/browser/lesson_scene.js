// One scene: its picture, its sliders, its question, and what happens.

import { createAsk } from "./lesson_ask.js";
import { createSlider } from "./lesson_slider.js";
import { PHASES } from "./lesson_steps.js";
import { make } from "./make.js";

// scene: see lesson.js. given: {
//   answer,           what was predicted here earlier: { value, right }
//   keep(answer),     keeps what was predicted
//   happens(),        a promise of { truth, explain }
//   link(),           the address of the page itself, to play on
//   code(),           that of a class to write or to mend; null where there is none
//   hidden,           the names of the controls that are not to be shown
//   slot,             an element of whoever steers the lecture
//   ask(view, query), place(element, sent, report), moved():   see live.js
// }
export function createScene(scene, given) {
  const holders = new Map(scene.parts.map((name) => [name, make("div", { className: `st-key-${name}` })]));
  const remove = new Map(); // name of a part -> what removes it
  const chosen = scene.controls.filter(({ name }) => !given.hidden.includes(name));
  const sliders = new Map(chosen.map((control) => [control.name, createSlider(control)]));
  const asks = createAsk(scene, given.answer?.value ?? null);
  const state = make("p", { className: "lesson-closed", textContent: "The question is closed.", role: "status" });
  const link = make("a", { href: given.link(), textContent: "Play on with this page" });
  const explained = make("p");
  const stood = make("p", { className: "lesson-stood", textContent: "Before the slider was moved:", hidden: true });
  const code = given.code();
  const write = code ? [" ", make("a", { href: code, textContent: "Write it yourself" })] : [];
  const answer = make("div", { className: "st-key-lesson_answer", role: "status" }, [stood, explained, link, ...write]);
  const below = make("div", { className: "lesson-below" });
  const side = make("div", { className: "lesson-side" }, [
    make("p", { className: "lesson-setup", textContent: scene.setup }),
    make("div", { className: "st-key-lesson_question" }, [make("h2", { textContent: scene.question, hidden: !scene.question }), asks.element]),
    state,
    below,
    given.slot,
  ]);
  // In the place of a picture that a run has yet to make, where there are not even axes.
  const unknown = make("p", { className: "lesson-unknown", hidden: true });
  unknown.append(make("b", { textContent: "?" }), "Sketch on paper what you expect: the curves come with the answer.");
  const picture = make("div", { className: "lesson-picture" }, [
    ...holders.values(),
    unknown,
    make("div", { className: "lesson-sliders" }, [...sliders.values()].map((slider) => slider.element)),
  ]);
  const element = make("div", { className: "lesson-scene" }, [picture, side]);
  const canReveal = (scene.phases ?? PHASES).includes("revealed");
  let phase = null;
  let told = null; // the promise of what happens
  let drawing = 0; // what was asked for last
  let gone = false;

  // The explanation's numbers are those of the settings that it came with.
  const places = () => [...sliders.values()].map(({ input }) => input.value).join();
  let explains = null; // where the sliders stood then
  for (const { input } of sliders.values()) {
    input.addEventListener("input", () => {
      given.moved();
      stood.hidden = explained.hidden || places() === explains;
    });
  }

  // The picture at these settings, unless another is wanted before it has come.
  async function draw(settings) {
    const mine = ++drawing;
    const shown = await given.ask(scene.view, new URLSearchParams(settings).toString());
    if (gone || !shown || mine !== drawing) return;
    for (const [name, slider] of sliders) slider.set(settings[name]);
    put(shown, settings, true);
  }

  function put(shown, settings, follows) {
    const page = { view: scene.view, settings, defaults: scene.defaults, steps: scene.steps };
    for (const [name, holder] of holders) {
      holder.hidden = !(name in shown);
      if (name in shown) {
        const sent = { name, shown: shown[name], page, follows };
        remove.set(name, given.place(holder, sent, { picked() {}, missed() {} }));
      }
    }
  }

  function clear() {
    drawing += 1;
    for (const [name, away] of remove) {
      away();
      remove.delete(name);
    }
  }

  async function before() {
    asks.unmark();
    answer.remove();
    if (!scene.hidden) await draw(scene.before);
    else {
      clear();
      if (scene.hidden === true) {
        unknown.hidden = false;
        for (const holder of holders.values()) holder.hidden = true; // no room for what is not there
      } else put(scene.hidden, scene.before, false);
    }
  }

  async function after() {
    told ??= given.happens();
    let happens;
    try {
      happens = await told;
    } catch (error) {
      told = null; // to be asked for again
      state.textContent = `What happens could not be computed: ${error.message}`;
      state.hidden = false;
      return;
    }
    if (gone || phase !== "revealed") return;
    const value = asks.value();
    const right = asks.judge(happens.truth);
    if (value !== null) given.keep({ value, right });
    explained.textContent = happens.explain;
    explained.hidden = !happens.explain;
    below.append(answer);
    if (scene.hidden) clear(); // the axes alone follow nothing
    unknown.hidden = true;
    await draw(scene.after);
    explains = places();
    stood.hidden = true;
  }

  return {
    element,
    sliderValue: (name) => sliders.get(name)?.input.valueAsNumber ?? null,
    // Puts the scene into a phase, whichever it was in.
    async stand(next) {
      if (next === phase) return;
      const stays = phase === "open" || phase === "closed" ? next !== "revealed" : false;
      phase = next;
      element.dataset.phase = phase;
      asks.enable(phase === "open");
      state.textContent = "The question is closed.";
      state.hidden = phase !== "closed";
      // Predict first: a slider would show what happens.
      const locked = canReveal && phase !== "revealed";
      for (const { input } of sliders.values()) input.disabled = locked;
      if (phase === "revealed") await after();
      else if (!stays) await before();
    },
    remove() {
      gone = true;
      clear();
      element.remove();
    },
  };
}
