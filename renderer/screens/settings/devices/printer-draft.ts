import type { PrinterConfig } from "#contract/config/devices.ts";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import type { DeviceDraft } from "./counter-draft.ts";

/** A printer on its way into terminal.json. */
export type PrinterDraft = Extract<DeviceDraft, { readonly role: "printer" }>;

/** As the plain 80 mm printer of a Chinese shop is; the test sheet tells the rest. */
const plain: Omit<PrinterConfig, "id" | "transport"> = {
  ...{ columns: 48, chinese: "gb18030", fourByte: false, codePage: "none", otherCharacters: "raster" },
  ...{ qr: "native", barcode: "native", cut: "partial", answersStatus: true, confirms: "auto", logo: "" },
};

/** A new printer at `transport`, or at the first that is plugged in and free. */
export function newPrinter(view: DevicesView, transport?: PrinterConfig["transport"]): PrinterDraft {
  const [usb] = view.found.filter((one) => one.kind === "usb-printer" && one.busyBy === null);
  const address = usb?.identity === null ? { path: usb.node } : { identity: usb?.identity };
  const at = transport ?? (usb === undefined ? { kind: "tcp", host: "", port: 9100 } : { kind: "usb", ...address });
  // Whatever the till has printed with, its drawer stays on the counter.
  const before = view.devices.find(({ section }) => section.role === "printer")?.section;
  const drawer = before?.role === "printer" ? before.config.drawer : undefined;
  const config = { ...plain, ...(drawer === undefined ? {} : { drawer }), id: "new", transport: at };
  return { role: "printer", isNew: true, config };
}
