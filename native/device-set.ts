import type { PrinterConfig, ScannerConfig } from "#contract/config/terminal.ts";
import type { HostEvent, HostRequest } from "#contract/devices/messages.ts";
import { PrinterSession } from "./printer/printer-session.ts";
import { Scanner } from "./scanner/scanner.ts";
import { openTransport } from "./transport/open-transport.ts";

interface Held<Device> {
  /** The configuration it was made from, to see whether a new one differs. */
  readonly made: string;
  readonly device: Device;
}

/** The devices of one till. Reconfiguring leaves alone those that did not change. */
export class DeviceSet {
  readonly #report: (event: HostEvent) => void;
  readonly #onStuck: () => void;
  #scanners: readonly Held<Scanner>[] = [];
  #printer: Held<PrinterSession> | null = null;
  #changes: Promise<void> = Promise.resolve();

  constructor(report: (event: HostEvent) => void, onStuck: () => void) {
    this.#report = report;
    this.#onStuck = onStuck;
  }

  /** Replaces the set; then every device says how it stands, and `host-ready` says that all of it is done. */
  configure(scanners: readonly ScannerConfig[], printer: PrinterConfig | null): Promise<void> {
    // One change after the other: a device must be free before its successor opens it.
    this.#changes = this.#changes.then(() => this.#apply(scanners, printer));
    return this.#changes;
  }

  print(request: Extract<HostRequest, { kind: "print" }>): void {
    const { jobId, lines } = request;
    if (this.#printer !== null) return this.#printer.device.print(jobId, lines);
    this.#report({ kind: "print-progress", jobId, progress: { state: "not-sent", trouble: "not-connected" } });
  }

  async kickDrawer(request: Extract<HostRequest, { kind: "kick-drawer" }>): Promise<void> {
    const { jobId, expiresInMs } = request;
    const outcome = this.#printer === null ? "no-drawer" : await this.#printer.device.kickDrawer(expiresInMs);
    this.#report({ kind: "drawer-kicked", jobId, outcome });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#scanners.map((held) => held.device.close()), this.#printer?.device.close()]);
  }

  async #apply(scanners: readonly ScannerConfig[], printer: PrinterConfig | null): Promise<void> {
    const wanted = scanners.map((config) => JSON.stringify(config));
    const wantedPrinter = printer === null ? null : JSON.stringify(printer);
    const leaving: Promise<void>[] = this.#scanners
      .filter((held) => !wanted.includes(held.made))
      .map((held) => held.device.close());
    if (this.#printer !== null && this.#printer.made !== wantedPrinter) {
      leaving.push(this.#printer.device.close());
      this.#printer = null;
    }
    const kept = this.#scanners.filter((held) => wanted.includes(held.made));
    this.#scanners = kept;
    await Promise.all(leaving);
    for (const held of kept) held.device.tell();
    this.#printer?.device.tell();
    this.#scanners = scanners.map(
      (config) => kept.find((held) => held.made === JSON.stringify(config)) ?? this.#addScanner(config),
    );
    if (printer !== null && this.#printer === null) this.#printer = this.#addPrinter(printer);
    this.#report({ kind: "host-ready" });
  }

  #addScanner(config: ScannerConfig): Held<Scanner> {
    const transport = openTransport(config.transport, this.#onStuck);
    return { made: JSON.stringify(config), device: new Scanner(config, transport, this.#report) };
  }

  #addPrinter(config: PrinterConfig): Held<PrinterSession> {
    const transport = openTransport(config.transport, this.#onStuck);
    return { made: JSON.stringify(config), device: new PrinterSession(config, transport, this.#report) };
  }
}
