// The room's door, over the whole screen: the square, the address, the code, and how many are in.

import { button, make } from "../phone/make.js";

// parent: where it stands. calls: { start(), large(), remote() }.
export function createLobby(parent, { start, large, remote }) {
  const square = make("img", { className: "hall-square", alt: "" });
  const address = make("div", { className: "hall-address" });
  const code = make("div", { className: "hall-code" });
  const here = make("p", { className: "hall-here", role: "status" });
  const warning = make("p", { className: "hall-warning", hidden: true });
  const remotely = createRemote(remote);
  const begin = button("Start (Page Down)", "hall-main", start);
  const element = make("section", { className: "hall-lobby", hidden: true, role: "dialog", "aria-label": "Join the room" }, [
    square,
    make("div", { className: "hall-words" }, [
      make("p", { textContent: "Take your phone and join in" }),
      address,
      make("p", { className: "hall-hint", textContent: "The code:" }),
      code,
      here,
      warning,
      make("div", { className: "hall-buttons" }, [begin, button("Small (Q)", "", large), remotely.button]),
      remotely.element,
    ]),
  ]);
  parent.append(element);

  return {
    isOpen: () => !element.hidden,
    open() {
      element.hidden = false;
    },
    close() {
      element.hidden = true;
      remotely.close();
    },
    toggle() {
      element.hidden = !element.hidden;
    },
    room(base, name) {
      square.src = squareOf(base, name);
      square.alt = `The square that leads to ${location.host}${base}/join/${name}`;
      address.textContent = `${location.host}${base}/join`;
      code.textContent = name;
      const near = /^(localhost|127\.|\[::1\])/.test(location.hostname);
      warning.hidden = !near;
      warning.textContent = `Phones cannot reach "${location.hostname}": open this page by the name or number that this computer has in the network.`;
    },
    show({ phones, locked, phase, scene }) {
      here.textContent = `${phones === 1 ? "1 phone is" : `${phones} phones are`} here${locked ? ". The room is locked" : ""}`;
      begin.textContent = phase === "waiting" && scene === 1 ? "Start (Page Down)" : "Go on (Page Down)";
    },
    remove: () => element.remove(),
  };
}

export const squareOf = (base, code) =>
  `${base}/hall/rooms/${code}/qr.svg${location.protocol === "https:" ? "?scheme=https" : ""}`;

// The way to the remote: whoever has it steers the room, so that it is shown on request and not for long.
const SHOWN = 20_000; // milliseconds

function createRemote(remote) {
  const square = make("img", { className: "hall-square", alt: "The square that leads to the lecturer's remote", hidden: true });
  const said = make("p", { role: "status" });
  const note = "Whoever reads this square can steer the room. Show it while the projector is off or black; it goes after 20 seconds.";
  let timer = null;
  const show = button("Show the square", "", async () => {
    const { square: svg } = await remote();
    if (svg === null) {
      said.textContent = "It could not be had. Try again.";
      return;
    }
    square.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    square.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(hide, SHOWN);
  });
  const copy = button("Copy the link", "", async () => {
    const { link } = await remote();
    said.textContent = copied(link) ? "The link is copied." : "This browser does not copy. Use the square.";
  });
  const element = make("div", { className: "hall-remote", hidden: true }, [make("p", { textContent: note }), show, copy, said, square]);

  function hide() {
    square.hidden = true;
    square.removeAttribute("src");
  }

  return {
    element,
    button: button("Remote", "", () => (element.hidden = !element.hidden)),
    close() {
      element.hidden = true;
      said.textContent = "";
      hide();
    },
  };
}

// The newer way of copying is there over https alone.
function copied(text) {
  const area = make("textarea", { value: text, style: "position: fixed; opacity: 0" });
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
