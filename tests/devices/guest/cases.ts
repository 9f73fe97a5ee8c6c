import { deepEqual, equal, ok } from "node:assert/strict";
import type { PairedScanner, PairingCandidate, PairingProgress } from "#contract/devices/pairing.ts";
import { loadLinuxAddon } from "#native/addon/load-addon.ts";
import type { FarHidPos, FarKeyboard, FarPrinter, FarSerial } from "./far-devices.ts";
import { authorize, gadgetIds, setPortStatus } from "./gadget.ts";
import { inTime } from "./in-time.ts";
import { hidNode, keyboardNode, OtherReader } from "./nodes.ts";
import { receiptOf, type TillSide, untilFinal, untilHeard, usbPrinter } from "./till-side.ts";

export interface Stage {
  readonly till: TillSide;
  readonly printer: FarPrinter;
  readonly keyboard: FarKeyboard;
  readonly hidPos: FarHidPos;
  readonly serial: FarSerial;
}

export interface Case {
  readonly name: string;
  readonly run: (stage: Stage) => Promise<void>;
}

const READY = 0x18;
const PAPER_EMPTY = 0x38;

/** The papers that came out whole, as how many lines of text each has. */
function papers({ printer }: Stage): readonly number[] {
  const { papers, faults } = printer.twin.state(1);
  deepEqual(faults, []);
  return papers
    .filter(({ complete }) => complete)
    .map(({ elements }) => elements.filter((element) => element.kind === "text").length);
}

/**
 * The cable is pulled twice in a run, here and under a receipt: after a second time the gadget's printer was seen to take
 * no bytes any more, for a reason not found yet. So this comes last, and nothing is printed after it.
 */
async function unplugAndBack({ till, serial }: Stage, ...deviceIds: readonly string[]): Promise<void> {
  authorize(false);
  for (const id of deviceIds) await inTime(`${id} is missed`, () => till.status(id)?.state !== "ready");
  authorize(true);
  for (const id of deviceIds) await till.comesTo(id, "ready");
  if (deviceIds.includes("acm")) serial.open();
}

const onPrinter: readonly Case[] = [
  {
    name: "a printer plugged in after the till started is ready by itself, and prints a whole receipt that it confirms",
    run: async (stage) => {
      await stage.till.comesTo("printer", "ready");
      const heard = stage.till.print("first", receiptOf("first", 40));
      deepEqual(await untilFinal(heard), { state: "printed", confirmed: true });
      deepEqual(papers(stage), [40]);
    },
  },
  {
    name: "out of paper in the middle of a receipt it pauses, and goes on by itself with paper, once",
    run: async (stage) => {
      stage.printer.twin.tear();
      const heard = stage.till.print("second", receiptOf("second", 200));
      await untilHeard(heard, { state: "sending" });
      stage.printer.twin.turn({ paperOut: true });
      await untilHeard(heard, { state: "waiting", trouble: "paper-out" });
      stage.printer.twin.turn({ paperOut: false });
      deepEqual(await untilFinal(heard), { state: "printed", confirmed: true });
      deepEqual(papers(stage), [200]);
    },
  },
  {
    name: "a printer that answers nothing waits for paper by its port's status",
    run: async (stage) => {
      stage.printer.twin.tear();
      setPortStatus(stage.printer.fd, READY);
      await stage.till.use({ printer: { ...usbPrinter, id: "dumb", answersStatus: false } });
      await stage.till.comesTo("dumb", "ready");
      deepEqual(await untilFinal(stage.till.print("ready", receiptOf("ready", 3))), {
        state: "printed",
        confirmed: false,
      });
      setPortStatus(stage.printer.fd, PAPER_EMPTY);
      const heard = stage.till.print("third", receiptOf("third", 10));
      await untilHeard(heard, { state: "waiting", trouble: "paper-out" });
      equal(papers(stage).length, 1);
      setPortStatus(stage.printer.fd, READY);
      deepEqual(await untilFinal(heard), { state: "printed", confirmed: false });
      await inTime("the paper is out", () => papers(stage).length === 2);
      deepEqual(papers(stage), [3, 10]);
      await stage.till.use({ printer: usbPrinter });
      await stage.till.comesTo("printer", "ready");
    },
  },
  {
    name: "pulled out in the middle of a receipt nobody knows what became of it; plugged in again it prints the next",
    run: async (stage) => {
      stage.printer.twin.tear();
      const heard = stage.till.print("fourth", receiptOf("fourth", 4_000));
      await untilHeard(heard, { state: "sending" });
      await new Promise<void>((resolve) => stage.printer.onNextBytes(resolve));
      stage.printer.twin.turn({ unplugged: true });
      authorize(false);
      deepEqual(await untilFinal(heard), { state: "unknown" });
      await inTime("the printer is missed", () => stage.till.status("printer")?.state !== "ready");
      stage.printer.twin.turn({ unplugged: false });
      authorize(true);
      await stage.till.comesTo("printer", "ready");
      stage.printer.twin.tear();
      deepEqual(await untilFinal(stage.till.print("fifth", receiptOf("fifth", 5))), {
        state: "printed",
        confirmed: true,
      });
      deepEqual(papers(stage), [5]);
    },
  },
];

