// Asks for pictures: at most so many questions under way, always the newest one next.
// So slow answers mean fewer pictures, never a queue of old ones.

// askFor(view, asked): a promise of what is shown there; of null where there is nothing to draw. Where
// it is rejected with an error that has `again`, the answerer is busy: after so many ms the newest
// question is asked again, MOST_TRIES times in all.
// draw(shown, asked) is called for each answer that no newer one has overtaken; missed(asked) for a
// question that failed, unless a newer one waits.
const MOST_TRIES = 6;

export function createQuestions(askFor, draw, missed, most) {
  let underWay = 0;
  let next = null; // the newest question that has not been sent
  let last = null; // the newest question that has been sent
  let sent = 0;
  let drawn = 0;

  async function send(question) {
    const number = ++sent;
    last = question;
    question.tries += 1;
    underWay += 1;
    try {
      const shown = await askFor(question.view, question.asked);
      if (shown) show(shown, question.asked, number);
    } catch (error) {
      await failed(question, error);
    } finally {
      underWay -= 1;
      if (next) {
        const waiting = next;
        next = null;
        send(waiting);
      }
    }
  }

  async function failed(question, { again }) {
    if (again !== undefined && question.tries < MOST_TRIES) {
      await new Promise((resolve) => setTimeout(resolve, again));
      if (last === question) next ??= question; // else a newer one has been sent meanwhile
      return;
    }
    if (last === question) last = null;
    if (!next) missed(question.asked);
  }

  function show(shown, asked, number) {
    if (number < drawn) return; // a newer answer has overtaken this one
    drawn = number;
    draw(shown, asked);
  }

  return {
    ask(view, asked) {
      const newest = next ?? last;
      if (underWay && newest && newest.view === view && newest.asked === asked) return;
      const question = { view, asked, tries: 0 };
      if (underWay < most) send(question);
      else next = question;
    },
  };
}
