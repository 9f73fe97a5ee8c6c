import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { people } from "#tests/support/bench-shop.ts";
import { type LegacyBench, openLegacyBench } from "#tests/support/legacy-bench.ts";
import { until } from "#tests/support/poll.ts";
import { type FolderDoor, openFolder } from "./doors.ts";
import { type Json, payment, wordOf } from "./messages.ts";

/* Either side of the drop folder is cut off at any step of a payment, and the old till asks again word for word. */

/** Where the till loses its power, or the old till its memory. */
const cuts = [
  "nowhere",
  "till before it looks",
  "till with the payment on its screen",
  "till when it was paid, before the answer is written",
  "till when the answer is written, before the request is put away",
  "old till after asking",
  "old till after the answer came",
] as const;
type Cut = (typeof cuts)[number];

let legacy: LegacyBench;
let door: FolderDoor;
let folder: string;
let number = 0;
let asked = 0;
/** A control: a desk that takes each asking for a payment of its own. */
let forgets = false;
const asNew = (text: string): string => text.replaceAll(/"(ServiceID|TransactionID)":"[^"]*"/gu, `"$1":"F${asked}"`);
beforeEach(async () => {
  forgets = false;
  legacy = await openLegacyBench();
  folder = mkdtempSync(join(tmpdir(), "tillway-cuts-"));
  await openDoor();
});
afterEach(async () => {
  await door.close();
  legacy.close();
  rmSync(folder, { recursive: true, force: true });
});

async function openDoor(): Promise<void> {
  const desk: Parameters<typeof openFolder>[0] = {
    answer(text, from) {
      asked += 1;
      return legacy.bench.till.legacyDesk.answer(forgets ? asNew(text) : text, from);
    },
  };
  door = await openFolder(desk, folder);
}

/** The power is gone at once, and comes back. */
async function cutTill(): Promise<void> {
  const stopped = door.stop();
  await legacy.bench.crash();
  await stopped;
  await legacy.bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
  await legacy.bench.clock.advance(240_000);
}

function drop(name: string, text: string): void {
  mkdirSync(join(folder, "requests"), { recursive: true });
  writeFileSync(join(folder, "requests", `${name}.tmp`), text);
  renameSync(join(folder, "requests", `${name}.tmp`), join(folder, "requests", name));
}

const isAnswered = (name: string): boolean => existsSync(join(folder, "responses", name));

/** Reads the answer and takes it away; a request whose payment has the screen is paid, or given up, first. */
async function answerOf(name: string, pays: boolean): Promise<Json> {
  const { bench } = legacy;
  const isWaiting = (): boolean => bench.shown.payment?.stage === "choose";
  await until(`${name} is at the desk or answered`, () => isAnswered(name) || isWaiting());
  if (!isAnswered(name) && isWaiting()) {
    if (pays) await bench.scan(code());
    else await bench.clock.advance(130_000);
  }
  await until(`${name} is answered`, () => isAnswered(name));
  const path = join(folder, "responses", name);
  const answer = JSON.parse(readFileSync(path, "utf8")) as Json; // whatever it is
  await until(`${name} is put away`, () => existsSync(join(folder, "done", name)));
  rmSync(path);
  return answer;
}

const code = (): string => `1345678901234${String((number += 1)).padStart(5, "0")}`;

async function payOnce(cut: Cut, pays: boolean): Promise<{ readonly word: string; readonly fen: number }> {
  const { bench } = legacy;
  number += 1;
  const name = `p${number}.json`;
  const text = payment({ service: `S${number}`, sale: `T${number}`, yuan: number });
  const fen = number * 100;
  const onScreen = (): boolean => bench.shown.payment?.stage === "choose";
  const before = asked;
  if (cut === "till before it looks") {
    await door.stop();
    drop(name, text);
    await cutTill();
    await openDoor();
  } else drop(name, text);
  if (cut === "till with the payment on its screen") {
    await until("it is on the screen", onScreen);
    await cutTill();
    await openDoor();
  }
  if (cut === "till when it was paid, before the answer is written") {
    await until("it is on the screen", onScreen);
    await door.stop();
    await bench.scan(code());
    await cutTill();
    await openDoor();
  }
  if (cut === "old till after asking") {
    await until("it was asked", () => asked > before);
    drop(`again-${name}`, text);
    const again = answerOf(`again-${name}`, pays);
    const [first] = await Promise.all([answerOf(name, pays), again]);
    expect(wordOf(await again)).toBe(wordOf(first));
  } else {
    const first = await answerOf(name, pays);
    if (cut === "nowhere") return { word: wordOf(first), fen };
    if (cut === "till when the answer is written, before the request is put away") {
      await door.stop();
      renameSync(join(folder, "done", name), join(folder, "requests", name));
      await cutTill();
      await openDoor();
      expect(wordOf(await answerOf(name, pays))).toBe(wordOf(first));
    }
  }
  drop(`last-${name}`, text);
  return { word: wordOf(await answerOf(`last-${name}`, pays)), fen };
}

it("loses no payment and doubles none, whichever side is cut off at whichever step", async () => {
  const step = fc.record({ cut: fc.constantFrom(...cuts), pays: fc.boolean() });
  const every = cuts.flatMap((cut) => [
    { cut, pays: true },
    { cut, pays: false },
  ]);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 3 }), async (some) => {
      const { bench } = legacy;
      let wantedFen = bench.gateway.takenFen();
      for (const { cut, pays } of some) {
        await bench.clock.advance(61_000);
        const { word, fen } = await payOnce(cut, pays);
        if (word === "Success") wantedFen += fen;
        expect([cut, bench.gateway.takenFen(), bench.recount().wechatFen]).toEqual([cut, wantedFen, wantedFen]);
      }
    }),
    { numRuns: 2, seed: 1, examples: [[every]], endOnFailure: true },
  );
}, 240_000);

it("would see a desk that pays again what it is asked again", async () => {
  forgets = true;
  expect(await payOnce("old till after the answer came", true)).toMatchObject({ word: "Success" });
  expect(legacy.bench.gateway.takenFen()).toBe(
    2 * legacy.bench.sales().reduce((least, { totalFen }) => Math.min(least, totalFen), 1e9),
  );
});
