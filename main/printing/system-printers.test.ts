import { beforeEach, describe, expect, it } from "vitest";
import type { PrintPages } from "#contract/devices/print-page.ts";
import { HandPrinter, installed } from "#tests/devices/hand-printer.ts";
import { createVirtualClock, type VirtualClock } from "#tests/support/virtual-clock.ts";
import { SystemPrinters } from "./system-printers.ts";

const pages: PrintPages = { widthMicrons: 1, heightMicrons: 1, leftMicrons: 0, widthDots: 8, pictures: [] };

let system: HandPrinter;
let clock: VirtualClock;
let log: string[];
let printers: SystemPrinters;

beforeEach(() => {
  system = new HandPrinter();
  clock = createVirtualClock(1_000_000);
  log = [];
  printers = new SystemPrinters(system, clock, (what, facts) => log.push(`${what}: ${facts["why"] ?? ""}`));
});

describe("the operating system's printers", () => {
  it("are asked for every ten seconds while the till prints on one, and not otherwise", async () => {
    await clock.advance(60_000);
    expect(system.looks).toBe(0);
    printers.follow(true);
    printers.follow(true);
    await clock.advance(30_000);
    expect(system.looks).toBe(4);
    printers.follow(false);
    await clock.advance(60_000);
    expect(system.looks).toBe(4);
  });

  it("are asked for at a glance once in three seconds", async () => {
    for (let glance = 0; glance < 10; glance += 1) {
      printers.glance();
      await clock.advance(1_000);
    }
    expect(system.looks).toBe(4);
  });

  it("are told once, and again when they change", async () => {
    const told: unknown[] = [];
    printers.onChange(() => told.push(printers.known()?.map(({ name }) => name)));
    printers.follow(true);
    await clock.advance(20_000);
    system.list = [installed("till"), installed("office")];
    await clock.advance(10_000);
    expect(told).toEqual([["till"], ["till", "office"]]);
  });

  it("are 64 at most, none without a name or with one too long for terminal.json, and titles are cut", async () => {
    const many = Array.from({ length: 100 }, (_, index) => installed(`p${index}`, { title: "x".repeat(500) }));
    system.list = [installed(""), installed("n".repeat(221)), ...many];
    printers.follow(true);
    await clock.advance(0);
    const known = printers.known() ?? [];
    expect([known.length, known[0]?.name, known[0]?.title.length]).toEqual([64, "p0", 64]);
  });

  it("are none where the system answers with an error, or not at all, and the log says so once", async () => {
    system.asked = () => Promise.reject(new Error("print server away"));
    printers.follow(true);
    await clock.advance(25_000);
    expect(printers.known()).toEqual([]);
    expect(log).toEqual(["the operating system does not say which printers it has: print server away"]);
    system.asked = () => new Promise(() => {});
    await clock.advance(25_000);
    expect(log.at(-1)).toMatch(/no answer within 10000 ms/);
    // One question at a time: a system that is stuck is not asked ever more.
    expect(system.looks).toBeLessThanOrEqual(7);
    system.asked = null;
    await clock.advance(30_000);
    expect(printers.known()?.map(({ name }) => name)).toEqual(["till"]);
  });

  it.each([
    ["none is installed", "till", [], { kind: "no-such-printer", why: "no printer is installed" }],
    ["none is installed", "", [], { kind: "no-such-printer", why: "no printer is installed" }],
    [
      "another is installed",
      "till",
      [installed("office")],
      { kind: "no-such-printer", why: "no printer of this name is installed" },
    ],
    [
      "its queue takes none",
      "till",
      [installed("till", { takesDocuments: false })],
      { kind: "refused", why: "its queue takes no documents" },
    ],
    [
      "the default one takes none",
      "",
      [installed("office"), installed("till", { isDefault: true, takesDocuments: false })],
      { kind: "refused", why: "its queue takes no documents" },
    ],
  ] as const)("are handed nothing where %s (%j)", async (_why, name, list, end) => {
    system.list = list;
    expect(await printers.print(pages, name)).toEqual(end);
    expect(system.came).toEqual([]);
    expect(log).toEqual([`the operating system did not print a receipt: ${end.why}`]);
  });

  it("are handed a receipt for the default one where the system does not say which that is", async () => {
    system.list = [installed("office"), installed("till")];
    expect(await printers.print(pages, "")).toEqual({ kind: "spooled" });
    expect(system.came).toEqual([{ pages, name: "" }]);
  });
});
