import type { ChildProcess } from "node:child_process";
import { _electron, type ElectronApplication, type Page } from "playwright";
import type { TillBridge } from "#contract/ipc/bridge.ts";
import type { IntentArgs, IntentName, IntentResult } from "#contract/ipc/intents.ts";
import type { TillView } from "#contract/ipc/till-view.ts";
import { launchSpec } from "#scripts/electron-runtime.ts";
import { until } from "./poll.ts";
import { shiftedClock } from "./shifted-clock.ts";

declare global {
  // The till window's bridge, as the pages under test see it.
  var tillway: TillBridge;
}

/** A start of the built till in real Electron, whatever becomes of it. */
export interface Start {
  readonly app: ElectronApplication;
  /** What it said on the console so far, both streams. */
  console(): string;
  /** The window that shows a page of ours, such as `display.html`, once it is there. */
  window(page: string): Promise<Page>;
  /** SIGKILL to the till and all its processes, as a power cut would. The signal is sent before this returns. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** The till, open, driven through its windows. */
export interface TillUnderTest extends Start {
  readonly page: Page;
  /** PINs by cashier id, read from the console like a shopkeeper would. */
  readonly pins: ReadonlyMap<string, string>;
  send<N extends IntentName>(intent: N, args: IntentArgs<N>): Promise<IntentResult<N>>;
  /** The whole view, asked of main. */
  view(): Promise<TillView>;
}

export interface OpenTillOptions {
  readonly dataDir: string;
  readonly args?: readonly string[];
  /** PINs told on the console of an earlier start of this data directory. */
  readonly pins?: ReadonlyMap<string, string>;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** By how much the wall clock of its main process is off; milliseconds. */
  readonly clockOffMs?: number;
  /** Told as soon as the process is there, long before its windows are. */
  readonly onStart?: (start: Start) => void;
}

/** A till that hangs while closing is killed after this; what it says it has stored is stored. Milliseconds. */
const closePatienceMs = 10_000;

export async function openTill(options: OpenTillOptions): Promise<TillUnderTest> {
  const pins = new Map(options.pins);
  const start = await startTill(options, (text) => {
    for (const [, id, pin] of text.matchAll(/\(([\w-]+)\) PIN (\d+)/g)) {
      if (id !== undefined && pin !== undefined) pins.set(id, pin);
    }
  });
  options.onStart?.(start);
  const page = await start.window("index.html");
  await page.waitForFunction(() => "tillway" in globalThis);
  return {
    ...start,
    page,
    pins,
    // Playwright cannot carry the generic through to the page; the bridge itself is typed.
    send: (intent, args) =>
      page.evaluate(([name, value]) => tillway.send(name as never, value as never), [intent, args] as const),
    async view() {
      const looked = await page.evaluate(() => tillway.send("look", {}));
      if (!looked.ok) throw new Error("the till does not let itself be looked at");
      return looked.value;
    },
  };
}

export async function startTill(options: OpenTillOptions, onText: (text: string) => void = () => {}): Promise<Start> {
  const { dataDir, args = [], env = {}, clockOffMs = 0 } = options;
  const clock = clockOffMs === 0 ? null : shiftedClock(clockOffMs);
  const spec = launchSpec(["--data-dir", dataDir, ...args], { env: { ...env, ...clock?.env } });
  // Electron's own arguments stand before the till's; NODE_OPTIONS is taken away by Playwright.
  const electronArgs = clock === null ? [] : ["--require", clock.preload];
  const app = await _electron.launch({
    ...{ executablePath: spec.executable, args: [...electronArgs, ...spec.args], env: spec.env },
  });
  const child = app.process();
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (bytes: Buffer) => {
      text += bytes.toString();
      onText(text);
    });
  }
  const kill = async (): Promise<void> => {
    killTree(child);
    await gone;
  };
  return {
    app,
    console: () => text,
    window: (name) =>
      until(`window ${name}`, () => app.windows().find((page) => URL.parse(page.url())?.pathname === `/${name}`)),
    kill,
    async close() {
      const killer = setTimeout(() => child.kill("SIGKILL"), closePatienceMs);
      // Closing races with a till that has just ended by itself; either way it is gone.
      await app.close().catch(() => null);
      await gone;
      clearTimeout(killer);
    },
  };
}

/** Playwright starts the till as the leader of a group; windows, device host and simulators are in it. */
function killTree(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    // There is no such group: the till is gone, or the machine knows none.
    child.kill("SIGKILL");
  }
}

/** Signs the cashier in and opens a shift where none is open. */
export async function beginSelling(till: TillUnderTest, cashierId = "cashier-1"): Promise<void> {
  const pin = await until(`the PIN of ${cashierId}`, () => till.pins.get(cashierId));
  const signedIn = await till.send("sign-in", { cashierId, pin });
  if (!signedIn.ok) throw new Error(`sign-in: ${JSON.stringify(signedIn.fault)}`);
  if ((await till.view()).shift === null) await till.send("open-shift", { floatFen: 20_000 });
}

/** Rings items up by their barcodes through the bridge; throws for one that did not go in. */
export async function ringUp(till: TillUnderTest, ...barcodes: readonly string[]): Promise<void> {
  for (const text of barcodes) {
    const scanned = await till.send("scan", { text, by: "typed" });
    if (!scanned.ok) throw new Error(`${text}: ${JSON.stringify(scanned.fault)}`);
  }
}
