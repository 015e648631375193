// A lecture as a line of scenes: a question before a picture, then what happens.
//
// sent: { lectures, lecture, scene }: lectures is the list { name, title, minutes, scenes: count };
//   lecture is the chosen one with its scenes, or null; scene is counted from 1, 0 for the list.
//   A scene: { name, view, before, after, defaults, controls, steps, parts, setup, question, options } or
//   with scale { low, high, step, unit } in the place of options. before and after are all settings
//   of its page by name. A control: { name, label, low, high, step, options }. A scene without options
//   and without scale asks nothing. hidden: what stands in the picture's place until a run has made it,
//   parts by name; true where nothing does, null where there is a picture from the start. Where it is not one of ours it has also: phases, those that steps
//   lead through; author, true where its truth is what the author says; unjudged, true where there is
//   none.
// host: what live.js wants of one, and
//   reveal(lecture, number),     a promise of { truth, explain }: the right option's place, or a number
//   address(lecture, scene),     the address of a scene; of the list without arguments
//   link(view, query),           the address of a page with this after the ?
//   go(lecture, scene),          the page's address is to say this scene from now on
//
// What it gives, for whoever steers it from elsewhere:
//   lecture       the chosen lecture's name, or null on the list
//   now()         where it stands: { scene, phase }, plain data; phase is "open", "closed" or
//                 "revealed"; a scene one beyond the last is the end. null on the list
//   goTo(place)   puts it at such a place, which may open a closed question again; RangeError for
//                 a place that there is not. What is so already is left as it stands
//   onStep(call)  calls back with the place after each step taken here, by key or button; not after
//                 goTo. Gives a function that ends it
//   slot          an empty element under the question that stays from scene to scene; on the list, under it
//   remove()      takes it off the page

import { answersOf, forNow } from "./lesson_answers.js";
import { keepPlace, keptPlace } from "./lesson_place.js";
import { createFoot } from "./lesson_foot.js";
import { createScene } from "./lesson_scene.js";
import { short } from "./lesson_slider.js";
import { createSteps, PHASES } from "./lesson_steps.js";
import { createLive } from "./live.js";
import { make } from "./make.js";
import { createPresenter } from "./presenter.js";
import { showing } from "./showing.js";

