import type { DeviceRole, DeviceState, PrinterTrouble } from "#contract/devices/messages.ts";

/** What hangs on the till, and what waits. */
export interface StatusView {
  readonly devices: readonly {
    readonly deviceId: string;
    readonly role: DeviceRole;
    readonly state: DeviceState;
    readonly reason: string | null;
    readonly trouble: PrinterTrouble | null;
  }[];
  readonly receiptsWaiting: number;
  /** What the drawer's switch says; null where there is none, or nobody taught the till to read it. */
  readonly drawer: "open" | "closed" | null;
  /** By the last answer of the gateway, never by the network card. */
  readonly gateway: {
    readonly state: "off" | "untried" | "online" | "offline";
    readonly sinceMs: number | null;
    /** How far the till's clock runs ahead of the gateway's (negative: behind), good to two seconds; null: not known. */
    readonly clockOffsetMs: number | null;
  };
  /** Journal entries that head office has not acknowledged. */
  readonly journalWaiting: number;
}
