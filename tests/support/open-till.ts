import { _electron, type ElectronApplication, type Page } from "playwright";
import type { TillBridge } from "#contract/ipc/bridge.ts";
import type { IntentArgs, IntentName, IntentResult } from "#contract/ipc/intents.ts";
import type { TillView } from "#contract/ipc/till-view.ts";
import { launchSpec } from "#scripts/electron-runtime.ts";
import { until } from "./poll.ts";

declare global {
  // The till window's bridge, as the pages under test see it.
  var tillway: TillBridge;
}

/** The built till in real Electron, driven through its windows. */
export interface TillUnderTest {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** PINs by cashier id, read from the console like a shopkeeper would. */
  readonly pins: ReadonlyMap<string, string>;
  /** The other windows by their page: `display.html`, `bench.html`. */
  window(page: string): Promise<Page>;
  send<N extends IntentName>(intent: N, args: IntentArgs<N>): Promise<IntentResult<N>>;
  /** The whole view, asked of main. */
  view(): Promise<TillView>;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenTillOptions {
  readonly dataDir: string;
  readonly args?: readonly string[];
  /** PINs told on the console of an earlier start of this data directory. */
  readonly pins?: ReadonlyMap<string, string>;
}

export async function openTill(options: OpenTillOptions): Promise<TillUnderTest> {
  const spec = launchSpec(["--data-dir", options.dataDir, ...(options.args ?? [])]);
  const app = await _electron.launch({ executablePath: spec.executable, args: [...spec.args], env: spec.env });
  const pins = new Map(options.pins);
  app.process().stdout?.on("data", (text: Buffer) => {
    for (const [, id, pin] of text.toString().matchAll(/\(([\w-]+)\) PIN (\d+)/g)) {
      if (id !== undefined && pin !== undefined) pins.set(id, pin);
    }
  });
  const window = (name: string): Promise<Page> =>
    until(`window ${name}`, () => app.windows().find((page) => page.url().endsWith(`/${name}`)));
  const page = await window("index.html");
  await page.waitForFunction(() => "tillway" in globalThis);
  return {
    app,
    page,
    pins,
    window,
    // Playwright cannot carry the generic through to the page; the bridge itself is typed.
    send: (intent, args) =>
      page.evaluate(([name, value]) => tillway.send(name as never, value as never), [intent, args] as const) as never,
    async view() {
      const looked = await page.evaluate(() => tillway.send("look", {}));
      if (!looked.ok) throw new Error("the till does not let itself be looked at");
      return looked.value;
    },
    async kill() {
      const child = app.process();
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await gone;
    },
    close: () => app.close(),
  };
}

/** Signs the cashier in and opens a shift where none is open. */
export async function beginSelling(till: TillUnderTest, cashierId = "cashier-1"): Promise<void> {
  const pin = await until(`the PIN of ${cashierId}`, () => till.pins.get(cashierId));
  const signedIn = await till.send("sign-in", { cashierId, pin });
  if (!signedIn.ok) throw new Error(`sign-in: ${JSON.stringify(signedIn.fault)}`);
  if ((await till.view()).shift === null) await till.send("open-shift", { floatFen: 20_000 });
}
