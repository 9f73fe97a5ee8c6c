import type { ScannerConfig } from "#contract/config/devices.ts";
import type { Link, OpenLink } from "../transport/transport.ts";

export type EarTransport = Extract<ScannerConfig["transport"], { kind: "serial" | "tcp" | "hid" | "keyboard" }>;

/** Two bytes of one code are 1 ms apart at 9600 baud; a busy machine may be late with them. */
const QUIET_MS = 150;
/** The pairing code, its prefix and suffix are shorter; a device that talks all the time is judged by so much. */
const MOST_BYTES = 512;
const CLOSE_DEADLINE_MS = 2_000;

/** One opening of one port at one speed, until it is closed. */
export interface Ear {
  /** Whether it opened. */
  readonly opened: Promise<boolean>;
  /** Resolves when the port is free. */
  close(): Promise<void>;
}

/** Opens a port to listen only: hands over what came when it is quiet again, and says why nothing can be heard. */
export function listenAt(
  open: OpenLink,
  events: {
    readonly onHeard: (bytes: Buffer) => void;
    readonly onSilent: (reason: string) => void;
    readonly onStuck: () => void;
  },
): Ear {
  let bytes = Buffer.alloc(0);
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;
  const hand = (): void => {
    timer = null;
    const heard = bytes;
    bytes = Buffer.alloc(0);
    if (!isClosed && heard.length > 0) events.onHeard(heard);
  };
  const link = openQuietly(open, {
    onBytes(more) {
      bytes = Buffer.concat([bytes, more]).subarray(-MOST_BYTES);
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(hand, bytes.length < MOST_BYTES ? QUIET_MS : 0);
    },
    onEnd: (reason) => void (isClosed || events.onSilent(reason)),
  });
  const opened = link.then((got) => {
    if (typeof got !== "string") return true;
    if (!isClosed) events.onSilent(got);
    return false;
  });
  return {
    opened,
    async close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      const got = await link;
      if (typeof got === "string") return;
      const stuck = setTimeout(events.onStuck, CLOSE_DEADLINE_MS);
      await got.close().catch(() => {});
      clearTimeout(stuck);
    },
  };
}

/** The link, or why there is none. */
async function openQuietly(open: OpenLink, events: Parameters<OpenLink>[0]): Promise<Link | string> {
  try {
    const opened = await open(events);
    return opened.ok ? opened.link : opened.reason;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}
