// One question under way, the newest next: whoever waits when a newer one comes is told null.

export function createNewest(ask) {
  let underWay = false;
  let next = null; // { question, resolve, reject }

  async function send({ question, resolve, reject }) {
    underWay = true;
    try {
      resolve(await ask(question));
    } catch (error) {
      reject(error);
    }
    underWay = false;
    const waiting = next;
    next = null;
    if (waiting) send(waiting);
  }

  return (question) =>
    new Promise((resolve, reject) => {
      const one = { question, resolve, reject };
      if (!underWay) send(one);
      else {
        next?.resolve(null);
        next = one;
      }
    });
}
