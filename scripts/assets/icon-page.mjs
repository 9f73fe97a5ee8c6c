// Electron's own entry point for draw-icon.ts: shows the SVG alone on a transparent page and saves what is painted.
import { readFile, writeFile } from "node:fs/promises";
import { BrowserWindow } from "electron";
import { runInElectron } from "../run-in-electron.mjs";

const SIDE_PX = 512;
const [svgFile, pngFile] = process.argv.slice(-2);

runInElectron(draw);

async function draw() {
  if (svgFile === undefined || pngFile === undefined) throw new Error("draw-icon.ts gives the two files");
  const svg = await readFile(svgFile, "utf8");
  const window = new BrowserWindow({
    width: SIDE_PX,
    height: SIDE_PX,
    useContentSize: true,
    frame: false,
    show: false,
    transparent: true,
    webPreferences: { offscreen: true, sandbox: true },
  });
  const page = `<style>*{margin:0}svg{display:block;width:${SIDE_PX}px;height:${SIDE_PX}px}</style>${svg}`;
  await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`);
  const picture = await window.webContents.capturePage({ x: 0, y: 0, width: SIDE_PX, height: SIDE_PX });
  if (picture.isEmpty()) throw new Error("nothing was painted");
  await writeFile(pngFile, picture.toPNG());
}
