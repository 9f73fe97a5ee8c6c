import type { DevicesConfig, PrinterConfig, ScannerConfig } from "#contract/config/devices.ts";
import type { DeviceRole, HostEvent, HostRequest } from "#contract/devices/messages.ts";
import { DeviceGroup } from "./device-group.ts";
import { PrinterSession } from "./printer/printer-session.ts";
import { Scanner } from "./scanner/scanner.ts";
import { Tracer } from "./trace/tracer.ts";
import { openTransport } from "./transport/open-transport.ts";

/** The devices of one till. Reconfiguring leaves alone those that did not change. */
export class DeviceSet {
  readonly #report: (event: HostEvent) => void;
  readonly #onStuck: () => void;
  readonly #scanners: DeviceGroup<ScannerConfig, Scanner>;
  readonly #printers: DeviceGroup<PrinterConfig, PrinterSession>;
  /** Listens in on the lines of all of them. */
  readonly tracer: Tracer;
  #changes: Promise<void> = Promise.resolve();

  constructor(report: (event: HostEvent) => void, onStuck: () => void) {
    this.#report = report;
    this.#onStuck = onStuck;
    this.tracer = new Tracer(report);
    const lineTo = (role: DeviceRole, config: ScannerConfig | PrinterConfig) =>
      this.tracer.line(role, config, (onSent) => openTransport(config.transport, onStuck, onSent));
    this.#scanners = new DeviceGroup((config) => {
      const line = lineTo("scanner", config);
      return new Scanner(config, line.transport, line.report);
    });
    this.#printers = new DeviceGroup((config) => {
      const line = lineTo("printer", config);
      return new PrinterSession(config, line.transport, line.report);
    });
  }

  /** Replaces the set; then every device says how it stands, and `host-ready` says that all of it is done. */
  configure(devices: DevicesConfig): Promise<void> {
    // One change after the other: a device must be free before its successor opens it.
    this.#changes = this.#changes.then(() => this.#apply(devices));
    return this.#changes;
  }

  /** Closes one device and opens it again, in turn with changes of the set. */
  restart(role: DeviceRole, deviceId: string): Promise<void> {
    const isMeant = ({ id }: { readonly id: string }): boolean => id === deviceId;
    const groups = { scanner: this.#scanners, printer: this.#printers };
    this.#changes = this.#changes.then(() => groups[role].restart(isMeant));
    return this.#changes;
  }

  print(request: Extract<HostRequest, { kind: "print" }>): void {
    const { jobId, lines } = request;
    const [printer] = this.#printers.devices();
    if (printer !== undefined) return printer.print(jobId, lines);
    this.#report({ kind: "print-progress", jobId, progress: { state: "not-sent", trouble: "not-connected" } });
  }

  cancelPrint(jobId: string): void {
    for (const printer of this.#printers.devices()) printer.cancel(jobId);
  }

  /** On the till's own printer where the sheet is for that one, otherwise on a connection that ends with the sheet. */
  printTestSheet({ jobId, printer }: Extract<HostRequest, { kind: "print-test-sheet" }>): void {
    const own = this.#printers.devices().find((session) => session.reaches(printer));
    if (own !== undefined) return own.printTestSheet(jobId);
    const session = new PrinterSession(printer, openTransport(printer.transport, this.#onStuck), (event) => {
      if (event.kind !== "print-progress") return; // A stranger to the till: it hears of the sheet alone.
      this.#report(event);
      if (event.progress.state !== "waiting" && event.progress.state !== "sending") void session.close();
    });
    session.printTestSheet(jobId);
  }

  async kickDrawer(request: Extract<HostRequest, { kind: "kick-drawer" }>): Promise<void> {
    const { jobId, expiresInMs } = request;
    const [printer] = this.#printers.devices();
    const outcome = printer === undefined ? "no-drawer" : await printer.kickDrawer(expiresInMs);
    this.#report({ kind: "drawer-kicked", jobId, outcome });
  }

  async close(): Promise<void> {
    await Promise.all([this.#scanners.close(), this.#printers.close()]);
  }

  async #apply({ scanners, printer }: DevicesConfig): Promise<void> {
    const printers = listOf(printer);
    await Promise.all([this.#scanners.retire(scanners), this.#printers.retire(printers)]);
    this.#scanners.fill(scanners);
    this.#printers.fill(printers);
    this.#report({ kind: "host-ready" });
  }
}

function listOf<Config>(config: Config | undefined): readonly Config[] {
  return config === undefined ? [] : [config];
}