/** The text of the code on the screen, of the characters that the far keyboard types. */
const pairingText = "TILLWAY7K3Q";

/** What pairing learns of a scanner that reads the code until it is found. */
async function pair({ till }: Stage, candidate: PairingCandidate, read: () => Promise<void>): Promise<PairedScanner> {
  const heard: PairingProgress[] = [];
  const pairingId = `pairing of ${candidate.kind}`;
  till.client.onSetup((event) => {
    if (event.kind === "pairing" && event.pairingId === pairingId) heard.push(event.progress);
  });
  const request = { pairingId, text: pairingText, candidates: [candidate], withinMs: 180_000 };
  await inTime("the host takes it", () => till.client.request({ kind: "pair", ...request }));
  return inTime(
    "it is found",
    async () => {
      const last = heard.at(-1);
      if (last?.state === "found") return last.scanner;
      await read();
      return null;
    },
    () => heard,
  );
}

const onKeyboard: readonly Case[] = [
  {
    name: "pairing hears a scanner that types, and takes its keys from nobody; and one in HID-POS mode",
    run: async (stage) => {
      const path = await inTime("the keyboard is there", keyboardNode);
      const node = await inTime("the scanner is there", () => hidNode(0x8c));
      const other = new OtherReader(path);
      const identity = { ...gadgetIds, port: "1-1:1.1" };
      const keys = await pair(stage, { kind: "keyboard", node: path, address: { identity } }, () =>
        stage.keyboard.scan(pairingText),
      );
      deepEqual(keys, { transport: { kind: "keyboard", identity }, prefix: "", suffix: "cr", aim: null });
      await inTime("another program heard it too", () => other.byteCount() > 0);
      other.end();
      const pos = await pair(stage, { kind: "hid", node, address: { path: node } }, () =>
        stage.hidPos.scan("]C0", pairingText),
      );
      deepEqual(pos, { transport: { kind: "hid", path: node }, prefix: "", suffix: "report", aim: "]C0" });
    },
  },
  {
    name: "a scanner that types is named with its ids and known to type",
    run: async () => {
      const addon = loadLinuxAddon();
      ok(addon.ok);
      const found = addon.addon.listKeyboards().find((keyboard) => keyboard.path === keyboardNode());
      ok(found?.ok === true && found.typesDigits && found.phys.startsWith("usb-dummy_hcd"));
      deepEqual([found.vendorId, found.productId], [gadgetIds.vendorId, gadgetIds.productId]);
    },
  },
  {
    name: "another program hears the scanner before the till has it (control), and nothing once it has",
    run: async ({ till, keyboard }) => {
      const path = await inTime("the keyboard is there", keyboardNode);
      const other = new OtherReader(path);
      // Again and again: the other program may not have opened it yet.
      await inTime("the other program hears it", async () => {
        await keyboard.scan("before");
        return other.byteCount() > 0;
      });
      await till.use({ scanners: [{ id: "keys", transport: { kind: "keyboard", path }, prefix: "" }] });
      await till.comesTo("keys", "ready");
      await keyboard.scan("4006381333931");
      await till.hears("keys  4006381333931");
      const before = other.byteCount();
      await keyboard.scan("AbC123");
      await till.hears("keys  AbC123");
      deepEqual(till.scans, ["keys  4006381333931", "keys  AbC123"]);
      equal(other.byteCount(), before);
      other.end();
    },
  },
  {
    name: "a second till is refused the same scanner, with the reason",
    run: async () => {
      const addon = loadLinuxAddon();
      const path = keyboardNode();
      ok(addon.ok && path !== undefined);
      const second = addon.addon.openStream(path, "keyboard", () => {});
      equal(second.ok ? "opened" : second.code, "EBUSY");
    },
  },
  {
    name: "its keys are free again when the host dies, and the next host has them",
    run: async ({ till, keyboard }) => {
      till.scans.length = 0;
      till.hosts.at(-1)?.kill("SIGKILL");
      await inTime("another host runs", () => till.hosts.length === 2);
      await till.comesTo("keys", "ready");
      // Again and again, as somebody would: whether the next host has them at all is the question here.
      await inTime("the next host hears it", async () => {
        await keyboard.scan("6901234567892");
        return till.scans.includes("keys  6901234567892");
      });
    },
  },
];

