import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
// oxlint-disable-next-line no-restricted-imports -- this main process is a stand-in: it answers with made-up facts
import { app, BrowserWindow, ipcMain } from "electron";
import { simulatorsReady } from "#contract/bench/ready.ts";
import {
  benchChannel,
  benchEventChannel,
  displayChannel,
  displayReadyChannel,
  intentChannel,
} from "#contract/ipc/channels.ts";
import { createBenchLink, type BenchLink } from "#main/bench-link/bench-link.ts";
import { registerAppScheme, serveApp } from "#main/window/app-scheme.ts";
import { benchShots } from "./bench-shots.ts";
import { displayShots } from "./display-shots.ts";
import { managerShots } from "./manager-shots.ts";
import type { Shot } from "./shot.ts";

const built = process.env["PREVIEW_BUILT"] ?? "";
const pictures = process.env["PREVIEW_PICTURES"] ?? "";
const only = process.env["PREVIEW_ONLY"] ?? "";

const pages = {
  display: { page: "renderer/display.html", preload: "display" },
  bench: { page: "renderer/bench.html", preload: "bench" },
  manager: { page: "tests/preview-side/manager.html", preload: "till" },
} as const;

registerAppScheme();
app.disableHardwareAcceleration();
app.on("window-all-closed", () => undefined);
void app
  .whenReady()
  .then(takeAll)
  .then(
    () => app.exit(0),
    (cause: unknown) => {
      console.log(String(cause instanceof Error ? cause.stack : cause));
      app.exit(1);
    },
  );

async function takeAll(): Promise<void> {
  serveApp(join(built, "pages"));
  const shots = [...displayShots, ...managerShots, ...benchShots].filter((shot) => shot.name.includes(only));
  const twins = shots.some((shot) => shot.page === "bench") ? await startTwins() : null;
  for (const shot of shots) await take(shot, twins?.link ?? null);
  twins?.end();
}

async function take(shot: Shot, link: BenchLink | null): Promise<void> {
  const { page, preload } = pages[shot.page];
  const window = new BrowserWindow({
    width: shot.width,
    height: shot.height,
    x: 0,
    y: 0,
    frame: false,
    show: true,
    useContentSize: true,
    webPreferences: { preload: join(built, "preload", `${preload}.cjs`), sandbox: true, backgroundThrottling: false },
  });
  const problems: string[] = [];
  window.webContents.on("console-message", (event) => {
    if (event.level !== "info" && event.level !== "debug") problems.push(event.message);
  });
  ipcMain.removeAllListeners(displayReadyChannel);
  ipcMain.on(displayReadyChannel, (event) => event.sender.send(displayChannel, shot.display?.()));
  ipcMain.removeHandler(intentChannel);
  ipcMain.handle(intentChannel, (_event, intent: string, args: unknown) => shot.answer?.(intent, args));
  ipcMain.removeHandler(benchChannel);
  ipcMain.handle(benchChannel, (_event, method: "GET" | "POST", path: string, body: unknown) => {
    const value = method === "GET" ? (shot.twin?.(path) ?? null) : null;
    return value === null ? link?.control(method, path, body) : { ok: true, value };
  });
  await window.loadURL(`app://tillway/${page}?locale=${shot.locale}${shot.isDark === true ? "&dark" : ""}`);
  for (const step of shot.steps ?? []) await window.webContents.executeJavaScript(waitAndClick(step));
  await window.webContents.executeJavaScript(settled);
  const picture = await window.webContents.capturePage();
  await writeFile(join(pictures, `${shot.name}.png`), picture.toPNG());
  const overflow: unknown = await window.webContents.executeJavaScript(overflowing);
  const axe: unknown = await window.webContents.executeJavaScript(`${await axeSource()};${runAxe}`);
  console.log(JSON.stringify({ shot: shot.name, problems, overflow, axe }));
  window.destroy();
}

/** Clicks what the selector names as soon as it is there; gives up loudly after five seconds. */
function waitAndClick(step: string): string {
  return `new Promise((resolve, reject) => {
    const from = Date.now();
    const look = () => {
      const [selector, value] = ${JSON.stringify(step)}.split(" := ");
      const found = document.querySelector(selector);
      if (found !== null && value !== undefined) {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(found, value);
        found.dispatchEvent(new Event("input", { bubbles: true }));
        resolve();
      } else if (found !== null) { found.click(); resolve(); }
      else if (Date.now() - from > 5000) reject(new Error("nothing to click: " + selector));
      else requestAnimationFrame(look);
    };
    look();
  })`;
}

/** Fonts are there and nothing was drawn anew for a while. */
const settled = `document.fonts.ready.then(() => new Promise((resolve) => {
  let timer = setTimeout(resolve, 600);
  const observer = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(resolve, 400); });
  observer.observe(document.body, { subtree: true, childList: true });
  setTimeout(resolve, 3000);
}))`;

/** Elements whose text is cut off without an ellipsis, and anything that sticks out of the window. */
const overflowing = `[...document.querySelectorAll("body *")].filter((element) => {
  const box = element.getBoundingClientRect();
  if (box.width === 0 || element.closest("svg") !== null || element.closest(".visually-hidden") !== null) return false;
  const hidden = getComputedStyle(element);
  const cut = element.scrollWidth > element.clientWidth + 1 && hidden.overflowX === "hidden" && hidden.textOverflow !== "ellipsis";
  return cut || box.right > innerWidth + 1;
}).map((element) => element.className || element.tagName).slice(0, 8)`;

const axeSource = (): Promise<string> => readFile(process.env["PREVIEW_AXE"] ?? "", "utf8");

/** What an accessibility checker finds serious, with the first element of each finding. */
const runAxe = `axe.run().then(({ violations }) => violations
  .filter(({ impact }) => impact === "serious" || impact === "critical")
  .map(({ id, nodes }) => id + " " + nodes.length + "× " + nodes[0].html.slice(0, 140)))`;

async function startTwins(): Promise<{ readonly link: BenchLink; readonly end: () => void }> {
  const child = spawn(process.env["PREVIEW_NODE"] ?? "node", [process.env["PREVIEW_SIMULATORS"] ?? ""], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const ready = simulatorsReady.parse(JSON.parse(String(line)));
  const log = { info: () => undefined, warn: console.log, error: console.log, child: () => log };
  const link = createBenchLink(
    ready.control,
    (topic) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.send(benchEventChannel, topic);
    },
    log,
  );
  const till = await import("./bench-till.ts");
  await till.printSamples(ready, link);
  return { link, end: () => (link.close(), child.kill()) };
}
