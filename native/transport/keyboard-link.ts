import { KeyText } from "../scanner/key-text.ts";
import { openDeviceStream, type DeviceStream } from "./device-stream.ts";
import type { Link, LinkEvents, OpenedLink } from "./transport.ts";

/**
 * Opens a scanner that types like a keyboard (Linux evdev, /dev/input/eventN) and takes it for the till alone: no other
 * program and no input method hears its keys, whatever has the focus. What it types arrives as bytes, like a serial
 * scanner's.
 */
export async function openKeyboardLink(path: string, events: LinkEvents): Promise<OpenedLink> {
  const text = new KeyText();
  const opened = openDeviceStream(path, "keyboard", {
    onEnd: events.onEnd,
    onKeys: (keys) => {
      const typed = text.feed(keys);
      if (typed !== "") events.onBytes(Buffer.from(typed));
    },
  });
  return opened.ok ? { ok: true, link: new KeyboardLink(opened.stream) } : opened;
}

class KeyboardLink implements Link {
  readonly #stream: DeviceStream;

  constructor(stream: DeviceStream) {
    this.#stream = stream;
  }

  send(): Promise<void> {
    return Promise.reject(new Error("a keyboard is only read"));
  }

  close(): Promise<void> {
    return this.#stream.close();
  }
}
