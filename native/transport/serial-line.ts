import type { PrinterConfig } from "#contract/config/devices.ts";

/** How a kind of device sets its serial port. */
export interface SerialLine {
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly parity: "none" | "even" | "odd";
  readonly stopBits: 1 | 2;
}

type Transport = Extract<PrinterConfig["transport"], { kind: "serial" | "tcp" }>;
type Loose<T> = T extends { readonly kind: "serial" }
  ? Omit<T, keyof SerialLine> & { readonly [K in keyof SerialLine]?: SerialLine[K] | undefined }
  : T;

/** The transport with what terminal.json leaves out filled in from the device's own settings. */
export function onLine(transport: Loose<Transport>, line: SerialLine): Transport {
  if (transport.kind !== "serial") return transport;
  return {
    ...transport,
    baudRate: transport.baudRate ?? line.baudRate,
    dataBits: transport.dataBits ?? line.dataBits,
    parity: transport.parity ?? line.parity,
    stopBits: transport.stopBits ?? line.stopBits,
  };
}
