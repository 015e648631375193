// Asks a server for a picture: a promise of it, of null where there is none; rejected where it failed,
// with `again` in ms where the server is only busy.

// Which of its visitors' pages this is, for a server that shares its time out among them.
const PAGE = crypto.getRandomValues(new Uint32Array(2)).join("-");

// data: the name of a visitor's data, which goes in a header since addresses are written into logs.
export async function askAt(address, data) {
  const headers = data ? { "X-Page": PAGE, "X-Data": data } : { "X-Page": PAGE };
  const response = await fetch(address, { headers });
  if (response.status === 429) {
    const seconds = Number(response.headers.get("Retry-After")) || 1;
    throw Object.assign(new Error("The server is busy."), { again: 1000 * seconds });
  }
  return response.ok ? response.json() : null;
}
