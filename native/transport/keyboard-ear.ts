import { KeyText } from "../scanner/key-text.ts";
import { openDeviceStream } from "./device-stream.ts";
import type { LinkEvents, OpenedLink } from "./transport.ts";

/**
 * Listens to a keyboard (Linux evdev) and leaves its keys to everybody, unlike `openKeyboardLink`: while a scanner is
 * looked for nobody knows yet which keyboard is one, and the manager's own must go on typing.
 */
export async function openKeyboardEar(path: string, events: LinkEvents): Promise<OpenedLink> {
  const text = new KeyText();
  const opened = openDeviceStream(path, "reports", {
    onEnd: events.onEnd,
    onBytes: (bytes) => {
      const typed = text.feed(keysIn(bytes));
      if (typed !== "") events.onBytes(Buffer.from(typed));
    },
  });
  if (!opened.ok) return opened;
  const { stream } = opened;
  return {
    ok: true,
    link: { send: () => Promise.reject(new Error("a keyboard is only read")), close: () => stream.close() },
  };
}

/** `struct input_event` of a 64-bit kernel (linux/input.h): two words of time, type, code, value. */
const EVENT_BYTES = 24;
const EV_SYN = 0;
const EV_KEY = 1;
const SYN_DROPPED = 3;

/** The keys in the bytes of evdev, as `StreamEvent.keys` tells them. A read gives whole events only. */
export function keysIn(bytes: Buffer): readonly number[] {
  const keys: number[] = [];
  for (let at = 0; at + EVENT_BYTES <= bytes.length; at += EVENT_BYTES) {
    const [type, code] = [bytes.readUInt16LE(at + 16), bytes.readUInt16LE(at + 18)];
    if (type === EV_KEY) keys.push(0, code, bytes.readInt32LE(at + 20));
    if (type === EV_SYN && code === SYN_DROPPED) keys.push(0, -1, 0);
  }
  return keys;
}
