import type { PrinterConfig, ScannerConfig } from "#contract/config/devices.ts";
import { openHidLink } from "./hid-link.ts";
import { openKeyboardLink } from "./keyboard-link.ts";
import { ReconnectingTransport } from "./reconnecting-transport.ts";
import { openSerialLink } from "./serial-link.ts";
import { openSpoolerLink } from "./spooler-link.ts";
import { openTcpLink } from "./tcp-link.ts";
import type { OpenLink, Transport } from "./transport.ts";
import { openUsbLink } from "./usb-link.ts";
import { VirtualTransport } from "./virtual-transport.ts";
import { watchPath } from "./watch-path.ts";

type TransportConfig = PrinterConfig["transport"] | ScannerConfig["transport"];

/** The transport terminal.json asks for, connecting at once. `onStuck`: see `ReconnectingOptions`. */
export function openTransport(config: TransportConfig, onStuck: () => void): Transport {
  if (config.kind === "virtual") return new VirtualTransport();
  return new ReconnectingTransport({
    open: linkOpener(config),
    watch: (onChange) => ("path" in config ? watchPath(config.path, onChange) : () => {}),
    onStuck,
    random: Math.random,
  });
}

/**
 * Milliseconds the wire itself needs for `byteCount` bytes; 0 where the wire is faster than any printer. A serial
 * port's driver takes kilobytes at once and sends them for seconds.
 */
export function wireMs(config: TransportConfig, byteCount: number): number {
  if (config.kind !== "serial") return 0;
  // Start bit, stop bits and parity counted generously: 12 bits a byte at most.
  return Math.ceil((byteCount * 12 * 1_000) / config.baudRate);
}

function linkOpener(config: Exclude<TransportConfig, { kind: "virtual" }>): OpenLink {
  switch (config.kind) {
    case "serial":
      return (events) => openSerialLink(config, events);
    case "tcp":
      return (events) => openTcpLink(config.host, config.port, events);
    case "usb":
      return (events) => openUsbLink(config.path, events);
    case "spooler":
      return (events) => openSpoolerLink(config.queue, events);
    case "hid":
      return (events) => openHidLink(config.path, events);
    case "keyboard":
      return (events) => openKeyboardLink(config.path, events);
  }
}
