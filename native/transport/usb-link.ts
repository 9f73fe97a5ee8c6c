import type { PrinterTrouble } from "#contract/devices/messages.ts";
import { openDeviceStream, type DeviceStream } from "./device-stream.ts";
import { PortWatch } from "./printer-port.ts";
import type { Link, LinkEvents, OpenedLink } from "./transport.ts";

/**
 * Opens the node of a USB printer (Linux usblp, /dev/usb/lpN) for one connection, through the native addon: Node itself
 * can only read and write such a node on its four pool threads, which a stalled printer would hold, and cannot ask the
 * port for its status. Only an existing device is opened: a missing printer must not become a file of receipts.
 */
export async function openUsbLink(path: string, events: LinkEvents): Promise<OpenedLink> {
  const opened = openDeviceStream(path, "printer", events);
  if (!opened.ok) return opened;
  const link = new UsbLink(opened.stream);
  // Lets the port say that all is well while it is, so that its troubles are believed later.
  void link.trouble();
  return { ok: true, link };
}

class UsbLink implements Link {
  readonly #stream: DeviceStream;
  readonly #port = new PortWatch();

  constructor(stream: DeviceStream) {
    this.#stream = stream;
  }

  send(bytes: Buffer): Promise<void> {
    return this.#stream.write(bytes);
  }

  async trouble(): Promise<PrinterTrouble | null> {
    return this.#port.trouble(await this.#stream.status());
  }

  close(): Promise<void> {
    return this.#stream.close();
  }
}
