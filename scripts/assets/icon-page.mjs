// Electron's own entry point for draw-icon.ts: shows the SVG alone on a transparent page and saves what is painted.
// Plain JavaScript, because Electron does not strip types from the file it is started on.
import { readFile, writeFile } from "node:fs/promises";
import { app, BrowserWindow } from "electron";

const SIDE_PX = 512;
const [svgFile, pngFile] = process.argv.slice(-2);

// Screens that scale up would otherwise double the picture's size.
app.commandLine.appendSwitch("force-device-scale-factor", "1");
app.disableHardwareAcceleration();

// Not awaited at the top level: Electron becomes ready only once this module has been evaluated.
app
  .whenReady()
  .then(draw)
  .then(
    () => app.exit(0),
    (cause) => {
      console.error(cause);
      app.exit(1);
    },
  );

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
