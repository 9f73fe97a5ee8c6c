import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import { DrawerTwin } from "../drawer/drawer-twin.ts";
import { plainLines } from "./plain-lines.ts";
import { PrinterServer } from "./printer-server.ts";
import { PrinterTwin } from "./printer-twin.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Polls until the check passes. A busy machine may take its time; a broken twin never passes. */
function soon<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000, interval: 20 });
}

function makeTwin() {
  const options = { now: () => 1_700_000_000_000, announce: () => undefined };
  const drawer = new DrawerTwin({ pin: 2, isOpenHigh: true, ...options });
  const printer = new PrinterTwin({ profile: { columns: 32, allowsFourByteChinese: false }, drawer, ...options });
  const replies: number[] = [];
  printer.onReply((bytes) => replies.push(...bytes));
  const ask = (...request: number[]) => {
    replies.length = 0;
    printer.feed(Uint8Array.from(request));
    return [...replies];
  };
  return { drawer, printer, replies, ask };
}

async function startServer() {
  const twin = makeTwin();
  const server = await PrinterServer.start(twin.printer, "127.0.0.1", 0);
  closing.push(() => server.close());
  return { ...twin, server };
}

/** A connected till, and what the printer has answered it so far. */
async function connected(server: PrinterServer): Promise<{ till: Socket; answers: number[] }> {
  const till = connect(server.address);
  closing.push(() => till.destroy());
  const answers: number[] = [];
  till.on("data", (bytes: Buffer) => answers.push(...bytes));
  till.on("error", () => undefined);
  await new Promise((resolve, reject) => till.once("connect", resolve).once("error", reject));
  return { till, answers };
}

const text = (words: string) => Buffer.from(`${words}\n`);
const cut = Buffer.from([0x1d, 0x56, 0x42, 0x00]);
const lines = (state: PrinterState) =>
  [...state.papers, ...(state.current === null ? [] : [state.current])].map((strip) => plainLines(strip.elements, 32));
const processId = Buffer.from([0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...Buffer.from("0042")]);
const printed = [0x37, 0x22, ...Buffer.from("0042"), 0x00];

describe("status", () => {
  it("answers DLE EOT 1 to 4 as its sensors stand", () => {
    const { printer, drawer, ask } = makeTwin();
    const all = () => [1, 2, 3, 4].flatMap((n) => ask(0x10, 0x04, n));
    expect(all()).toEqual([0x12, 0x12, 0x12, 0x12]);
    printer.turn({ paperOut: true });
    expect(all()).toEqual([0x1a, 0x32, 0x12, 0x7e]);
    printer.turn({ paperOut: false, coverOpen: true });
    expect(all()).toEqual([0x1a, 0x16, 0x12, 0x12]);
    printer.turn({ coverOpen: false });
    drawer.kick(2, 50);
    expect(all()).toEqual([0x16, 0x12, 0x12, 0x12]);
  });

  it("answers ahead of what it holds, and finds a request split over pieces", () => {
    const { printer, ask } = makeTwin();
    printer.turn({ coverOpen: true });
    printer.feed(text("waits"));
    expect([...ask(0x10), ...ask(0x10, 0x04), ...ask(0x02)]).toEqual([0x16]);
    printer.turn({ coverOpen: false });
    // DLE DLE EOT 2 is answered, and the stray DLE is a fault all the same.
    expect(printer.state(0).faults.map((fault) => fault.bytesHex)).toEqual(["10"]);
  });

  it("answers a status request it sees inside a picture, as real printers do, and prints the picture all the same", () => {
    const { printer, ask } = makeTwin();
    expect(ask(0x1d, 0x76, 0x30, 0x00, 0x03, 0x00, 0x01, 0x00, 0x10, 0x04, 0x01)).toEqual([0x12]);
    expect(printer.state(0)).toMatchObject({ faults: [], current: { elements: [{ kind: "raster", widthDots: 24 }] } });
  });

  it("reports what GS a asked for when it changes, and nothing else", () => {
    const { printer, drawer, replies, ask } = makeTwin();
    expect(ask(0x1d, 0x61, 0x09)).toEqual([0x10, 0, 0, 0]);
    replies.length = 0;
    printer.turn({ coverOpen: true });
    printer.turn({ coverOpen: false });
    expect(replies).toEqual([]);
    printer.turn({ paperOut: true });
    printer.turn({ paperOut: false });
    drawer.kick(2, 50);
    expect(replies).toEqual([0x18, 0, 0x0f, 0, 0x10, 0, 0, 0, 0x14, 0, 0, 0]);
    expect(ask(0x1d, 0x72, 0x02)).toEqual([0x01]);
  });

  it("says who it is and confirms what is printed only when it is", () => {
    const { printer, replies, ask } = makeTwin();
    expect(Buffer.from(ask(0x1d, 0x49, 0x43)).toString("latin1")).toBe("_TWIN-80\0");
    replies.length = 0;
    printer.turn({ paperOut: true });
    printer.feed(Buffer.concat([text("one"), processId]));
    expect(replies).toEqual([]);
    printer.turn({ paperOut: false });
    expect(replies).toEqual(printed);
  });
});

