import type { Paper, PaperElement } from "#contract/bench/devices.ts";
import { DrawerTwin } from "#simulators/drawer/drawer-twin.ts";
import { decodeStrictly } from "#simulators/printer/escpos-decoder.ts";
import { PrinterTwin } from "#simulators/printer/printer-twin.ts";
import { openPty } from "./pty.ts";

/** A receipt printer on a serial cable: it answers like one, obeys strictly, and its cable can be pulled. */
export interface SerialPrinter {
  /** The till's end of the cable. */
  readonly path: string;
  /** Everything the till ever sent, decoded from the first byte to the last; throws at anything no printer understands. */
  decoded(): PaperElement[];
  /** The receipts that came out whole. */
  papers(): readonly Paper[];
  drawerKicks(): number;
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /** Pulls the cable at the first byte of the next receipt, when the till can no longer know how much arrived. */
  unplugInMidReceipt(): Promise<void>;
}

/** ESC @, the first bytes of every receipt. */
const receiptBegins = Buffer.from([0x1b, 0x40]);

export async function openSerialPrinter(columns: 48 | 42 | 32): Promise<SerialPrinter> {
  const cable = await openPty("printer");
  const profile = { columns, allowsFourByteChinese: false };
  const common = { now: Date.now, announce: () => {} };
  const drawer = new DrawerTwin({ pin: 2, isOpenHigh: true, ...common });
  const twin = new PrinterTwin({ profile, drawer, ...common });
  let onReceipt: (() => void) | null = null;
  cable.onReceived((bytes) => {
    if (onReceipt !== null && bytes.includes(receiptBegins)) {
      twin.turn({ unplugged: true });
      onReceipt();
      onReceipt = null;
    }
    twin.feed(bytes);
  });
  twin.onReply((bytes) => cable.write(bytes));
  const unplug = async (): Promise<void> => {
    twin.turn({ unplugged: true });
    await cable.unplug();
  };
  return {
    path: cable.path,
    decoded: () => decodeStrictly(cable.received(), profile),
    papers: () => twin.state(1).papers.filter((paper) => paper.complete),
    drawerKicks: () => drawer.state().kicks.length,
    unplug,
    async plugIn() {
      await cable.plugIn();
      twin.turn({ unplugged: false });
    },
    async unplugInMidReceipt() {
      await new Promise<void>((resolve) => {
        onReceipt = resolve;
      });
      await unplug();
    },
  };
}
