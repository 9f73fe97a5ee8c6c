import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { type Browser, chromium, type Page } from "playwright";
import { layOutVersions } from "#scripts/packaged/lay-out.ts";
import type { PackagedApp } from "#scripts/packaged/packaged-app.ts";
import { writeFeed } from "#scripts/packaged/write-feed.ts";
import { lesserUser, startPackage, startPatienceMs } from "#scripts/smoke/open-packaged.ts";
import { readBooks } from "#tests/support/books.ts";
import { freePort } from "#tests/support/free-port.ts";
import { until } from "#tests/support/poll.ts";
import { processes } from "#tests/support/processes.ts";
import { type FeedServer, serveFeed } from "./feed-server.ts";
import { makeVersion, spoiltWords } from "./make-version.ts";

export interface UpdateVerdict {
  readonly ok: boolean;
  readonly from: string;
  readonly to: string;
  /** Lay ready and was not put in while a sale was open, while it was paid, and while somebody was signed in. */
  readonly waited: boolean;
  readonly updated: boolean;
  /** The broken version was taken back, is written down, and a notice says so. */
  readonly rolledBack: boolean;
  /** The sale from before is there once, and nothing that the broken version wrote. */
  readonly booksKept: boolean;
  readonly badDownloadRefused: boolean;
  readonly seconds: number;
}

/** The till asks the feed this often in the proof. Seconds. */
const askEverySeconds = 2;
/** Longer than three looks whether the till is idle. Milliseconds. */
const threeLooksMs = 7_000;
/** A download, an unpacking and a start on a busy machine. Milliseconds. */
const updatePatienceMs = 240_000;
/** How long the launcher lets a version try, seconds: one that is broken here ends by itself. */
const trialSeconds = "120";

export async function proveUpdates(
  app: PackagedApp,
  options: { readonly version: string; readonly env: NodeJS.ProcessEnv; readonly say: (line: string) => void },
): Promise<UpdateVerdict> {
  const began = performance.now();
  const { version: from, say } = options;
  const [to, broken, damaged] = [1, 2, 3].map((more) => from.replace(/\d+$/, (last) => String(Number(last) + more)));
  if (to === undefined || broken === undefined || damaged === undefined) throw new Error("there are three versions");
  const root = mkdtempSync(join(tmpdir(), "tillway-updates-"));
  // The till runs as somebody who may pass through and no more.
  chmodSync(root, 0o711);
  const feed = await serveFeed();
  const place: Place = {
    ...{ root, feed, say, home: join(root, "home"), dataDir: join(root, "data"), port: await freePort() },
  };
  try {
    await layOut(app, from, place, feed);
    for (const [name, isBroken] of [[to, false] as const, [broken, true] as const]) {
      const dir = join(root, "made");
      await writeFeed(await makeVersion(app, name, dir, isBroken), name, join(root, name));
      rmSync(dir, { recursive: true, force: true });
      say(`made ${name}`);
    }
    spoilFeed(join(root, to), to, damaged, join(root, damaged));

    const env = { ...options.env, TILLWAY_PATIENCE: trialSeconds };
    startPackage(
      { executable: join(place.home, "tillway") },
      { dataDir: place.dataDir, env, args: [`--remote-debugging-port=${place.port}`] },
    );
    const waited = await sellWhileItWaits(place, to);
    await until(`${to} is the present version`, () => word(place, "current") === to, updatePatienceMs);
    const updated = await withTill(
      place,
      async (page) => (await versionOf(page)) !== "" && word(place, "trying") === "",
    );
    say(`${to} runs`);
    const sold = readBooks(place.dataDir).sales.length;

    feed.offer(join(root, broken));
    await until(`${broken} was taken back`, () => word(place, "failed") === broken, updatePatienceMs);
    const rolledBack = await withTill(place, async (page) => {
      const told = await until("a notice says so", async () => {
        const looked = await page.evaluate(() => tillway.send("look", {}));
        return looked.ok && looked.value.notices.find(({ kind }) => kind === "update-failed");
      });
      return word(place, "current") === to && told.kind === "update-failed" && told.version === broken;
    });
    say(`${broken} was taken back`);
    const isSpoilt = logOf(place).includes(spoiltWords);
    const booksKept =
      isSpoilt && sold === 1 && readBooks(place.dataDir).sales.length === 1 && brokenEntries(place.dataDir) === 0;

    feed.offer(join(root, damaged));
    const archive = (name: string) => name.endsWith(".tar.gz") && name.includes(damaged);
    await until("the damaged download was thrown away", () => /sha512/.test(logOf(place)), updatePatienceMs);
    const isAbsent = !readdirSync(join(place.home, "versions")).some((name) => name.startsWith(damaged));
    const badDownloadRefused = feed.asked.some(archive) && isAbsent && word(place, "current") === to;

    const ok = waited && updated && rolledBack && booksKept && badDownloadRefused;
    const seconds = Math.round((performance.now() - began) / 1000);
    return { ok, from, to, waited, updated, rolledBack, booksKept, badDownloadRefused, seconds };
  } catch (cause) {
    say(logOf(place).split("\n").slice(-20).join("\n"));
    throw cause;
  } finally {
    endAll(place);
    feed.close();
    rmSync(root, { recursive: true, force: true });
  }
}

