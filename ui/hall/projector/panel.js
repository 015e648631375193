// The room under a question: how many have answered, then how the hall has split; the square for late comers.

import { createBars } from "../phone/bars.js";
import { button, make } from "../phone/make.js";
import { squareOf } from "./lobby.js";
import { asks, countOf, mayVoteAgain } from "./steps.js";

const MODES = [["off", "the question alone"], ["follow", "this picture, as it moves"], ["free", "a picture of their own"]];

// calls: { open, large, lock, again, mode(name), save, takeOver, leave }.
export function createPanel({ open, large, lock, again, mode, save, takeOver, leave }) {
  const opens = button("Open the room (Q)", "hall-open", open);
  const said = make("p", { className: "hall-said", role: "status" });
  const lost = make("p", { className: "hall-said", role: "status", hidden: true });
  const count = make("p", { className: "hall-count" });
  const votes = make("div");
  const square = make("img", { className: "hall-square", alt: "" });
  const code = make("b", { className: "hall-code" });
  const address = make("span");
  const mark = make("span", { textContent: "locked", hidden: true });
  const join = make("button", { type: "button", className: "hall-join", title: "Larger (Q)" }, [square, make("span", {}, [address, code, mark])]);
  join.addEventListener("click", large);
  const second = button("Second vote (V)", "", again);
  const locks = button("", "", lock);
  const take = button("Steer from here", "", takeOver);
  const follow = make("select", {}, MODES.map(([value, textContent]) => make("option", { value, textContent })));
  follow.addEventListener("change", () => mode(follow.value));
  const more = make("details", {}, [
    make("summary", { textContent: "Room" }),
    make("div", {}, [
      locks,
      make("label", {}, ["The phones show ", follow]),
      button("Save the counts", "", save),
      button("Leave the room", "", leave),
    ]),
  ]);
  const within = make("div", { className: "hall-within", hidden: true }, [count, votes, make("div", { className: "hall-row" }, [join, make("div", { className: "hall-tools" }, [take, second, more])])]);
  const element = make("section", { className: "hall-room", "aria-label": "The room" }, [opens, within, lost, said]);
  let drawn = "";

  function draw(snapshot) {
    const { question, rounds, truth = null } = snapshot;
    const wanted = JSON.stringify([question.id, rounds, truth]);
    if (wanted === drawn) return;
    drawn = wanted;
    const bars = rounds && asks(snapshot);
    votes.replaceChildren(...(bars ? [createBars(question, rounds.map(({ counts }) => counts), { truth: truth ?? undefined })] : []));
    element.classList.toggle("hall-split", Boolean(bars));
  }

  return {
    element,
    room(base, name) {
      square.src = squareOf(base, name);
      square.alt = `The square that leads to the room ${name}`;
      address.textContent = `${location.host}${base}/join`;
      code.textContent = name;
      said.textContent = "";
    },
    // snapshot: null without a room.
    show(snapshot, device) {
      opens.hidden = snapshot !== null;
      within.hidden = snapshot === null;
      element.classList.toggle("hall-is-open", snapshot !== null);
      if (!snapshot) {
        element.classList.remove("hall-split");
        drawn = "";
        lost.hidden = true;
        return;
      }
      const { phase, locked } = snapshot;
      element.classList.toggle("hall-is-revealed", phase === "revealed");
      count.hidden = phase !== "open" || !asks(snapshot);
      count.replaceChildren(make("b", { textContent: countOf(snapshot) }), " have answered");
      draw(snapshot);
      second.hidden = !mayVoteAgain(snapshot);
      mark.hidden = !locked;
      locks.textContent = locked ? "Unlock (L)" : "Lock (L)";
      follow.value = snapshot.mode;
      take.hidden = snapshot.driver === device;
      if (take.hidden && /steers/.test(said.textContent)) said.textContent = "";
    },
    // word: of link.js.
    away(word) {
      lost.hidden = word === "here";
      lost.textContent = "The room does not answer. The lecture goes on here; the room comes after.";
    },
    say(text) {
      said.textContent = text;
    },
  };
}
