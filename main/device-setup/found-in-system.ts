import type { DevicesConfig } from "#contract/config/devices.ts";
import type { FoundDevice } from "#contract/devices/found.ts";
import type { InstalledPrinter } from "#main/printing/page-printer.ts";

/** The operating system's printers among what the till could use. */
export function foundInSystem(
  installed: readonly InstalledPrinter[],
  { printer }: DevicesConfig,
): readonly FoundDevice[] {
  const used = printer?.transport.kind === "system" ? printer.transport.name : null;
  return installed.map(({ name, title }) => ({
    ...({ kind: "system-printer", node: name, identity: null, maker: null } as const),
    product: title,
    // The default one has no name in terminal.json, and which one it is the system does not say.
    busyBy: used === name ? (printer?.id ?? null) : null,
    ...({ permission: "ok", group: null } as const),
  }));
}
