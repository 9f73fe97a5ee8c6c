import type {
  DevicesConfig,
  HostScannerConfig,
  OldTillConfig,
  PoleDisplayConfig,
  PrinterConfig,
  ScaleConfig,
} from "#contract/config/devices.ts";
import type { DeviceRole, HostEvent, HostRequest } from "#contract/devices/messages.ts";
import type { PoleShow } from "#contract/devices/pole.ts";
import { DeviceGroup } from "./device-group.ts";
import { OldTill, oldTillLine } from "./legacy/old-till.ts";
import { PoleDisplay } from "./pole-display/pole-display.ts";
import { poleProtocol } from "./pole-display/pole-protocol.ts";
import type { Printer } from "./printer/printer.ts";
import { PrinterSession } from "./printer/printer-session.ts";
import { SystemPrinter } from "./printer/system-printer.ts";
import { SystemSpooler } from "./printer/system-spooler.ts";
import { scaleProtocol } from "./scale/scale-protocol.ts";
import { Scale } from "./scale/scale.ts";
import { Scanner } from "./scanner/scanner.ts";
import { Tracer } from "./trace/tracer.ts";
import { openTransport, type TransportConfig } from "./transport/open-transport.ts";
import { onLine } from "./transport/serial-line.ts";

/** The devices of one till. Reconfiguring leaves alone those that did not change. */
export class DeviceSet {
  readonly #report: (event: HostEvent) => void;
  readonly #onStuck: () => void;
  readonly #scanners: DeviceGroup<HostScannerConfig, Scanner>;
  readonly #printers: DeviceGroup<PrinterConfig, Printer>;
  readonly #scales: DeviceGroup<ScaleConfig, Scale>;
  readonly #poles: DeviceGroup<PoleDisplayConfig, PoleDisplay>;
  readonly #oldTills: DeviceGroup<OldTillConfig, OldTill>;
  /** Listens in on the lines of all of them. */
  readonly tracer: Tracer;
  /** For printers that only have a driver. */
  readonly spooler: SystemSpooler;
  #changes: Promise<void> = Promise.resolve();

  constructor(report: (event: HostEvent) => void, onStuck: () => void) {
    this.#report = report;
    this.#onStuck = onStuck;
    this.tracer = new Tracer(report);
    this.spooler = new SystemSpooler(report);
    const lineTo = (role: DeviceRole, id: string, transport: TransportConfig) =>
      this.tracer.line(role, { id, transport }, (onSent) => openTransport(transport, onStuck, onSent));
    this.#scanners = new DeviceGroup((config) => {
      const line = lineTo("scanner", config.id, config.transport);
      return new Scanner(config, line.transport, line.report);
    });
    this.#printers = new DeviceGroup((config): Printer => {
      const { transport } = config;
      if (transport.kind === "system") return new SystemPrinter({ ...config, transport }, this.spooler, report);
      const line = lineTo("printer", config.id, transport);
      return new PrinterSession(config, line.transport, line.report);
    });
    this.#scales = new DeviceGroup((config) => {
      const line = lineTo("scale", config.id, onLine(config.transport, scaleProtocol(config).serial));
      return new Scale(config, line.transport, line.report);
    });
    this.#poles = new DeviceGroup((config) => {
      const line = lineTo("display", config.id, onLine(config.transport, poleProtocol(config).serial));
      return new PoleDisplay(config, line.transport, line.report);
    });
    // Not traced: what an old till asks may hold a customer's payment code.
    this.#oldTills = new DeviceGroup(
      (config) => new OldTill(config, openTransport(onLine(config.transport, oldTillLine), onStuck), report),
    );
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
    const groups = {
      ...{ scanner: this.#scanners, printer: this.#printers, scale: this.#scales, display: this.#poles },
      ...{ "old-till": this.#oldTills },
    };
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
    const report = (event: HostEvent): void => {
      if (event.kind !== "print-progress") return; // A stranger to the till: it hears of the sheet alone.
      this.#report(event);
      if (event.progress.state !== "waiting" && event.progress.state !== "sending") void stranger.close();
    };
    const stranger = this.#strangePrinter(printer, report);
    stranger.printTestSheet(jobId);
  }

  #strangePrinter(config: PrinterConfig, report: (event: HostEvent) => void): Printer {
    const { transport } = config;
    if (transport.kind === "system") return new SystemPrinter({ ...config, transport }, this.spooler, report);
    return new PrinterSession(config, openTransport(transport, this.#onStuck), report);
  }

  async kickDrawer(request: Extract<HostRequest, { kind: "kick-drawer" }>): Promise<void> {
    const { jobId, expiresInMs } = request;
    const [printer] = this.#printers.devices();
    const outcome = printer === undefined ? "no-drawer" : await printer.kickDrawer(expiresInMs);
    this.#report({ kind: "drawer-kicked", jobId, outcome });
  }

  /** Whether somebody waits for a weight. */
  weigh(isWanted: boolean): void {
    for (const scale of this.#scales.devices()) scale.weigh(isWanted);
  }

  showOnPole(show: PoleShow): void {
    for (const pole of this.#poles.devices()) pole.show(show);
  }

  answerOldTill(askId: string, text: string): void {
    for (const oldTill of this.#oldTills.devices()) oldTill.answer(askId, text);
  }

  async close(): Promise<void> {
    const groups = [this.#scanners, this.#printers, this.#scales, this.#poles, this.#oldTills];
    await Promise.all(groups.map((group) => group.close()));
  }

  async #apply({ scanners: all, printer, scale, poleDisplay, oldTill }: DevicesConfig): Promise<void> {
    const scanners = all.flatMap(heldHere);
    const [printers, scales, poles] = [listOf(printer), listOf(scale), listOf(poleDisplay)];
    const oldTills = listOf(oldTill);
    await Promise.all([
      this.#scanners.retire(scanners),
      this.#printers.retire(printers),
      this.#scales.retire(scales),
      this.#poles.retire(poles),
      this.#oldTills.retire(oldTills),
    ]);
    this.#scanners.fill(scanners);
    this.#printers.fill(printers);
    this.#scales.fill(scales);
    this.#poles.fill(poles);
    this.#oldTills.fill(oldTills);
    this.#report({ kind: "host-ready" });
  }
}

/** A wedge types into the till's window; there is nothing to open. */
function heldHere(scanner: DevicesConfig["scanners"][number]): readonly HostScannerConfig[] {
  const { transport, ...rest } = scanner;
  return transport.kind === "wedge" ? [] : [{ ...rest, transport }];
}

function listOf<Config>(config: Config | undefined): readonly Config[] {
  return config === undefined ? [] : [config];
}
