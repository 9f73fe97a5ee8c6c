/// <reference lib="dom" />
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright";
import { until } from "#tests/support/poll.ts";

/** What a page of the running till could do when it tried. */
export interface Probed {
  readonly address: string;
  /** Addresses of everything it has loaded. */
  readonly loaded: readonly string[];
  /** Names of Node's and Electron's that it can see. */
  readonly globals: readonly string[];
  readonly bridges: Readonly<Record<string, readonly string[]>>;
  /** Names of the worlds its scripts run in; the preload's is another where contexts are isolated. */
  readonly worlds: readonly string[];
  readonly policy: string;
  readonly granted: readonly string[];
  /** Requests of the page that came through to a server of this machine. */
  readonly reached: number;
  readonly ranInlineScript: boolean;
  readonly isWebviewAlive: boolean;
  readonly readFile: boolean;
  /** Whether it still shows its own page after it tried to leave; by where it tried to go. */
  readonly left: readonly string[];
  readonly openedWindows: number;
}

/** Has one page try everything that no page of the till may do. It shows the same afterwards as before. */
export async function probePage(page: Page): Promise<Probed> {
  const server = createServer((_request, response) => response.writeHead(200).end("x"));
  let reached = 0;
  server.on("request", () => (reached += 1));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  // An address of a server that listens on a port is an object.
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  try {
    const { worlds, policy } = await lookFromOutside(page);
    const seen = await page.evaluate(tryFromInside, url);
    const windowsBefore = page.context().pages().length;
    const left: string[] = [];
    const address = page.url();
    for (const target of [url, "file:///etc/hostname", "https://example.invalid/", "data:text/html,x"]) {
      await page.evaluate((to) => window.location.assign(to), target).catch(() => null);
      // Whoever may not leave answers from the same page.
      const now = await page.evaluate(() => document.location.href).catch(() => "gone");
      if (now !== address) left.push(target);
    }
    const isOpened = await page.evaluate((to) => window.open(to) !== null, url);
    const openedWindows = page.context().pages().length - windowsBefore + Number(isOpened);
    return { address, ...seen, worlds, policy, reached, left, openedWindows };
  } finally {
    server.close();
  }
}

/** Its worlds and its policy, as Chromium tells them when the page is loaded anew. */
async function lookFromOutside(page: Page): Promise<{ readonly worlds: readonly string[]; readonly policy: string }> {
  const session = await page.context().newCDPSession(page);
  const worlds = new Set<string>();
  let policy: string | undefined;
  session.on("Runtime.executionContextCreated", ({ context }) => worlds.add(context.name));
  session.on("Network.responseReceived", ({ type, response }) => {
    if (type !== "Document") return;
    const found = Object.entries(response.headers).find(([name]) => name.toLowerCase() === "content-security-policy");
    policy ??= found?.[1] ?? "";
  });
  await session.send("Runtime.enable");
  await session.send("Network.enable");
  // Main holds the cart: a page that is loaded again shows the same.
  await page.reload();
  const told = await until("the page's policy", () => policy !== undefined && { policy });
  await session.detach();
  return { worlds: [...worlds], policy: told.policy ?? "" };
}

/** Runs in the page. */
async function tryFromInside(url: string) {
  const isDone = (trying: Promise<unknown>) =>
    trying.then(
      () => true,
      () => false,
    );
  const image = (src: string) =>
    new Promise<void>((resolve, reject) => {
      const element = new Image();
      element.addEventListener("load", () => resolve());
      element.addEventListener("error", () => reject(new Error("refused")));
      element.src = src;
    });
  // Before anything is tried: what was refused stands in the list too.
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  await isDone(fetch(url));
  await isDone(image(url));
  const script = document.createElement("script");
  script.textContent = "globalThis.inlineScriptRan = true";
  document.head.append(script);
  const webview = document.createElement("webview");
  document.body.append(webview);
  const isWebviewAlive = "getWebContentsId" in webview;
  for (const element of [script, webview]) element.remove();
  const names = ["geolocation", "notifications", "camera", "microphone", "midi", "clipboard-read"] as const;
  const granted: string[] = [];
  for (const name of names) {
    // The page's library names fewer permissions than Chromium has.
    const query = navigator.permissions.query({ name: name as PermissionName });
    if ((await query.then((answer) => answer.state).catch(() => "unknown")) === "granted") granted.push(name);
  }
  if (await isDone(navigator.mediaDevices.getUserMedia({ audio: true }))) granted.push("getUserMedia");
  const bridges = ["tillway", "tillwayDisplay", "tillwayBench"].flatMap((name) => {
    const found: unknown = Reflect.get(globalThis, name);
    return typeof found === "object" && found !== null ? [[name, Object.keys(found)] as const] : [];
  });
  return {
    loaded,
    globals: [...["require", "process", "module", "Buffer", "global", "electron", "ipcRenderer", "__dirname"]].filter(
      (name) => name in globalThis,
    ),
    bridges: Object.fromEntries(bridges),
    granted,
    ranInlineScript: "inlineScriptRan" in globalThis,
    isWebviewAlive,
    readFile: await isDone(fetch("file:///etc/hostname")),
  };
}
