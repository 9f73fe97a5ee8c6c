import { HidPosReader } from "../scanner/hid-pos.ts";
import { openHidLink } from "../transport/hid-link.ts";
import { openKeyboardEar } from "../transport/keyboard-ear.ts";
import { linkOpener } from "../transport/open-transport.ts";
import type { LinkEvents, OpenedLink, OpenLink } from "../transport/transport.ts";
import type { EarTransport } from "./ear.ts";

/** Opens whatever may be a scanner to listen only; what arrives are the characters it sends, whichever way. */
export function earOpener(transport: EarTransport): OpenLink {
  const { kind, path = "" } = { path: undefined, ...transport };
  if (kind === "hid") return (events) => openReports((inner) => openHidLink(path, inner), events);
  if (kind === "keyboard") return (events) => openKeyboardEar(path, events);
  return linkOpener(transport);
}

/** Each code of a HID-POS scanner as text behind its identifier, and a CR that keeps it from the next. */
export function openReports(open: OpenLink, events: LinkEvents): Promise<OpenedLink> {
  const reader = new HidPosReader("");
  return open({
    onEnd: events.onEnd,
    onBytes(report) {
      for (const scan of reader.feed(report)) {
        if (scan.kind === "scan") events.onBytes(Buffer.from(`${scan.aim ?? ""}${scan.text}\r`));
      }
    },
  });
}
