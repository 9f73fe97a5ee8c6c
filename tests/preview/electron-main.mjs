import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
// oxlint-disable-next-line no-restricted-imports -- this script plays the part of main
import { app, BrowserWindow, ipcMain } from "electron";
import { registerAppScheme, serveApp } from "../../main/window/app-scheme.ts";
import { answerIntent } from "./answers.ts";
import { scenes } from "./scenes.ts";

/**
 * Photographs the till window, as it is built, in scripted situations: the page, its policy and its preload are the real
 * ones, main is a script. Usage: electron tests/preview/electron-main.mjs --out DIR [--scene NAME]… [--size WxH]…
 * [--locale zh-CN|en]… [--scheme light|dark]… [--renderer DIR] [--axe]
 */
const { values } = parseArgs({
  args: process.argv.slice(process.argv.findIndex((arg) => arg.endsWith("electron-main.mjs")) + 1),
  strict: false,
  options: {
    out: { type: "string" },
    scene: { type: "string", multiple: true },
    size: { type: "string", multiple: true },
    locale: { type: "string", multiple: true },
    scheme: { type: "string", multiple: true },
    renderer: { type: "string", default: "out/renderer" },
    axe: { type: "boolean" },
    preload: { type: "string", default: "out/preload/till.cjs" },
  },
});

registerAppScheme();
app.on("window-all-closed", () => undefined);
app.commandLine.appendSwitch("force-device-scale-factor", "1");

let view = null;
const problems = [];
// Not awaited here: Electron becomes ready only after this module has been read to its end.
void app.whenReady().then(run, (cause) => {
  console.error(cause);
  app.exit(1);
});

async function run() {
  serveApp(resolve(values.renderer));
  await mkdir(values.out, { recursive: true });
  ipcMain.handle("till:intent", (_event, intent, args) =>
    intent === "look" ? { ok: true, value: view } : answerIntent(intent, args),
  );
  try {
    for (const size of values.size ?? ["1280x800"]) {
      for (const locale of values.locale ?? ["zh-CN"]) {
        for (const scheme of values.scheme ?? ["light"]) await photographAll(size, locale, scheme);
      }
    }
  } catch (cause) {
    problems.push(String(cause));
  }
  console.log(JSON.stringify({ out: values.out, problems }, null, 1));
  app.exit(problems.length === 0 ? 0 : 1);
}

async function photographAll(size, locale, scheme) {
  const [width, height] = size.split("x").map(Number);
  const window = new BrowserWindow({
    width,
    height,
    useContentSize: true,
    frame: false,
    webPreferences: { preload: resolve(values.preload), sandbox: true, contextIsolation: true },
  });
  window.webContents.on("console-message", ({ level, message }) => {
    if (level === "error" || level === "warning") problems.push(`${size} ${locale} ${scheme}: ${message}`);
  });
  for (const [name, scene] of Object.entries(scenes)) {
    if (values.scene !== undefined && !values.scene.includes(name)) continue;
    view = scene.view(locale);
    await load(window);
    const wanted = JSON.stringify(scheme);
    const stored = await window.webContents.executeJavaScript(`localStorage.getItem("mantine-color-scheme-value")`);
    if (stored !== scheme) {
      await window.webContents.executeJavaScript(`localStorage.setItem("mantine-color-scheme-value", ${wanted})`);
      await load(window);
    }
    await settle(window);
    for (const step of scene.steps ?? []) {
      await perform(window, step);
      await settle(window);
    }
    const image = await window.webContents.capturePage();
    await writeFile(join(values.out, `${name}-${size}-${locale}-${scheme}.png`), image.toPNG());
    problems.push(...(await overflows(window, `${name} ${size} ${locale}`)));
    if (values.axe) problems.push(...(await inaccessible(window, `${name} ${size} ${locale} ${scheme}`)));
  }
  window.destroy();
}

/** A page that is loaded again while its sounds are still being fetched fails once in a while; the second try does not. */
async function load(window) {
  const url = "app://tillway/index.html";
  await window.loadURL(url).catch(() => window.loadURL(url));
}

/** A key by name, a text typed, a patch pushed as main would, or a click on a test id, the focus on one, or its appearance. */
async function perform(window, step) {
  if ("patch" in step) window.webContents.send("till:view", step.patch);
  // A page that is loaded when it is asked for takes its time on a busy machine.
  const wanted = step.click ?? step.focus ?? step.shows;
  if (wanted !== undefined) await window.webContents.executeJavaScript(appearance(wanted));
  if ("click" in step) {
    await window.webContents.executeJavaScript(`document.querySelector('${step.click}').click()`);
  }
  if ("focus" in step) {
    await window.webContents.executeJavaScript(`document.querySelector('${step.focus}').focus()`);
  }
  if ("keys" in step) {
    for (const key of step.keys) {
      const init = JSON.stringify({ key, bubbles: true, cancelable: true });
      await window.webContents.executeJavaScript(
        `(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", ${init}))`,
      );
    }
  }
  if ("type" in step) await window.webContents.insertText(step.type);
}

/** Rejects where it has not come within ten seconds. */
function appearance(selector) {
  return `new Promise((done, failed) => {
    const until = Date.now() + 10_000;
    const look = () => document.querySelector('${selector}') !== null ? done(true)
      : Date.now() > until ? failed(new Error('not there: ${selector}')) : setTimeout(look, 20);
    look();
  })`;
}

/** Waits until two frames were painted after fonts, styles and the last answer are there. */
function settle(window) {
  return window.webContents.executeJavaScript(`
    new Promise((done) => document.fonts.ready.then(() => setTimeout(() =>
      requestAnimationFrame(() => requestAnimationFrame(() => done())), 250)))`);
}

/** Anything wider than its box that is not meant to scroll, or outside the window, is a mistake of the layout. */
function overflows(window, where) {
  return window.webContents.executeJavaScript(`
    [...document.querySelectorAll("body *")].filter((one) => {
      const style = getComputedStyle(one);
      if (style.display === "inline" || one.closest(".visually-hidden, svg")) return false;
      const cuts = style.overflowX === "visible" && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0;
      const tall = one.matches(".payment, .dialog-body, .sign-in-desk, .shift-desk") && one.scrollHeight > one.clientHeight + 1;
      if (tall) return true;
      const box = one.getBoundingClientRect();
      return cuts || (box.width > 0 && (box.right > innerWidth + 1) && !one.closest(".status-who, .cart-lines"));
    }).slice(0, 3).map((one) => ${JSON.stringify(where)} + ": does not fit: " + one.className + " " + one.textContent.slice(0, 40))`);
}

/** What axe finds, with the first thing it finds it in. */
async function inaccessible(window, where) {
  const axe = await readFile(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  await window.webContents.executeJavaScript(`${axe}; 0`);
  return window.webContents.executeJavaScript(`
    axe.run({ resultTypes: ["violations"] }).then(({ violations }) =>
      violations.map(({ id, impact, nodes }) =>
        ${JSON.stringify(where)} + ": " + impact + " " + id + " " + nodes[0].html.slice(0, 90) + " × " + nodes.length))`);
}
