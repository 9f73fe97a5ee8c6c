import { readFile, realpath } from "node:fs/promises";
import { basename } from "node:path";
import { openDeviceStream, type DeviceStream } from "./device-stream.ts";
import type { Link, LinkEvents, OpenedLink } from "./transport.ts";

/** The first item of a HID-POS scanner's report descriptor: usage page 0x8C, bar code scanners. */
const BAR_CODE_SCANNER = [0x05, 0x8c] as const;

/**
 * Opens a HID-POS scanner (Linux hidraw, /dev/hidrawN) for one connection. Each report is one call of `onBytes`. A mouse
 * or a keyboard is refused: its reports would be read as codes.
 */
export async function openHidLink(path: string, events: LinkEvents): Promise<OpenedLink> {
  const isScanner = await saysItIsAScanner(path);
  if (isScanner === false) return { ok: false, absent: true, reason: `${path} is not a HID-POS scanner` };
  const opened = openDeviceStream(path, "reports", events);
  return opened.ok ? { ok: true, link: new HidLink(opened.stream) } : opened;
}

/** Null where the system does not tell, as for a node that is not there. */
async function saysItIsAScanner(path: string): Promise<boolean | null> {
  try {
    const name = basename(await realpath(path));
    const descriptor = await readFile(`/sys/class/hidraw/${name}/device/report_descriptor`);
    return BAR_CODE_SCANNER.every((byte, at) => descriptor[at] === byte);
  } catch {
    return null;
  }
}

class HidLink implements Link {
  readonly #stream: DeviceStream;

  constructor(stream: DeviceStream) {
    this.#stream = stream;
  }

  send(): Promise<void> {
    return Promise.reject(new Error("a HID-POS scanner is only read"));
  }

  close(): Promise<void> {
    return this.#stream.close();
  }
}