describe("the drawer", () => {
  it("opens on a pulse of its own pin only, by the buffer or in real time, and shuts by hand", () => {
    const { printer, drawer } = makeTwin();
    printer.feed(Uint8Array.of(0x1b, 0x70, 0x01, 0x19, 0xfa));
    expect(drawer.state()).toEqual({ open: false, pin: 2, kicks: [{ at: 1_700_000_000_000, pin: 5, onMs: 50 }] });
    printer.feed(Uint8Array.of(0x1b, 0x70, 0x00, 0x19, 0xfa));
    expect(drawer.state()).toMatchObject({ open: true, kicks: [{ pin: 5 }, { pin: 2, onMs: 50 }] });
    drawer.close();
    printer.turn({ paperOut: true });
    printer.feed(Uint8Array.of(0x1b, 0x70, 0x00, 0x19, 0xfa));
    expect(drawer.state().open).toBe(false);
    printer.feed(Uint8Array.of(0x10, 0x14, 0x01, 0x00, 0x01));
    expect(drawer.state()).toMatchObject({ open: true, kicks: [{}, {}, { pin: 2, onMs: 100 }] });
  });
});

describe("paper", () => {
  it("comes out strip by strip and keeps the last fifty", () => {
    const { printer } = makeTwin();
    for (let strip = 1; strip <= 52; strip += 1) printer.feed(Buffer.concat([text(`receipt ${strip}`), cut]));
    printer.feed(text("begun"));
    const { papers, current } = printer.state(0);
    expect(papers).toHaveLength(50);
    expect(papers[0]).toMatchObject({ id: 3, complete: true, at: 1_700_000_000_000 });
    expect(current).toMatchObject({ id: 53, complete: false });
    printer.tear();
    expect(printer.state(0)).toMatchObject({ papers: [], current: null, faults: [] });
  });

  it("shows faults beside what was printed in spite of them", () => {
    const { printer } = makeTwin();
    printer.feed(Buffer.concat([Buffer.from([0x1b, 0x7a]), text("still here"), cut]));
    const state = printer.state(0);
    expect(lines(state)).toEqual([["still here"]]);
    expect(state.faults).toEqual([
      { offset: 0, bytesHex: "1b 7a", message: "byte 0: 1b 7a is no command of this printer" },
    ]);
  });

  it("stays torn off unfinished when the power goes, and the rest of the job is lost", () => {
    const { printer } = makeTwin();
    printer.feed(Buffer.concat([text("half a receipt"), Buffer.from([0x1d, 0x76, 0x30])]));
    printer.turn({ unplugged: true });
    printer.feed(text("nobody hears"));
    printer.turn({ unplugged: false });
    printer.feed(Buffer.concat([text("whole"), cut]));
    const state = printer.state(0);
    expect(lines(state)).toEqual([["half a receipt"], ["whole"]]);
    expect(state.papers.map((strip) => strip.complete)).toEqual([false, true]);
    expect(state.faults).toEqual([]);
  });

  it("is held back while the cover is open until the buffer is full, then goes on", () => {
    const { printer } = makeTwin();
    let rooms = 0;
    printer.turn({ coverOpen: true });
    printer.onRoom(() => (rooms += 1));
    expect(printer.feed(text("x".repeat(31)))).toBe(true);
    expect(printer.feed(Buffer.alloc(65_536, "\n"))).toBe(false);
    expect(printer.state(0)).toMatchObject({ heldBytes: 65_568, current: null });
    printer.turn({ coverOpen: false });
    expect(rooms).toBe(1);
    expect(printer.state(0).heldBytes).toBe(0);
  });
});

