// A vote, from the tap to the server's word for it.
//
// One vote a question and round, and the newest tap counts. What the server has not confirmed is kept,
// also over a reload, and sent again, one request at a time, but never after the close.

const TRIES = { min: 500, max: 8000 }; // milliseconds between two tries

// kept: { get(), set(votes) }, what outlives a reload: the votes by question and round.
// send({ question, round, value }): a promise of { status, snapshot, wait }: the snapshot of a 409, the
//   seconds that the server wants left alone; rejected where nothing came back.
// told(snapshot): a 409 brought the present state. changed(): what `of` says has changed.
// later(call, milliseconds): calls once, then.
//
// A vote: { question, round, value, state, failed, sent }. state: "kept", "sent", "late" (the close came first)
// or "refused"; failed: a try to send it has failed; sent: the last value that the server has confirmed.
export function createVotes({ kept, send, told, changed, later }) {
  const votes = kept.get();
  let open = null; // { question, round } that can be voted on now
  let sending = false;
  let pause = TRIES.min;
  let waits = 0; // a number for the pause that counts; an older one's end is no longer of interest

  const keyOf = ({ question, round }) => `${round} ${question}`;
  const isOpen = (vote) => open !== null && keyOf(vote) === keyOf(open);

  function write() {
    kept.set(votes);
    changed();
  }

  async function flush() {
    const vote = Object.values(votes).find((one) => one.state === "kept" && isOpen(one));
    if (sending || !vote) return;
    waits += 1;
    sending = true;
    const { value } = vote;
    const answer = await send({ question: vote.question, round: vote.round, value }).catch(() => ({ status: 0 }));
    sending = false;
    const { status } = answer;
    if (status === 204) {
      pause = TRIES.min;
      vote.sent = value;
      if (vote.state === "kept" && vote.value === value) vote.state = "sent";
      write();
      flush();
    } else if (status === 409) {
      end(vote);
      write();
      if (answer.snapshot) told(answer.snapshot);
    } else if (status === 0 || status === 429 || status >= 500) {
      vote.failed = true;
      write();
      again(answer.wait);
    } else {
      vote.state = "refused";
      write();
    }
  }

  function again(seconds) {
    const number = ++waits;
    later(() => number === waits && flush(), Math.max(pause, 1000 * (seconds ?? 0)));
    pause = Math.min(2 * pause, TRIES.max);
  }

  // What the server has is what counts.
  function end(vote) {
    vote.state = "late";
  }

  return {
    tap(value) {
      if (!open) return;
      const vote = (votes[keyOf(open)] ??= { ...open });
      if (vote.state === "sent" && vote.value === value) return;
      Object.assign(vote, { value, state: "kept", failed: false });
      write();
      flush();
    },
    // The room's present state, from wherever it came; also a sign that there is a network again.
    seen({ phase, question, round }) {
      open = phase === "open" && question ? { question: question.id, round } : null;
      let ended = false;
      for (const vote of Object.values(votes)) {
        if (vote.state !== "kept" || isOpen(vote)) continue;
        end(vote);
        ended = true;
      }
      if (ended) write();
      pause = TRIES.min;
      flush();
    },
    of: (question, round) => votes[keyOf({ question, round })] ?? null,
  };
}
