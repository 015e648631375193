// What can be done to a lecture of one's own: each gives another lecture and leaves the old one as it was.

export const EMPTY = { version: 1, title: "My lecture", scenes: [] };

export function titled(lecture, title) {
  return { ...lecture, title };
}

export function added(lecture, scene) {
  return { ...lecture, scenes: [...lecture.scenes, scene] };
}

// place: counted from 0.
export function removed(lecture, place) {
  return { ...lecture, scenes: lecture.scenes.toSpliced(place, 1) };
}

export function inserted(lecture, place, scene) {
  return { ...lecture, scenes: lecture.scenes.toSpliced(place, 0, scene) };
}

// The scene at a place goes to another; beyond the ends it stays at the end.
export function moved(lecture, place, to) {
  const last = lecture.scenes.length - 1;
  return inserted(removed(lecture, place), Math.min(Math.max(to, 0), last), lecture.scenes[place]);
}

// Sets fields of a scene; a field that is set to undefined is taken out.
export function changed(lecture, place, fields) {
  const scene = Object.fromEntries(
    Object.entries({ ...lecture.scenes[place], ...fields }).filter(([, value]) => value !== undefined),
  );
  return { ...lecture, scenes: lecture.scenes.with(place, scene) };
}

// Whether the scene can be what its predecessor shows after the reveal.
export function joins(lecture, place) {
  const [one, other] = [lecture.scenes[place - 1], lecture.scenes[place]];
  if (one?.page !== other.page || one.after !== undefined || other.after !== undefined) return false;
  return !["setup", "question", "options", "explain"].some((name) => other[name]?.length) && !other.scale;
}

// The scene becomes what its predecessor shows after the reveal.
export function joined(lecture, place) {
  const { before = "", parts = [] } = lecture.scenes[place];
  const one = lecture.scenes[place - 1];
  const both = [...new Set([...(one.parts ?? []), ...parts])];
  return removed(changed(lecture, place - 1, { after: before, parts: both.length ? both : undefined }), place);
}

// What the scene shows after the reveal becomes a scene of its own, behind it.
export function split(lecture, place) {
  const { page, after, parts } = lecture.scenes[place];
  const own = { page, before: after, ...(parts && { parts }) };
  return inserted(changed(lecture, place, { after: undefined }), place + 1, own);
}

// Without the fields that are still empty, as it is saved and given.
export function finished({ version, title, scenes }) {
  const empty = (value) => value === "" || (Array.isArray(value) && !value.length);
  const full = (scene) =>
    Object.fromEntries(Object.entries(scene).filter(([name, value]) => name === "after" || !empty(value)));
  return { version, title, scenes: scenes.map(full) };
}
