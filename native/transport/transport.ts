import type { DeviceState, PrinterTrouble } from "#contract/devices/messages.ts";

/** What became of the bytes handed to a device. `taken` means the operating system has them, not that they are printed. */
export type WriteOutcome =
  | { readonly kind: "taken" }
  /** None of them left: the device is not connected or is stalled. */
  | { readonly kind: "refused"; readonly reason: string }
  /** The deadline passed; some may have left and the rest still may, until `rest` settles or the link is dropped. */
  | { readonly kind: "stalled"; readonly rest: Promise<"taken" | "lost"> }
  /** The connection ended under the write: some may have left. */
  | { readonly kind: "lost"; readonly reason: string };

export interface TransportState {
  readonly state: DeviceState;
  /** Why it is not `ready`, in English for the log; null when it is. */
  readonly reason: string | null;
}

/** A device's two-way byte pipe that connects itself again for as long as it lives. */
export interface Transport {
  current(): TransportState;
  /** Number of the connection that is up, null when none is. A job that spans writes checks it is still the same. */
  connection(): number | null;
  /** One write at a time; refused unless `ready`. Never waits for a reconnection, so no stale bytes leave later. */
  write(bytes: Buffer, deadlineMs: number): Promise<WriteOutcome>;
  /** What the system says of a printer that does not answer itself; null when it says nothing, or that all is well. */
  trouble(): Promise<PrinterTrouble | null>;
  onBytes(listener: (bytes: Buffer) => void): void;
  onState(listener: (state: TransportState) => void): void;
  /** Drops the connection together with the bytes it still holds, and connects again. */
  reconnect(reason: string): void;
  close(): Promise<void>;
}

/** One connection, from its opening to its end. Never used again after it. */
export interface Link {
  /** Resolves when the operating system took every byte; rejects, or never settles, when the link ends first. */
  send(bytes: Buffer): Promise<void>;
  /** Only links to printers whose system knows: see `Transport.trouble`. */
  trouble?(): Promise<PrinterTrouble | null>;
  /** Frees the device. Drops what was not sent. Safe to call after the link has ended. */
  close(): Promise<void>;
}

export interface LinkEvents {
  onBytes(bytes: Buffer): void;
  /** Called at most once, whoever ended the link. */
  onEnd(reason: string): void;
}

export type OpenedLink =
  | { readonly ok: true; readonly link: Link }
  /**
   * `absent`: there is no such device now. `settled`, when given, must pass before the next attempt: the system call
   * is still under way and holds a thread.
   */
  | { readonly ok: false; readonly absent: boolean; readonly reason: string; readonly settled?: Promise<unknown> };

export type OpenLink = (events: LinkEvents) => Promise<OpenedLink>;
