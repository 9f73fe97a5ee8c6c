import { expect, it } from "vitest";
import type { LinkEvents } from "../transport/transport.ts";
import { keysIn } from "../transport/keyboard-ear.ts";
import { KeyText } from "../scanner/key-text.ts";
import { openReports } from "./ear-links.ts";
import { learnFrom } from "./learn.ts";

const text = "TILLWAY-7K3Q";

/** A report as the manual of the Access-IS LSR118 lays it out. */
function report(data: string, aim: string, isContinued = false): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.set([2, data.length, ...Buffer.from(aim)], 0);
  bytes.set(Buffer.from(data), 5);
  bytes[63] = isContinued ? 1 : 0;
  return bytes;
}

it("a HID-POS scanner's reports are heard as its code behind the identifier, each scan by itself", async () => {
  const heard: Buffer[] = [];
  let device: LinkEvents = { onBytes: () => {}, onEnd: () => {} };
  const link = { send: () => Promise.resolve(), close: () => Promise.resolve() };
  await openReports(
    (events) => {
      device = events;
      return Promise.resolve({ ok: true, link });
    },
    { onBytes: (bytes) => heard.push(bytes), onEnd: () => {} },
  );
  device.onBytes(report("TILLWAY", "]C0", true));
  device.onBytes(report("-7K3Q", "]C0"));
  device.onBytes(report(text, "]Q1"));
  device.onBytes(Buffer.from("no report"));
  expect(heard.map(String)).toEqual([`]C0${text}\r`, `]Q1${text}\r`]);
  expect(learnFrom(Buffer.concat(heard), text)).toMatchObject({ kind: "match", prefix: "", aim: "]Q1" });
});

/** `struct input_event` as a 64-bit kernel writes it: seconds, microseconds, type, code, value. */
function event(type: number, code: number, value: number): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeBigInt64LE(1_700_000_000n, 0);
  bytes.writeBigInt64LE(123_456n, 8);
  bytes.writeUInt16LE(type, 16);
  bytes.writeUInt16LE(code, 18);
  bytes.writeInt32LE(value, 20);
  return bytes;
}

it("a keyboard's events are its keys and nothing else, and lost ones are said to be lost", () => {
  const [sync, scancode] = [event(0, 0, 0), event(4, 4, 0x70017)];
  const letter = [scancode, event(1, 20, 1), sync, event(1, 20, 0), sync];
  const shifted = [event(1, 42, 1), sync, ...letter, event(1, 42, 0), sync];
  const bytes = Buffer.concat([...shifted, ...letter, event(1, 28, 1), sync]);
  expect(new KeyText().feed(keysIn(bytes))).toBe("Tt\r");
  expect(keysIn(Buffer.concat([event(0, 3, 0), bytes.subarray(0, 20)]))).toEqual([0, -1, 0]);
});
