import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterEach, beforeEach, expect, it } from "vitest";
import { must } from "#tests/crash/payments/basket.ts";
import { inputMaker } from "#tests/fuzz/make-input.ts";
import { parserNamed } from "#tests/fuzz/registry.ts";
import { askHttps } from "#tests/legacy/kills/ask-https.ts";
import { layNullModem, type NullModem } from "#tests/legacy/kills/null-modem.ts";
import { OldTillLine } from "#tests/legacy/kills/old-till-line.ts";
import { at, diagnosis, type Json, payment, wordOf } from "#tests/legacy/messages.ts";
import { frameOf } from "#tests/legacy/serial-pos.ts";
import { readLedger } from "#tests/support/books.ts";
import { doorCertificate } from "#tests/support/door-certificate.ts";
import { freePort } from "#tests/support/free-port.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

/* Every kind of wrong bytes at every door of a till at work: it goes on, and nobody is charged. */

let folder: string;
let dropFolder: string;
let cable: NullModem;
let shop: Shop;
let till: TillUnderTest;
let line: OldTillLine;
let https: { readonly port: number; readonly token: string; readonly certificatePem: string };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tillway-fuzzed-"));
  dropFolder = join(folder, "drop");
  mkdirSync(join(dropFolder, "requests"), { recursive: true });
  cable = await layNullModem(folder);
  shop = await openShop();
  const port = await freePort();
  const oldTill = { id: "old", transport: { kind: "serial", path: cable.tillsEnd } } as const;
  const devices = { ...shop.terminal.devices, oldTill };
  shop.configure({ devices, legacy: { https: { port }, mayRefund: true }, legacyFiles: { dropFolder } });
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till, "manager-1");
  const { token } = await must(till, "pair-legacy", { name: "front" });
  https = { port, token, certificatePem: await doorCertificate(shop.dataDir) };
  line = new OldTillLine(cable.oldTillsEnd);
});
afterEach(async () => {
  line.close();
  await till.close();
  await cable.pull();
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

async function inputs(parser: string, count: number): Promise<readonly Buffer[]> {
  const known = await parserNamed(parser);
  if (known === null) throw new Error(`no parser is called ${parser}`);
  const make = inputMaker(known, 5);
  return Array.from({ length: count }, (_, index) => Buffer.from(make(index)));
}

/** Bytes inside TLS, with the token where they have the fuzzer's; the door hangs up or answers. */
function throwAt(bytes: Buffer): Promise<void> {
  const { port, token, certificatePem: ca } = https;
  const socket = connect({ host: "127.0.0.1", port, ca });
  socket.on("error", () => socket.destroy());
  socket.resume();
  socket.end(Buffer.from(bytes.toString("latin1").replaceAll("A".repeat(43), token), "latin1"));
  return new Promise((resolve) => socket.once("close", () => resolve()));
}

/** The answer to a question by the folder. */
async function askFolder(text: string): Promise<Json> {
  writeFileSync(join(dropFolder, "requests", "question.json"), text);
  const answer = join(dropFolder, "responses", "question.json");
  await until("the folder answers", () => existsSync(answer));
  return JSON.parse(readFileSync(answer, "utf8")) as Json; // whatever it is
}

/** Once each door answers a question, what came before it has been read. */
async function everyDoorAnswers(): Promise<void> {
  const told = [
    await until("the line answers", () => line.ask(diagnosis("Q1"), "Q1", () => {}).catch(() => null)),
    await until("HTTPS answers", () => askHttps(https, diagnosis("Q2")).catch(() => null)),
    await askFolder(diagnosis("Q3")),
  ];
  expect(told.map(wordOf)).toEqual(["Success", "Success", "Success"]);
}

it("a till at work that is sent wrong bytes by every door goes on, charges nobody, and takes the next payment", async () => {
  const messages = await inputs("nexo-message", 150);
  for (const frame of await inputs("old-till-frames", 300)) line.throwAt(frame);
  for (const message of messages) line.throwAt(frameOf(message.toString()));
  for (const [index, message] of messages.entries()) {
    writeFileSync(join(dropFolder, "requests", `fuzzed-${index}.json`), message);
  }
  for (const request of await inputs("old-till-https", 40)) await throwAt(request);
  await everyDoorAnswers();
  expect((await readLedger(shop)).orders).toEqual([]);
  expect((await till.view()).sale.lines.length).toBeLessThanOrEqual(1);

  // One of them may have asked for a sound payment, for which no customer came.
  if ((await till.view()).payment !== null) await must(till, "cancel-legacy", {});
  const answer = line.ask(payment({ service: "good", sale: "good", yuan: 12.5 }), "good", () => {});
  await until("it is on the screen", async () => (await till.view()).payment?.legacy?.transactionId === "good");
  await till.send("scan", { text: await shop.paymentCode(), by: "typed" });
  expect(at(await answer, "SaleToPOIResponse.PaymentResponse.Response.Result")).toBe("Success");
  expect((await readLedger(shop)).orders.map(({ chargedFen }) => chargedFen)).toEqual([1_250]);
});
