// Electron's own entry point for draw-icon.ts: shows the SVG alone on a transparent page, in every size that was asked for,
// and saves what is painted as N.png.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BrowserWindow } from "electron";
import { runInElectron } from "../run-in-electron.mjs";

const MOST_PX = 1_024;
const [svgFile, folder, sides] = process.argv.slice(-3);

runInElectron(draw);

async function draw() {
  if (svgFile === undefined || folder === undefined || sides === undefined) throw new Error("draw-icon.ts says what");
  const svg = await readFile(svgFile, "utf8");
  const window = new BrowserWindow({
    width: MOST_PX,
    height: MOST_PX,
    useContentSize: true,
    frame: false,
    show: false,
    transparent: true,
    webPreferences: { offscreen: true, sandbox: true },
  });
  for (const side of sides.split(",").map(Number)) {
    const page = `<style>*{margin:0}svg{display:block;width:${side}px;height:${side}px}</style>${svg}`;
    await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`);
    const picture = await window.webContents.capturePage({ x: 0, y: 0, width: side, height: side });
    if (picture.isEmpty()) throw new Error(`nothing was painted at ${side} px`);
    await writeFile(join(folder, `${side}.png`), picture.toPNG());
  }
}
