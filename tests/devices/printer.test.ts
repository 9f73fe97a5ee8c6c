import { createReadStream, existsSync, readFileSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { PrinterConfig } from "#contract/config/devices.ts";
import type { PrintLine, PrintProgress } from "#contract/devices/messages.ts";
import { DrawerTwin } from "#simulators/drawer/drawer-twin.ts";
import { decodeStrictly } from "#simulators/printer/escpos-decoder.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { PrinterServer } from "#simulators/printer/printer-server.ts";
import { PrinterTwin } from "#simulators/printer/printer-twin.ts";
import { type ClientRig, onSerial, onTcp, printerOn, ptyPair, startClient, tcpDevice, until } from "./rig.ts";

const profile = { columns: 48, allowsFourByteChinese: false } as const;

const receipt: readonly PrintLine[] = [
  { kind: "text", text: "微光便利店", align: "center", style: { bold: true, widthTimes: 2, heightTimes: 2 } },
  { kind: "blank" },
  { kind: "text", text: `可口可乐 330ml${" ".repeat(28)}￥3.50`, align: "left", style: {} },
  { kind: "text", text: "合计 ￥3.50", align: "right", style: { bold: true } },
  { kind: "barcode", text: "A01-000123" },
  { kind: "qr", text: "https://example.test/回执/A01-000123" },
];
const readable = [
  `${" ".repeat(14)}微光便利店`,
  "",
  `可口可乐 330ml${" ".repeat(28)}￥3.50`,
  `${" ".repeat(37)}合计 ￥3.50`,
  `${" ".repeat(19)}A01-000123`,
  ...Array.from({ length: 5 }, () => ""),
];
/** Several chunks: more than fits in one write. */
const longReceipt: readonly PrintLine[] = Array.from({ length: 2_000 }, (_, i) => ({
  kind: "text",
  text: `${String(i).padStart(4, "0")} 农夫山泉饮用天然水 550ml`,
  align: "left",
  style: {},
}));

interface TwinRig {
  readonly twin: PrinterTwin;
  readonly drawer: DrawerTwin;
  readonly server: PrinterServer;
  readonly rig: ClientRig;
  readonly printed: () => readonly (readonly string[])[];
}

async function onTwin(changes: Partial<PrinterConfig> = {}): Promise<TwinRig> {
  const now = (): number => Date.now();
  const drawer = new DrawerTwin({ pin: 2, isOpenHigh: true, now, announce: () => {} });
  const twin = new PrinterTwin({ profile, drawer, now, announce: () => {} });
  const server = await PrinterServer.start(twin, "127.0.0.1", 0);
  onTestFinished(() => server.close());
  const rig = startClient({ scanners: [], printer: printerOn(onTcp(server.address.port), changes) });
  await until("the printer is ready", () => isReady(rig));
  const printed = (): readonly (readonly string[])[] =>
    twin
      .state(0)
      .papers.filter((paper) => paper.complete)
      .map((paper) => plainLines(paper.elements, 48));
  return { twin, drawer, server, rig, printed };
}

function isReady({ client }: ClientRig): boolean {
  return client.statuses().some((status) => status.role === "printer" && status.state === "ready");
}

function print({ client }: ClientRig, jobId: string, lines: readonly PrintLine[]): PrintProgress[] {
  const heard: PrintProgress[] = [];
  client.print(jobId, lines, (progress) => heard.push(progress));
  return heard;
}

function isFinal(progress: PrintProgress | undefined): boolean {
  return progress !== undefined && progress.state !== "waiting" && progress.state !== "sending";
}

describe("a printer that answers", () => {
  it("prints what the receipt says, confirms it, and understands every byte", async () => {
    const { twin, rig, printed } = await onTwin();
    const heard = print(rig, "job", receipt);
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(heard).toEqual([{ state: "sending" }, { state: "printed", confirmed: true }]);
    expect(printed()).toEqual([readable]);
    expect(twin.state(0).faults).toEqual([]);
    expect(twin.state(0).papers[0]?.elements.slice(-3)).toMatchObject([
      { kind: "qr", text: "https://example.test/回执/A01-000123", level: "M" },
      { kind: "feed", unit: "lines", count: 5 },
      { kind: "cut", cut: "partial" },
    ]);
  });

  it("without paper keeps the job waiting, says so, and prints it once when mended", async () => {
    const { twin, rig, printed } = await onTwin();
    twin.turn({ paperOut: true });
    const heard = print(rig, "job", receipt);
    await until("it waits for paper", () => heard.length > 0);
    expect(rig.client.statuses()).toMatchObject([{ state: "ready", trouble: "paper-out" }]);
    twin.turn({ paperOut: false, coverOpen: true });
    await until("it waits for the cover", () => heard.length > 1);
    twin.turn({ coverOpen: false });
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(heard).toEqual([
      { state: "waiting", trouble: "paper-out" },
      { state: "waiting", trouble: "cover-open" },
      { state: "sending" },
      { state: "printed", confirmed: true },
    ]);
    expect(printed()).toEqual([readable]);
    expect(rig.client.statuses()).toMatchObject([{ trouble: null }]);
  });

  it("that runs out of paper in the middle of a job goes on where it stopped", async () => {
    const { twin, rig, printed } = await onTwin();
    const heard = print(rig, "job", longReceipt);
    await until("some of it is printed", () => (twin.state(0).current?.elements.length ?? 0) > 50);
    twin.turn({ paperOut: true });
    await until("it waits for paper", () => heard.at(-1)?.state === "waiting");
    expect(printed()).toEqual([]);
    twin.turn({ paperOut: false });
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(heard.at(-1)).toEqual({ state: "printed", confirmed: true });
    expect(printed()[0]?.slice(0, -5)).toEqual(longReceipt.map((line) => line.kind === "text" && line.text));
    expect(twin.state(0).faults).toEqual([]);
  });

  it("unplugged in the middle of a job leaves it unknown, and prints the next job after it is back", async () => {
    const { twin, server, rig, printed } = await onTwin();
    const heard = print(rig, "cut-off", longReceipt);
    await until("some of it is printed", () => (twin.state(0).current?.elements.length ?? 0) > 50);
    twin.turn({ unplugged: true });
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(heard.at(-1)).toEqual({ state: "unknown" });
    const next = print(rig, "next", receipt);
    await until("the next one waits", () => next.length > 0);
    expect(next).toEqual([{ state: "waiting", trouble: "not-connected" }]);
    await server.settled();
    twin.turn({ unplugged: false });
    await until("the next one ends", () => isFinal(next.at(-1)));
    expect(next.at(-1)).toEqual({ state: "printed", confirmed: true });
    expect(printed()).toEqual([readable]);
  });

  it("whose host is killed in the middle of a job leaves it unknown, and prints again with the next host", async () => {
    const { twin, rig } = await onTwin();
    const heard = print(rig, "cut-off", longReceipt);
    await until("some of it is printed", () => (twin.state(0).current?.elements.length ?? 0) > 50);
    rig.hosts[0]?.kill("SIGKILL");
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(heard.at(-1)).toEqual({ state: "unknown" });
    await until("the printer is back", () => rig.hosts.length === 2 && isReady(rig));
    const next = print(rig, "next", receipt);
    await until("the next one ends", () => isFinal(next.at(-1)));
    expect(next.at(-1)).toEqual({ state: "printed", confirmed: true });
  });

  it("is opened anew after a sleep only once its paper is out, and prints the next job by another host", async () => {
    const { twin, rig } = await onTwin();
    const heard = print(rig, "under-way", longReceipt);
    await until("some of it is printed", () => (twin.state(0).current?.elements.length ?? 0) > 50);
    rig.client.reopen();
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(heard.at(-1)).toEqual({ state: "printed", confirmed: true });
    await until("another host has it ready", () => rig.hosts.length === 2 && isReady(rig));
    const next = print(rig, "next", receipt);
    await until("the next one ends", () => isFinal(next.at(-1)));
    expect(next.at(-1)).toEqual({ state: "printed", confirmed: true });
  });

  it("whose host is killed before anything was sent leaves the job unsent", async () => {
    const { twin, rig } = await onTwin();
    twin.turn({ paperOut: true });
    const heard = print(rig, "job", receipt);
    await until("it waits", () => heard.length > 0);
    rig.hosts[0]?.kill("SIGKILL");
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(heard.at(-1)).toEqual({ state: "not-sent", trouble: "not-connected" });
    // Questions of three bytes each, and nothing of the receipt.
    expect(twin.state(0).heldBytes).toBeLessThan(60);
  });

  it("that hangs is asked, not fed", async () => {
    const { twin, rig } = await onTwin();
    twin.turn({ stalled: true });
    const heard = print(rig, "job", receipt);
    await until("it waits", () => heard.length > 0);
    expect(heard).toEqual([{ state: "waiting", trouble: "offline" }]);
    twin.turn({ stalled: false });
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(heard.at(-1)).toEqual({ state: "printed", confirmed: true });
  });

  it("on a serial port prints the same, and reads its answers there", async () => {
    const cable = await ptyPair();
    const device = await openDevice(cable.device);
    const now = (): number => Date.now();
    const drawer = new DrawerTwin({ pin: 2, isOpenHigh: true, now, announce: () => {} });
    const twin = new PrinterTwin({ profile, drawer, now, announce: () => {} });
    twin.onReply((bytes) => device.write(bytes));
    device.onBytes((bytes) => twin.feed(bytes));
    const rig = startClient({ scanners: [], printer: printerOn(onSerial(cable.till)) });
    const heard = print(rig, "early", receipt);
    await until("a job before the host was up comes back", () => isFinal(heard.at(-1)));
    expect(heard).toEqual([{ state: "not-sent", trouble: "not-connected" }]);
    await until("the printer is ready", () => isReady(rig));
    const again = print(rig, "job", receipt);
    await until("the job ends", () => isFinal(again.at(-1)));
    expect(again.at(-1)).toEqual({ state: "printed", confirmed: true });
    expect(twin.state(0).papers.map((paper) => plainLines(paper.elements, 48))).toEqual([readable]);
    expect(twin.state(0).faults).toEqual([]);
  });
});

describe("a printer that answers nothing", () => {
  it("is never asked, and its bytes are those of the receipt alone", async () => {
    const device = await tcpDevice();
    const rig = startClient({ scanners: [], printer: printerOn(onTcp(device.port), { answersStatus: false }) });
    await until("the printer is ready", () => isReady(rig));
    const heard = print(rig, "job", receipt);
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(heard).toEqual([{ state: "sending" }, { state: "printed", confirmed: false }]);
    await until("all bytes arrived", () =>
      device
        .received()
        .subarray(-3)
        .equals(Buffer.from([0x1d, 0x56, 0x01])),
    );
    expect(plainLines(decodeStrictly(device.received(), profile), 48)).toEqual(readable);
  });

  it("that stops reading in the middle is waited for, and gets the rest when it reads on", async () => {
    const cable = await ptyPair();
    const line = { ...onSerial(cable.till), baudRate: 921_600 };
    const rig = startClient({ scanners: [], printer: printerOn(line, { answersStatus: false }) });
    await until("the printer is ready", () => isReady(rig));
    // More than the buffers of the line hold, and nobody reads its other end.
    const heard = print(rig, "job", longReceipt);
    await until("it waits", () => heard.at(-1)?.state === "waiting");
    expect(heard).toEqual([{ state: "sending" }, { state: "waiting", trouble: "offline" }]);
    expect(rig.client.statuses()).toMatchObject([{ state: "stalled" }]);
    expect(await rig.client.kickDrawer("kick", 300)).toBe("expired");
    const device = await openDevice(cable.device);
    let received = Buffer.alloc(0);
    device.onBytes((bytes) => (received = Buffer.concat([received, bytes])));
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(heard.at(-1)).toEqual({ state: "printed", confirmed: false });
    await until("all bytes arrived", () => received.subarray(-3).equals(Buffer.from([0x1d, 0x56, 0x01])));
    expect(plainLines(decodeStrictly(received, profile), 48).slice(0, -5)).toEqual(
      longReceipt.map((text) => text.kind === "text" && text.text),
    );
    expect(received.includes(Buffer.from([0x1b, 0x70]))).toBe(false);
  });

  it("unplugged while it holds up a job leaves it unknown", async () => {
    const cable = await ptyPair();
    const rig = startClient({ scanners: [], printer: printerOn(onSerial(cable.till), { answersStatus: false }) });
    await until("the printer is ready", () => isReady(rig));
    const heard = print(rig, "job", longReceipt);
    await until("it waits", () => heard.at(-1)?.state === "waiting");
    await cable.unplug();
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(heard.at(-1)).toEqual({ state: "unknown" });
    await until("it is known to be absent", () => rig.client.statuses()[0]?.state === "absent");
    await cable.plugIn();
    await until("the printer is back", () => isReady(rig));
  });

  it("on a USB device node gets its bytes by non-blocking writes, and no file appears where no device is", async () => {
    const cable = await ptyPair();
    const printer = printerOn({ kind: "usb", path: cable.till }, { answersStatus: false });
    const rig = startClient({ scanners: [], printer });
    await until("the printer is ready", () => isReady(rig));
    const heard = print(rig, "job", longReceipt);
    const device = await openDevice(cable.device);
    let received = Buffer.alloc(0);
    device.onBytes((bytes) => (received = Buffer.concat([received, bytes])));
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(heard.at(-1)).toEqual({ state: "printed", confirmed: false });
    await until("all bytes arrived", () => received.subarray(-3).equals(Buffer.from([0x1d, 0x56, 0x01])));
    expect(decodeStrictly(received, profile).filter((element) => element.kind === "text")).toHaveLength(
      longReceipt.length,
    );
    const absent = join(dirname(cable.till), "lp7");
    rig.client.configure({ scanners: [], printer: { ...printer, transport: { kind: "usb", path: absent } } });
    await until("it is known to be absent", () => rig.client.statuses()[0]?.state === "absent");
    expect(existsSync(absent)).toBe(false);
    writeFileSync(absent, "a file, not a printer");
    await until("the file is refused", () => rig.client.statuses()[0]?.reason?.includes("not a device") === true);
    expect(readFileSync(absent, "utf8")).toBe("a file, not a printer");
  });

  it("is judged by its status when it answers that but never says that it has printed", async () => {
    const device = await tcpDevice((bytes, socket) => {
      if (bytes.includes(Buffer.from([0x10, 0x04]))) socket.write(Uint8Array.of(0x12));
    });
    const rig = startClient({ scanners: [], printer: printerOn(onTcp(device.port)) });
    await until("the printer is ready", () => isReady(rig));
    const heard = print(rig, "job", receipt);
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(heard.at(-1)).toEqual({ state: "printed", confirmed: false });
  });

  it("that is virtual takes every job", async () => {
    const rig = startClient({ scanners: [], printer: printerOn({ kind: "virtual" }) });
    await until("the printer is ready", () => isReady(rig));
    const heard = print(rig, "job", receipt);
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(heard.at(-1)).toEqual({ state: "printed", confirmed: false });
    expect(await rig.client.kickDrawer("kick", 1_000)).toBe("kicked");
  });
});

describe("the drawer", () => {
  it("opens by a pulse of the configured pin and length", async () => {
    const { twin, drawer, rig } = await onTwin({ drawer: { pin: 2, onMs: 100, offMs: 400, sensor: "none" } });
    expect(await rig.client.kickDrawer("kick", 2_000)).toBe("kicked");
    await until("the pulse is felt", () => drawer.state().kicks.length === 1);
    expect(drawer.state()).toMatchObject({ open: true, kicks: [{ pin: 2, onMs: 100 }] });
    expect(twin.state(0).faults).toEqual([]);
  });

  it("opens during a long job, not after it", async () => {
    const { twin, drawer, rig } = await onTwin();
    const heard = print(rig, "job", longReceipt);
    await until("some of it is printed", () => (twin.state(0).current?.elements.length ?? 0) > 50);
    expect(await rig.client.kickDrawer("kick", 2_000)).toBe("kicked");
    await until("the pulse is felt", () => drawer.state().kicks.length === 1);
    expect(isFinal(heard.at(-1))).toBe(false);
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(twin.state(0).faults).toEqual([]);
  });

  it("does not open minutes later: a kick that cannot happen expires", async () => {
    const { twin, drawer, rig } = await onTwin();
    twin.turn({ paperOut: true });
    expect(await rig.client.kickDrawer("kick", 500)).toBe("expired");
    twin.turn({ paperOut: false });
    const heard = print(rig, "job", receipt);
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(drawer.state().kicks).toEqual([]);
  });

  it("that does not exist is not kicked", async () => {
    const device = await tcpDevice();
    const { drawer: _drawer, ...withoutDrawer } = printerOn(onTcp(device.port), { answersStatus: false });
    const rig = startClient({ scanners: [], printer: withoutDrawer });
    await until("the printer is ready", () => isReady(rig));
    expect(await rig.client.kickDrawer("kick", 500)).toBe("no-drawer");
    expect(device.received()).toEqual(Buffer.alloc(0));
  });

  it("is not opened by a product's name", async () => {
    const { drawer, rig, twin } = await onTwin();
    const name = "\x1bp\x00\x19\xfa\x10\x14\x01\x00\x05雪碧";
    const heard = print(rig, "job", [
      { kind: "text", text: name, align: "left", style: {} },
      { kind: "barcode", text: `1604${name}` },
      { kind: "qr", text: name },
    ]);
    await until("the job ends", () => isFinal(heard.at(-1)));
    expect(drawer.state().kicks).toEqual([]);
    expect(twin.state(0).faults).toEqual([]);
  });
});

interface DeviceEnd {
  readonly write: (bytes: Uint8Array) => void;
  readonly onBytes: (listener: (bytes: Buffer) => void) => void;
}

async function openDevice(path: string): Promise<DeviceEnd> {
  const file = await open(path, "r+");
  const stream = createReadStream("", { fd: file.fd, autoClose: false });
  onTestFinished(async () => {
    stream.destroy();
    await file.close();
  });
  // At the end of a test the cable goes first, and reading it fails.
  stream.on("error", () => {});
  return {
    write: (bytes) => void file.write(bytes),
    onBytes: (listener) => stream.on("data", (bytes) => listener(Buffer.from(bytes))),
  };
}
