import type { HostScannerConfig, PrinterConfig } from "#contract/config/devices.ts";
import { openHidLink } from "./hid-link.ts";
import { openKeyboardLink } from "./keyboard-link.ts";
import { openAtNode, watchNode } from "./node-address.ts";
import { ReconnectingTransport } from "./reconnecting-transport.ts";
import { openSerialLink } from "./serial-link.ts";
import { openSpoolerLink } from "./spooler-link.ts";
import { openTcpLink } from "./tcp-link.ts";
import type { OpenLink, Transport } from "./transport.ts";
import { openUsbLink } from "./usb-link.ts";
import { VirtualTransport } from "./virtual-transport.ts";

/** What has a line of its own; a printer of the operating system is reached by main alone. */
export type TransportConfig = Exclude<PrinterConfig["transport"], { kind: "system" }> | HostScannerConfig["transport"];

/** The transport terminal.json asks for, connecting at once. `onStuck`, `onSent`: see `ReconnectingOptions`. */
export function openTransport(
  config: TransportConfig,
  onStuck: () => void,
  onSent: (bytes: Buffer) => void = () => {},
): Transport {
  if (config.kind === "virtual") return new VirtualTransport();
  return new ReconnectingTransport({
    open: linkOpener(config),
    watch: (onChange) => (config.kind === "tcp" || config.kind === "spooler" ? () => {} : watchNode(config, onChange)),
    onStuck,
    onSent,
    random: Math.random,
  });
}

/**
 * Milliseconds the wire itself needs for `byteCount` bytes; 0 where the wire is faster than any printer. A serial
 * port's driver takes kilobytes at once and sends them for seconds.
 */
export function wireMs(config: TransportConfig | PrinterConfig["transport"], byteCount: number): number {
  if (config.kind !== "serial") return 0;
  // Start bit, stop bits and parity counted generously: 12 bits a byte at most.
  return Math.ceil((byteCount * 12 * 1_000) / config.baudRate);
}

/** Opens one connection of a transport, for whoever keeps no device. */
export function linkOpener(config: Exclude<TransportConfig, { kind: "virtual" }>): OpenLink {
  switch (config.kind) {
    case "serial":
      return openAtNode(config, "serial", (path, events) => openSerialLink({ ...config, path }, events));
    case "tcp":
      return (events) => openTcpLink(config.host, config.port, events);
    case "usb":
      return openAtNode(config, "usb-printer", openUsbLink);
    case "spooler":
      return (events) => openSpoolerLink(config.queue, events);
    case "hid":
      return openAtNode(config, "hid-scanner", openHidLink);
    case "keyboard":
      return openAtNode(config, "keyboard", openKeyboardLink);
  }
}
