// A figure as a file: in the page's own font, which the file carries, its settings at its foot.

const FOOT = 24; // pixels at the designed scale
const LEAST_WIDTH = 700; // below it labels that stand side by side on a page would collide

// plot: drawn by Plotly. look: { family, paper, muted, scale }. said: the line at the foot.
export async function saveFigure(plot, format, look, said, name) {
  const { width, height } = plot.getBoundingClientRect();
  const size = { width: Math.max(LEAST_WIDTH, Math.round(width)), height: Math.round(height) };
  const layout = { ...plot.layout, paper_bgcolor: look.paper, ...size };
  const address = await Plotly.toImage({ data: plot.data, layout }, { format: "svg", ...size });
  const picture = decodeURIComponent(address.slice(address.indexOf(",") + 1));
  const font = await embedded(look.family);
  const svg = withFoot(picture, size, look, said, font);
  const file = format === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await painted(svg);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${name}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function withFoot(picture, { width, height }, { family, paper, muted, scale }, said, font) {
  const space = Math.round(FOOT * scale);
  const root = new DOMParser().parseFromString(picture, "image/svg+xml").documentElement;
  const add = (tag, attributes, text = "") => {
    const made = document.createElementNS(root.namespaceURI, tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };
  root.setAttribute("height", height + space);
  root.setAttribute("viewBox", `0 0 ${width} ${height + space}`);
  root.style.background = paper;
  root.prepend(
    add("style", {}, font),
    add("rect", { width, height: height + space, fill: paper }),
  );
  const at = { x: 12 * scale, y: height + 0.6 * space, "font-size": 13 * scale, fill: muted };
  root.append(add("text", { ...at, "font-family": family.replaceAll('"', "'") }, said));
  return new XMLSerializer().serializeToString(root);
}

// The font's own files as a style sheet, since a picture cannot use those of the page.
const sheets = new Map(); // family -> a promise of the style sheet

function embedded(families) {
  const family = families.split(",")[0].replaceAll(/["']/g, "").trim();
  if (!sheets.has(family)) sheets.set(family, sheetOf(family));
  return sheets.get(family);
}

async function sheetOf(family) {
  const faces = [...document.styleSheets].flatMap(rules).filter(({ style }) => {
    const named = style.getPropertyValue("font-family").replaceAll(/["']/g, "");
    return named === family && !/italic/.test(style.getPropertyValue("font-style"));
  });
  return (await Promise.all(faces.map(inline))).join("\n");
}

// A sheet from another site does not show its rules.
function rules(sheet) {
  try {
    return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule);
  } catch {
    return [];
  }
}

async function inline(face) {
  const [, source] = face.cssText.match(/url\("?([^")]+)"?\)/) ?? [];
  if (!source) return "";
  const blob = await (await fetch(new URL(source, face.parentStyleSheet.href ?? document.baseURI))).blob();
  const address = await new Promise((resolve, reject) => {
    const reader = Object.assign(new FileReader(), { onerror: reject });
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(blob);
  });
  return face.cssText.replace(source, address);
}

async function painted(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 2 * image.width, height: 2 * image.height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