describe("on a TCP port", () => {
  it("prints and answers on the same connection", async () => {
    const { server, printer } = await startServer();
    const { till, answers } = await connected(server);
    till.write(Buffer.concat([text("hello"), cut, processId]));
    await soon(() => expect(answers).toEqual(printed));
    expect(lines(printer.state(server.connections))).toEqual([["hello"]]);
    expect(server.connections).toBe(1);
  });

  it("reads what was sent before the till closed, and calls a cut-off command a fault", async () => {
    const { server, printer } = await startServer();
    const { till } = await connected(server);
    till.end(Buffer.concat([text("last words"), Buffer.from([0x1d, 0x76])]));
    await soon(() => expect(server.connections).toBe(0));
    expect(lines(printer.state(0))).toEqual([["last words"]]);
    expect(printer.state(0).faults[0]?.message).toMatch(/unfinished/);
  });

  it("serves one till at a time", async () => {
    const { server, printer } = await startServer();
    const first = await connected(server);
    first.till.write(text("first"));
    await soon(() => expect(lines(printer.state(0))).toEqual([["first"]]));
    const second = await connected(server);
    second.till.write(text("second"));
    await soon(() => expect(server.connections).toBe(2));
    first.till.write(text("first again"));
    await soon(() => expect(lines(printer.state(0))[0]).toHaveLength(2));
    first.till.end();
    await soon(() => expect(lines(printer.state(0))).toEqual([["first", "first again", "second"]]));
  });

  it("cuts connections and refuses new ones unplugged, and is found at the same port when plugged in", async () => {
    const { server, printer } = await startServer();
    const { till } = await connected(server);
    printer.turn({ unplugged: true });
    await server.settled();
    await soon(() => expect(till.destroyed).toBe(true));
    await expect(connected(server)).rejects.toThrow("ECONNREFUSED");
    printer.turn({ unplugged: false });
    await server.settled();
    const again = await connected(server);
    again.till.write(text("back"));
    await soon(() => expect(lines(printer.state(0))).toEqual([["back"]]));
  });

  it("accepts and never reads while hung, and prints it all when it comes round", async () => {
    const { server, printer } = await startServer();
    const before = await connected(server);
    printer.turn({ stalled: true });
    const after = await connected(server);
    before.till.write(Buffer.concat([Buffer.from([0x10, 0x04, 0x01]), text("from before")]));
    after.till.write(text("from after"));
    // Far more than the kernel keeps for a reader that does not read: the rest must still be the till's.
    before.till.write(Buffer.alloc(32 * 1024 * 1024, "\n"));
    await soon(() => expect(server.connections).toBe(2));
    expect(before.till.writableLength).toBeGreaterThan(0);
    expect(before.answers).toEqual([]);
    expect(lines(printer.state(0))).toEqual([]);
    before.till.destroy();
    printer.turn({ stalled: false });
    await soon(() => expect(lines(printer.state(0)).flat()).toContain("from after"));
    expect(lines(printer.state(0)).flat()).toContain("from before");
  });

  it("stops reading when its buffer is full, and loses nothing", async () => {
    const { server, printer } = await startServer();
    printer.turn({ paperOut: true });
    const { till, answers } = await connected(server);
    const job = Buffer.concat([
      ...Array.from({ length: 5_000 }, (_, n) => text(`line ${String(n).padStart(20, "0")}`)),
      cut,
      processId,
    ]);
    till.write(job);
    await soon(() => expect(printer.state(0).heldBytes).toBeGreaterThanOrEqual(65_536));
    printer.turn({ paperOut: false });
    await soon(() => expect(answers).toEqual(printed));
    expect(lines(printer.state(0)).flat()).toHaveLength(5_000);
  });
});
