// The line to a room: its snapshot now, then every newer one as it comes.
//
// A phone that sleeps or changes its network loses its stream, often in silence. So on waking the stream
// is closed, the snapshot fetched and a new stream opened. Where streams do not come through, it asks
// again and again.

const PATIENCE = 4000; // milliseconds for an answer
const POLL = { silent: 3000, heard: 30_000 }; // until the stream has said something, and from then on
const PAUSE = { min: 700, max: 10_000 }; // between two tries

// address: { snapshot, events }.
// told(snapshot): the present one. viewed(view): the lecturer's picture, as ui/hall/server/pictures.py spells it. state(word): "here", "away" (no answer), or what the server said instead of a
//   snapshot: "unknown", "locked" or "full".
// world: { fetch, EventSource, page, document, random(), later(call, milliseconds) -> what stops it }.
export function createLink(address, { told, viewed, state }, world) {
  let stream = null;
  let stop = () => {};
  let turn = 0; // every waking is one; what an older one has asked for is no longer of interest
  let pause = PAUSE.min;
  let version = -1;

  async function wake() {
    const mine = ++turn;
    stream?.close();
    stream = null;
    stop();
    const answer = await ask();
    if (mine !== turn) return;
    if (answer.status !== 200) {
      const word = { 404: "unknown", 423: "locked" }[answer.status] ?? (/full/.test(answer.error) ? "full" : "away");
      state(word);
      if (mine !== turn) return; // whoever was told has closed it
      retry(word === "away" ? 1 : 4);
      return;
    }
    pause = PAUSE.min;
    version = -1; // whatever it says now holds, and is a sign that there is a network
    take(answer.snapshot);
    state("here");
    listen(mine);
  }

  async function ask() {
    const given = new AbortController();
    const stopAsking = world.later(() => given.abort(), PATIENCE);
    try {
      const response = await world.fetch(address.snapshot, { signal: given.signal, cache: "no-store" });
      const told = response.status === 200 || response.status === 503 ? await response.json() : {};
      return { status: response.status, snapshot: told, error: told.error };
    } catch {
      return { status: 0 };
    } finally {
      stopAsking();
    }
  }

  function listen(mine) {
    let silent = true;
    stream = new world.EventSource(address.events);
    stream.onmessage = ({ data }) => {
      if (mine !== turn) return;
      silent = false;
      take(JSON.parse(data));
    };
    stream.addEventListener("view", ({ data }) => mine === turn && viewed?.(JSON.parse(data)));
    stream.onerror = () => {
      if (mine !== turn) return;
      stream.close();
      retry(1);
    };
    // A stream that has died in silence is found out too.
    const poll = async () => {
      const answer = await ask();
      if (mine !== turn) return;
      const missed = answer.status !== 200 || (!silent && answer.snapshot.version > version);
      if (missed) return wake();
      // What the stream has said meanwhile may be newer than this answer.
      if (silent) take(answer.snapshot);
      stop = world.later(poll, silent ? POLL.silent : POLL.heard);
    };
    stop = world.later(poll, POLL.silent);
  }

  // A hall of phones that lost one server does not come back in one moment.
  function retry(times) {
    turn += 1;
    stop();
    stop = world.later(wake, times * pause * (0.5 + world.random()));
    pause = Math.min(2 * pause, PAUSE.max);
  }

  // Of one version there are many, since the votes grow and the picture moves under the hand.
  function take(snapshot) {
    if (snapshot.version < version) return;
    version = snapshot.version;
    told(snapshot);
  }

  const seen = () => world.document.visibilityState === "visible" && wake();
  const shown = ({ persisted }) => persisted && seen(); // out of the browser's memory, as it was left
  world.document.addEventListener("visibilitychange", seen);
  world.page.addEventListener("pageshow", shown);
  world.page.addEventListener("online", wake);
  wake();

  return {
    take,
    wake,
    close() {
      turn += 1;
      stop();
      stream?.close();
      world.document.removeEventListener("visibilitychange", seen);
      world.page.removeEventListener("pageshow", shown);
      world.page.removeEventListener("online", wake);
    },
  };
}
