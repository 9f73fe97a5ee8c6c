import { connect, type Socket } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { ScannerTwin } from "./scanner-twin.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Polls until the check passes. A busy machine may take its time; a broken twin never passes. */
function soon<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000, interval: 20 });
}

async function start() {
  const scanner = await ScannerTwin.start(() => undefined, "127.0.0.1", 0);
  closing.push(() => scanner.close());
  return scanner;
}

async function till(scanner: ScannerTwin): Promise<{ socket: Socket; heard: () => string }> {
  const socket = connect(scanner.port, "127.0.0.1");
  closing.push(() => socket.destroy());
  let heard = "";
  socket.on("data", (bytes) => (heard += bytes.toString()));
  await new Promise((resolve) => socket.once("connect", resolve));
  return { socket, heard: () => heard };
}

it("sends every connected till the text and CR, with the symbology in front when it has one", async () => {
  const scanner = await start();
  const [first, second] = [await till(scanner), await till(scanner)];
  await soon(() => expect(scanner.scan({ text: "6901234567892", aim: "]E0" })).toEqual({ sentTo: 2 }));
  scanner.scan({ text: "weixin://wxpay/bizpayurl?pr=中" });
  for (const { heard } of [first, second]) {
    await soon(() => expect(heard()).toMatch(/\]E06901234567892\rweixin:\/\/wxpay\/bizpayurl\?pr=中\r$/));
  }
});

it("refuses a scan nobody would hear", async () => {
  const scanner = await start();
  expect(() => scanner.scan({ text: "1" })).toThrow("No till is connected to the scanner.");
  const { socket } = await till(scanner);
  await soon(() => expect(scanner.scan({ text: "1" })).toEqual({ sentTo: 1 }));
  socket.destroy();
  await soon(() => expect(() => scanner.scan({ text: "1" })).toThrow("No till is connected"));
});
