import type { DeviceSection } from "#contract/config/device-sections.ts";

/** Where a device is, as one text: two devices of the same cannot both be. Null for one that is nowhere. */
export function addressOf({ config }: DeviceSection): string | null {
  const { transport } = config;
  // Keys do not say which keyboard they come from; a till without paper has no place for it.
  if (transport.kind === "virtual" || transport.kind === "wedge") return null;
  if (transport.kind === "system") return `system ${transport.name}`;
  if (transport.kind === "spooler") return transport.queue;
  if (transport.kind === "tcp") return `${transport.host.toLowerCase()}:${transport.port}`;
  const { path, identity } = transport;
  if (identity === undefined) return path ?? null;
  const { vendorId, productId, serial, port = "" } = identity;
  // With a serial number the socket is only where it happened to be; the interface on it still counts.
  return `${vendorId}:${productId}:${serial === undefined ? port : `${serial}:${port.split(":")[1] ?? ""}`}`;
}