const onOthers: readonly Case[] = [
  {
    name: "a HID-POS scanner gives its identifier, and a code of two reports as one",
    run: async ({ till, hidPos }) => {
      const path = await inTime("the scanner is there", () => hidNode(0x8c));
      await till.use({ scanners: [{ id: "pos", transport: { kind: "hid", path }, prefix: "" }] });
      await till.comesTo("pos", "ready");
      const boarding = `M1DESMARAIS/LUC       EABC123 ${"YULFRAAC 0834 326J001A0025 100".repeat(2)}`;
      await hidPos.scan("]E0", "4006381333931");
      await hidPos.scan("]Q1", boarding);
      await till.hears(`pos ]Q1 ${boarding}`);
      deepEqual(till.scans.slice(-2), ["pos ]E0 4006381333931", `pos ]Q1 ${boarding}`]);
    },
  },
  {
    name: "a keyboard is not taken for a HID-POS scanner",
    run: async ({ till }) => {
      const path = await inTime("the keyboard's node is there", () => hidNode(0x01));
      await till.use({ scanners: [{ id: "wrong", transport: { kind: "hid", path }, prefix: "" }] });
      await till.comesTo("wrong", "absent");
      equal(till.status("wrong")?.reason, `${path} is not a HID-POS scanner`);
    },
  },
  {
    name: "scanners of all three kinds are heard while the printer takes nothing, and after all were pulled out",
    run: async (stage) => {
      const { till, printer, keyboard, hidPos, serial } = stage;
      const keys = await inTime("the keyboard is there", keyboardNode);
      const pos = await inTime("the scanner is there", () => hidNode(0x8c));
      const line = { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1, flow: "none" } as const;
      await till.use({
        printer: usbPrinter,
        scanners: [
          { id: "keys", transport: { kind: "keyboard", path: keys }, prefix: "" },
          { id: "pos", transport: { kind: "hid", path: pos }, prefix: "" },
          { id: "acm", transport: { kind: "serial", path: "/dev/ttyACM0", ...line }, prefix: "" },
        ],
      });
      const all = ["printer", "keys", "pos", "acm"];
      for (const id of all) await till.comesTo(id, "ready");
      // The cable was out under a receipt.
      serial.open();
      printer.twin.tear();
      const heard = till.print("sixth", receiptOf("sixth", 4_000));
      await untilHeard(heard, { state: "sending" });
      printer.twin.turn({ stalled: true });
      await inTime(
        "the printer is stuck",
        () => heard.at(-1)?.state === "waiting",
        () => heard,
      );
      for (let turn = 0; turn < 10; turn += 1) {
        await Promise.all([keyboard.scan(`k${turn}`), hidPos.scan("]E0", `p${turn}`), serial.scan(`s${turn}`)]);
      }
      for (let turn = 0; turn < 10; turn += 1) {
        for (const scan of [`keys  k${turn}`, `pos ]E0 p${turn}`, `acm  s${turn}`]) await till.hears(scan);
      }
      printer.twin.turn({ stalled: false });
      deepEqual(await untilFinal(heard), { state: "printed", confirmed: true });
      deepEqual(papers(stage), [4_000]);
      await unplugAndBack(stage, ...all);
      till.scans.length = 0;
      await Promise.all([keyboard.scan("k"), hidPos.scan("]E0", "p"), serial.scan("s")]);
      for (const scan of ["keys  k", "pos ]E0 p", "acm  s"]) await till.hears(scan);
    },
  },
];

export const cases: readonly Case[] = [...onPrinter, ...onKeyboard, ...onOthers];
