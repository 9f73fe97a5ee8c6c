// Electron's own entry point for draw-font.ts: draws each character into a cell of 24 × 24 dots (ASCII: the left 12 of
// them) and saves 72 bytes for each, rows from the top, the highest bit leftmost, 1 = black.
import { readFile, writeFile } from "node:fs/promises";
import { BrowserWindow } from "electron";
import { runInElectron } from "../run-in-electron.mjs";

const [wantedFile, drawnFile] = process.argv.slice(-2);
/** Characters drawn in one go. */
const BATCH = 512;

runInElectron(draw);

async function draw() {
  if (wantedFile === undefined || drawnFile === undefined) throw new Error("draw-font.ts gives the two files");
  const wanted = JSON.parse(await readFile(wantedFile, "utf8"));
  const window = new BrowserWindow({ show: false, webPreferences: { offscreen: true, sandbox: true } });
  await window.loadURL("data:text/html,<canvas></canvas>");
  const parts = [];
  for (let from = 0; from < wanted.length; from += BATCH) {
    const batch = JSON.stringify(wanted.slice(from, from + BATCH));
    parts.push(Buffer.from(await window.webContents.executeJavaScript(`(${String(drawBatch)})(${batch})`), "base64"));
  }
  await writeFile(drawnFile, Buffer.concat(parts));
}

/**
 * Runs in the page.
 *
 * @param {readonly (readonly [point: number, font: string])[]} batch
 */
function drawBatch(batch) {
  const side = 24;
  // Below it the thin strokes of dense characters would break, above it they would clot.
  const blackFrom = 96;
  const canvas = new OffscreenCanvas(side, side);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (pen === null) throw new Error("the page has no canvas");
  pen.textBaseline = "alphabetic";
  const bytes = new Uint8Array(batch.length * 72);
  batch.forEach(([point, font], index) => {
    const text = String.fromCodePoint(point);
    const isNarrow = point < 0x7f;
    const cell = isNarrow ? 12 : side;
    pen.font =
      font === "noto" ? `24px "${isNarrow ? "Noto Sans Mono CJK SC" : "Noto Sans CJK SC"}"` : '20px "DejaVu Sans"';
    pen.clearRect(0, 0, side, side);
    const wide = pen.measureText(text).width;
    // In the middle of its cell; one that is wider is drawn narrower.
    pen.fillText(text, wide >= cell ? 0 : Math.round((cell - wide) / 2), font === "noto" ? 21 : 19, cell);
    const { data } = pen.getImageData(0, 0, side, side);
    for (let y = 0; y < side; y += 1) {
      for (let x = 0; x < cell; x += 1) {
        const at = index * 72 + y * 3 + (x >> 3);
        if ((data[(y * side + x) * 4 + 3] ?? 0) >= blackFrom) bytes[at] = (bytes[at] ?? 0) | (0x80 >> (x & 7));
      }
    }
  });
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