export function createLesson(element, sent, host) {
  const { lecture } = sent;
  const root = make("div", { className: "lesson" });
  element.append(root);
  const { present, hide } = showing();
  root.classList.toggle("lesson-present", present);
  const slot = make("div", { className: "lesson-slot" });
  const heard = new Set();
  // A hall is not shown what the lecturer predicted at home.
  const kept = lecture && (present ? forNow() : answersOf(lecture.name));
  const truths = new Map(); // name of a scene -> its answer in words, once it has been shown
  const phasesOf = (scene) => lecture.scenes[scene - 1]?.phases ?? PHASES;
  const begin = (far = []) => createSteps(lecture.scenes.length, far, phasesOf);
  let steps = lecture && begin();
  let moved = null; // called when a slider of the scene has moved
  const live =
    lecture &&
    createLive({
      ...host,
      sliderValue: (name) => stage?.sliderValue(name) ?? null,
      watchSliders: (call) => (moved = call),
      letGo() {},
    });
  const foot = lecture && !present ? createFoot(lecture, host, () => stands) : null;
  let stands = null; // the number of the scene that is drawn
  let stage = null; // that scene
  const presenter = present ? createPresenter({ list: () => (location.href = host.address()), on, back }) : null;

  const bar = createBar({
    // A double click is one.
    next: ({ detail }) => detail > 1 || (present ? on() : step(forward)),
    back: ({ detail }) => detail > 1 || (present ? back() : step(() => steps.leaf(steps.now().scene - 1))),
  });

  if (lecture && sent.scene > 0) start(sent.scene);
  else list();

  function list() {
    const cards = sent.lectures.map(({ name, title, minutes, scenes }) =>
      make("div", { className: "lesson-card" }, [
        make("a", { className: "lesson-open", href: host.address(name, 1) }, [
          make("b", { textContent: title }),
          make("span", { textContent: `${scenes} questions, about ${minutes} minutes` }),
        ]),
        ...(present ? [] : [make("a", { href: `${host.address(name, 1)}&present=1`, textContent: "Give it in a hall" })]),
      ]),
    );
    root.replaceChildren(
      make("p", { textContent: "First predict, then see. Your answers stay in this browser." }),
      make("div", { className: "lesson-cards" }, cards),
      slot,
    );
  }

  function start(scene) {
    const end = lecture.scenes.length + 1;
    const place = present && keptPlace(lecture.name, scene);
    if (place) steps = begin(place.far);
    steps.goTo(place ? place.now : { scene: Math.min(scene, end), phase: "open" });
    recall();
    draw();
    if (scene > end) {
      const none = `There is no scene ${scene}: this lecture has ${end - 1}.`;
      root.prepend(make("p", { textContent: none }));
    }
  }

  // A reader who comes to a question that was answered sees what happens at once.
  function recall() {
    const { scene } = steps.now();
    if (!present && lecture.scenes[scene - 1] && kept.get(lecture.scenes[scene - 1].name)) steps.reveal();
  }

  function step(take) {
    const before = steps.now();
    take();
    const now = steps.now();
    if (now.scene !== before.scene) recall();
    if (same(before, steps.now())) return;
    draw();
    bring(now.scene === before.scene ? stage?.element.firstChild : root);
    for (const call of heard) call({ ...steps.now() });
  }

  // On a small screen the hand was at the bottom: what is new stands above it.
  function bring(element) {
    if (element?.getBoundingClientRect().top < 0) element.scrollIntoView();
  }

  // One step of the lecture: close the question, show what happens, go on to the next.
  function on() {
    if (stands === null) focusNext(1);
    else step(() => steps.on());
  }

  function back() {
    if (stands === null) focusNext(-1);
    else step(() => steps.back());
  }

  // On the list a clicker goes from lecture to lecture.
  function focusNext(way) {
    const cards = [...root.querySelectorAll(".lesson-open")];
    const place = cards.indexOf(document.activeElement) + way;
    cards.at(place < 0 ? 0 : place % cards.length)?.focus();
  }

  // A reader closes no question: on from it is what happens.
  function forward() {
    const { scene, phase } = steps.now();
    if (phase !== "revealed" && phasesOf(scene).includes("revealed")) steps.reveal();
    else steps.leaf(scene + 1);
  }

  function draw() {
    const { scene, phase } = steps.now();
    if (scene !== stands) mount(scene);
    stage?.stand(phase);
    if (stage) bar.say(steps.now(), lecture.scenes.length, leadsTo(scene, phase));
    if (present) keepPlace({ lecture: lecture.name, now: steps.now(), far: steps.far() });
  }

  // The phase that the next step leads to; null for the next scene.
  function leadsTo(scene, phase) {
    const phases = phasesOf(scene);
    const further = phases.slice(phases.indexOf(phase) + 1);
    return (present ? further[0] : further.at(-1)) ?? null;
  }

  function mount(number) {
    stands = number;
    host.go(lecture.name, number);
    stage?.remove();
    stage = null;
    const { scenes } = lecture;
    if (number > scenes.length) {
      root.replaceChildren(present ? asked() : summary(), ...(foot ? [foot.element] : []));
      return;
    }
    const scene = scenes[number - 1];
    stage = createScene(scene, {
      answer: kept.get(scene.name),
      keep: (answer) => kept.set(scene.name, answer),
      happens: () => host.reveal(lecture.name, number).then((happens) => remember(scene, happens)),
      link: () => linkTo(scene),
      code: () => (scene.code ? host.link("your_norm", `start=${scene.code}`) : null),
      hidden: hide,
      slot,
      ask: host.ask,
      place: live.place,
      moved: () => moved(),
    });
    stage.element.addEventListener("keydown", ({ key, target }) => {
      if (key === "Enter" && target.tagName === "INPUT" && leadsTo(number, steps.now().phase)) step(() => steps.reveal());
    });
    const all = make("a", { className: "lesson-all", href: host.address(), textContent: "All lectures" });
    root.replaceChildren(all, stage.element, bar.element, ...(foot ? [foot.element] : []));
  }

  function remember(scene, happens) {
    const { truth } = happens;
    if (truth !== null) truths.set(scene.name, scene.options ? scene.options[truth] : `${short(truth)} ${scene.scale?.unit ?? ""}`);
    return happens;
  }

  // The page itself at what the scene has shown, to play on.
  function linkTo({ view, after, defaults }) {
    const set = Object.entries(after).filter(([name, text]) => text !== defaults[name]);
    return host.link(view, new URLSearchParams(set).toString());
  }

  function saidOf(scene) {
    if (!scene.options && !scene.scale) return "";
    const answer = kept.get(scene.name);
    if (!answer) return "not answered. ";
    if (scene.unjudged) return "answered. ";
    return answer.right ? "as predicted. " : "look again. ";
  }

  // The end for a hall: what was asked, and what was seen to happen.
  function asked() {
    const rows = lecture.scenes.map((scene, place) =>
      make("li", {}, [
        make("a", { href: host.address(lecture.name, place + 1), textContent: scene.question || `Picture ${place + 1}` }),
        make("b", { textContent: ` ${truths.get(scene.name) ?? ""}` }),
      ]),
    );
    return make("div", { className: "st-key-lesson_summary" }, [
      make("h2", { textContent: "What happened" }),
      make("ol", {}, rows),
    ]);
  }

  function summary() {
    const rows = lecture.scenes.map((scene, place) => {
      const { right } = kept.get(scene.name) ?? {};
      return make("li", { className: right ? "right" : "" }, [
        make("a", { href: host.address(lecture.name, place + 1), textContent: scene.question || `Picture ${place + 1}` }),
        make("span", { textContent: ` ${saidOf(scene)}` }),
        make("a", { href: linkTo(scene), textContent: "the page" }),
      ]);
    });
    const judged = lecture.scenes.filter((scene) => !scene.unjudged);
    const right = judged.filter((scene) => kept.get(scene.name)?.right).length;
    const again = make("button", { type: "button", textContent: "Forget my answers" });
    again.addEventListener("click", () => {
      kept.clear();
      steps = begin();
      draw();
    });
    return make("div", { className: "st-key-lesson_summary" }, [
      make("h2", { textContent: judged.length ? `${right} of ${judged.length} as predicted` : "The end" }),
      make("ol", {}, rows),
      make("p", {}, [make("a", { href: host.address(), textContent: "All lectures" }), " ", again]),
    ]);
  }

  return {
    lecture: lecture?.name ?? null,
    now: () => (stands === null ? null : { ...steps.now() }),
    goTo(place) {
      if (!lecture) throw new RangeError("the list of lectures has no scenes: open a lecture first");
      if (stands !== null && same(place, steps.now())) return;
      steps.goTo(place);
      draw();
    },
    onStep(call) {
      heard.add(call);
      return () => heard.delete(call);
    },
    slot,
    remove() {
      presenter?.remove();
      stage?.remove();
      foot?.remove();
      root.remove();
    },
  };
}

// The bar under a scene: back, how far it is, on. calls: { next, back }, told of the click.
function createBar(calls) {
  const next = make("button", { type: "button", className: "lesson-next" });
  const back = make("button", { type: "button", className: "lesson-back", textContent: "Back" });
  const progress = make("progress");
  const words = make("span");
  next.addEventListener("click", calls.next);
  back.addEventListener("click", calls.back);
  const element = make("div", { className: "lesson-bar" }, [back, make("label", {}, [words, progress]), next]);
  return {
    element,
    // leads: the phase that the next step leads to; null for the next scene.
    say({ scene }, count, leads) {
      const on = scene < count ? "Next" : "To the end";
      next.textContent = { closed: "Close the question", revealed: "Show what happens" }[leads] ?? on;
      back.disabled = scene === 1;
      Object.assign(progress, { max: count, value: scene });
      words.textContent = `${scene} of ${count}`;
    },
  };
}

const same = (one, other) => one.scene === other.scene && one.phase === other.phase;