interface Place {
  readonly root: string;
  readonly home: string;
  readonly dataDir: string;
  readonly port: number;
  readonly feed: FeedServer;
  readonly say: (line: string) => void;
}

async function layOut(app: PackagedApp, version: string, { home }: Place, { url }: FeedServer): Promise<void> {
  layOutVersions(app, version, home, `${url} ${askEverySeconds}`);
  const user = lesserUser();
  if (user === null) return;
  for (const path of [home, join(home, "versions"), join(home, "current"), join(home, "feed")]) {
    chownSync(path, user.uid, user.gid);
  }
}

/** The same archive under a later version, with one byte changed: its sha512 is another than the feed says. */
function spoilFeed(good: string, version: string, next: string, folder: string): void {
  const name = readdirSync(good).find((one) => one.endsWith(".tar.gz")) ?? "";
  const bytes = readFileSync(join(good, name));
  bytes[bytes.length - 1] = ((bytes.at(-1) ?? 0) + 1) % 256;
  const yml = readFileSync(join(good, "latest-linux.yml"), "utf8");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name.replace(version, next)), bytes);
  writeFileSync(join(folder, "latest-linux.yml"), yml.replaceAll(version, next));
}

/** One sale, held open and paid while the next version lies ready; then the cashier signs out. */
async function sellWhileItWaits(place: Place, to: string): Promise<boolean> {
  return withTill(place, async (page) => {
    const pin = await until("the cashier's PIN", async () => {
      const looked = await page.evaluate(() => tillway.send("look", {}));
      return looked.ok && looked.value.people.find(({ id }) => id === "cashier-1")?.demoPin;
    });
    await page.evaluate((given) => tillway.send("sign-in", { cashierId: "cashier-1", pin: given }), pin);
    await page.evaluate(() => tillway.send("open-shift", { floatFen: 20_000 }));
    await page.evaluate(() => tillway.send("scan", { text: "6920536012350", by: "typed" }));
    place.feed.offer(join(place.root, to));
    await until(`${to} lies ready`, () => existsSync(join(place.home, "versions", to)), updatePatienceMs);
    const isLeftAlone = async (what: string) => {
      const from = performance.now();
      await until(what, () => performance.now() - from > threeLooksMs);
      return word(place, "trying") === "";
    };
    const inSale = await isLeftAlone("a while with a sale open");
    await page.evaluate(() => tillway.send("take-payment", {}));
    const inPayment = await isLeftAlone("a while with the payment open");
    await page.evaluate(() => tillway.send("pay-cash", { receivedFen: 1_000 }));
    await page.evaluate(() => tillway.send("next-sale", {}));
    const signedIn = await isLeftAlone("a while with somebody signed in");
    place.say(`${to} waited: sale ${inSale}, payment ${inPayment}, signed in ${signedIn}`);
    await page.evaluate(() => tillway.send("sign-out", {}));
    return inSale && inPayment && signedIn;
  });
}

/** The till that runs at this moment, reached anew: the process is another after every restart. */
async function withTill<T>({ port }: Place, look: (page: Page) => Promise<T>): Promise<T> {
  let browser: Browser | null = null;
  const page = await until(
    "the till's window",
    async () => {
      try {
        browser ??= await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true, timeout: 5_000 });
        const pages = browser.contexts().flatMap((context) => context.pages());
        const till = pages.find((one) => URL.parse(one.url())?.pathname === "/index.html");
        if (till === undefined) return null;
        const looked = await till.evaluate(() => tillway.send("look", {}));
        return looked.ok && till;
      } catch {
        // It is between two versions.
        await browser?.close().catch(() => null);
        browser = null;
        return null;
      }
    },
    startPatienceMs * 2,
  );
  try {
    return await look(page);
  } finally {
    await page
      .context()
      .browser()
      ?.close()
      .catch(() => null);
  }
}

async function versionOf(page: Page): Promise<string> {
  return page.evaluate(() => navigator.userAgent);
}

function word({ home }: Place, name: string): string {
  const file = join(home, name);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : "";
}

function logOf({ dataDir }: Place): string {
  const file = join(dataDir, "logs", "till.log");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function brokenEntries(dataDir: string): number {
  const db = new Database(join(dataDir, "sales.db"), { readonly: true });
  try {
    return Number(
      db.prepare("SELECT count(*) FROM journal WHERE CAST(body AS TEXT) LIKE '%broken version%'").pluck().get(),
    );
  } finally {
    db.close();
  }
}

/** Every process of this proof's till, whichever version and group it is of. */
function endAll({ root }: Place): void {
  for (const { pid, commandLine } of processes()) {
    if (!commandLine.includes(root) || pid === process.pid) continue;
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
}
