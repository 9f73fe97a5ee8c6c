import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { killable } from "#tests/chaos/killable.ts";
import { must } from "#tests/crash/payments/basket.ts";
import { doorCertificate } from "#tests/support/door-certificate.ts";
import { freePort } from "#tests/support/free-port.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { openRelayedShop, type RelayedShop } from "#tests/support/relayed-shop.ts";
import { quickTiming } from "#tests/support/shop.ts";
import { askStatus } from "./ask-status.ts";
import { layNullModem } from "./null-modem.ts";
import type { Doors, Note, OldTillWord } from "./old-till-words.ts";

/** Waits short enough to see every end of a payment in a cycle of a few seconds. */
const timing = { ...quickTiming, requestTimeoutMs: 1_500, queryIntervalMs: 150, reverseNotBeforeMs: 300 };

/** A shop with the real till in Electron and an old till beside it, each of which can lose its power. */
export interface Place {
  readonly shop: RelayedShop;
  /** Null while it is dead. */
  till(): TillUnderTest | null;
  killTill(): Promise<void>;
  /** Starts it again with somebody signed in. */
  startTill(): Promise<void>;
  killOldTill(): Promise<void>;
  startOldTill(): void;
  /** What the till says became of a request, asked by another old till than that. */
  statusOf(request: Pick<Note, "service" | "category">): Promise<string>;
  /** Lets the old till go on from where it waits. */
  say(word: string): void;
  /** Ends both; the books can be read. The old till's notebook, its last word on each request. */
  end(): Promise<readonly Note[]>;
  close(): Promise<void>;
  /** What went wrong in the old till. */
  readonly complaints: readonly string[];
}

/** @param forgets a control: what old tills asked for is wiped from the books of a till that is dead */
export async function openPlace(forgets: boolean, onWord: (word: OldTillWord) => void): Promise<Place> {
  const shop = await openRelayedShop();
  const folder = mkdtempSync(join(tmpdir(), "tillway-old-till-"));
  const dropFolder = join(folder, "drop");
  mkdirSync(dropFolder);
  const port = await freePort();
  const cable = await layNullModem(folder);
  configure(shop, { port, dropFolder, line: cable.tillsEnd });
  const pins = new Map<string, string>();
  const complaints: string[] = [];
  let till: TillUnderTest | null = null;

  async function startTill(cashierId = "cashier-1"): Promise<void> {
    const opened = await openTill({ dataDir: shop.dataDir, env: shop.env, pins });
    for (const id of ["cashier-1", "manager-1"]) {
      pins.set(id, await until(`the PIN of ${id}`, () => opened.pins.get(id)));
    }
    await beginSelling(opened, cashierId);
    till = opened;
  }

  const oldTill = killable({
    ...{ name: "old till", script: "tests/legacy/kills/old-till.ts", args: () => [folder], complaints },
    cache: join(folder, "cache"),
    onLine(line) {
      // A kill may cut a line off, and then it was not said.
      if (line.endsWith("}")) onWord(JSON.parse(line) as OldTillWord);
      return true;
    },
  });
  await startTill("manager-1");
  const way = { port, dropFolder, line: cable.oldTillsEnd };
  writeFileSync(join(folder, "doors.json"), JSON.stringify(await pair(till, shop, "front", way)));
  const auditor = await pair(till, shop, "auditor", way);
  return {
    ...{ shop, complaints, startTill },
    till: () => till,
    async killTill() {
      const dead = till;
      till = null;
      await dead?.kill();
      if (forgets) forgetWhatWasAsked(shop.dataDir);
    },
    killOldTill: () => oldTill.kill(),
    startOldTill: () => oldTill.start(),
    statusOf: (request) => askStatus(auditor, request),
    say: (word) => oldTill.say(word),
    async end() {
      await oldTill.kill();
      await till?.close();
      till = null;
      return readNotebook(join(folder, "notebook.jsonl"));
    },
    async close() {
      await oldTill.kill();
      await till?.kill();
      await cable.pull();
      await shop.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configure(shop: RelayedShop, { port, dropFolder, line }: Pick<Doors, "port" | "dropFolder" | "line">): void {
  shop.speak("v3", timing);
  const path = join(shop.dataDir, "terminal.json");
  const terminal = JSON.parse(readFileSync(path, "utf8")) as { readonly devices: object }; // written above
  const oldTill = { id: "old", transport: { kind: "serial", path: line } };
  const devices = { ...terminal.devices, oldTill };
  const legacy = { https: { port }, answerSeconds: 30, mayRefund: true };
  writeFileSync(path, JSON.stringify({ ...terminal, devices, legacy, legacyFiles: { dropFolder } }));
}

/** As a manager does it on the card of old tills. */
async function pair(
  till: TillUnderTest | null,
  shop: RelayedShop,
  name: string,
  way: Pick<Doors, "port" | "dropFolder" | "line">,
): Promise<Doors> {
  if (till === null) throw new Error("a till that runs is paired");
  const { token } = await must(till, "pair-legacy", { name });
  return { ...way, token, certificatePem: await doorCertificate(shop.dataDir) };
}

function readNotebook(path: string): readonly Note[] {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  const notes = lines.map((line) => JSON.parse(line) as Note); // the old till's own
  return [...new Map(notes.map((note) => [note.service, note])).values()];
}

/** A desk that had kept it in memory alone. */
function forgetWhatWasAsked(dataDir: string): void {
  const db = new Database(join(dataDir, "sales.db"));
  const guard = db
    .prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'a_legacy_session_is_never_forgotten'")
    .pluck()
    .get();
  if (guard === undefined) throw new Error("the books guard what was asked");
  db.exec(`DROP TRIGGER a_legacy_session_is_never_forgotten; DELETE FROM legacy_sessions; ${guard};`);
  db.close();
}
