import { gzipSync } from "node:zlib";
import { afterEach, expect, it } from "vitest";
import { openDay, sell } from "#tests/support/office-sales.ts";
import { officeTill } from "#tests/support/office-till.ts";
import { turnOver } from "../store/turn.ts";
import type { RawUpload } from "./read-upload.ts";
import { openReaders, readersHere, readingThreadsFor, type UploadReaders } from "./upload-readers.ts";

const opened: UploadReaders[] = [];
afterEach(async () => {
  for (const readers of opened.splice(0)) await readers.close();
});

/** With a database that no reading asks. */
function open(count: number, megabytes?: number): UploadReaders {
  const turn = new SharedArrayBuffer(4);
  const place = { database: { kind: "sqlite", path: "/nowhere" }, turn, turns: turnOver(turn) } as const;
  const readers = openReaders(place, count, megabytes);
  opened.push(readers);
  return readers;
}

function entriesOf(count: number) {
  const till = officeTill({ url: "http://127.0.0.1", now: () => 0, storeCode: "BJ01", terminalId: "T01" });
  openDay(till);
  sell(till, count);
  till.append("invented-tomorrow", { anything: true });
  return till.entries;
}

/** Not compressed, so that it is large enough to be worth a thread. */
const raw = (entries: unknown): RawUpload => ({
  terminalId: "T01",
  body: Buffer.from(JSON.stringify({ entries })),
  contentEncoding: undefined,
});

it("reads in a thread exactly what it would read here, and finds the same faults", async () => {
  const entries = entriesOf(20);
  const spoilt = entries.map((entry) => (entry.seq === 9 ? { ...entry, body: `${entry.body} ` } : entry));
  const padding = Buffer.alloc(4_000, " ");
  const uploads: readonly RawUpload[] = [
    raw(entries),
    raw(spoilt),
    raw(spoilt.slice(8)),
    raw(entries.toSpliced(5, 1)),
    { ...raw(entries), terminalId: "T02" },
    raw([...entries, { ...entries[0], epoch: "another" }]),
    raw(entries.map((entry) => ({ ...entry, more: 1 }))),
    { ...raw(entries), body: padding },
    { ...raw(entries), contentEncoding: "gzip" },
    { ...raw(entries), body: gzipSync(Buffer.alloc(40_000_000, " ")), contentEncoding: "gzip" },
  ];
  const readers = open(2);
  const here = await Promise.all(uploads.map((upload) => readersHere.read(upload)));
  expect(await Promise.all(uploads.map((upload) => readers.read(upload)))).toEqual(here);
  const told = here.map((read) => (read.ok ? read.value.checked.ok : read.fault.kind));
  const refusals = ["bad-request", "bad-request", "bad-request", "bad-request", "too-large"];
  expect(told).toEqual([true, true, false, true, false, ...refusals]);
});

it("leaves the bytes it was given to whoever gave them", async () => {
  const upload = raw(entriesOf(5));
  const before = Buffer.from(upload.body);
  await open(1).read(upload);
  expect(before.equals(upload.body)).toBe(true);
});

it("answers busy where a thread runs out of memory, and reads on with another", async () => {
  const readers = open(1, 32);
  // Two million empty lists: the most that six megabytes of text can become.
  const bomb = { ...raw([]), body: Buffer.from(`[${"[],".repeat(2_000_000)}0]`) };
  const read = await Promise.all([readers.read(bomb), readers.read(raw(entriesOf(10)))]);
  expect(read).toMatchObject([
    { ok: false, fault: { kind: "busy" } },
    { ok: false, fault: { kind: "busy" } },
  ]);
  expect(await readers.read(raw(entriesOf(10)))).toMatchObject({ ok: true });
});

it("reads the largest text there may be within its memory", async () => {
  const large = { ...raw([]), body: Buffer.from(`[${"[],".repeat(2_000_000)}0]`) };
  expect(await open(1).read(large)).toMatchObject({ ok: false, fault: { kind: "bad-request" } });
});

it("answers busy to those who still wait when it is closed", async () => {
  const readers = open(1);
  const waiting = readers.read(raw(entriesOf(60)));
  await readers.close();
  expect(await waiting).toMatchObject({ ok: false, fault: { kind: "busy" } });
});

it("has a thread for each of several processors, and no more than can keep a writer busy", () => {
  expect([1, 2, 4, 64].map(readingThreadsFor)).toEqual([0, 2, 4, 4]);
});
