// Asks the server for pictures: at most two questions under way, always the newest one next.
// So a slow server means fewer pictures, never a queue of old ones.

const MOST = 2;

export function createQuestions(base, draw, missed) {
  let underWay = 0;
  let next = null; // the newest question that has not been sent
  let last = null; // the newest question that has been sent
  let sent = 0;
  let drawn = 0;

  async function send(question) {
    const number = ++sent;
    last = question;
    underWay += 1;
    try {
      const response = await fetch(`${base}/live/${question.view}?${question.asked}`);
      if (response.ok) show(await response.json(), question.asked, number);
    } catch {
      if (last === question) last = null;
      if (!next) missed(question.asked);
    } finally {
      underWay -= 1;
      if (next) {
        const waiting = next;
        next = null;
        send(waiting);
      }
    }
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
      const question = { view, asked };
      if (underWay < MOST) send(question);
      else next = question;
    },
  };
}
