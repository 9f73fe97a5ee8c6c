import type {
  DevicesConfig,
  PoleDisplayConfig,
  PrinterConfig,
  ScaleConfig,
  ScannerConfig,
} from "#contract/config/devices.ts";
import type { HostEvent, HostRequest } from "#contract/devices/messages.ts";
import type { PoleShow } from "#contract/devices/pole.ts";
import { DeviceGroup } from "./device-group.ts";
import { PoleDisplay } from "./pole-display/pole-display.ts";
import { poleProtocol } from "./pole-display/pole-protocol.ts";
import { PrinterSession } from "./printer/printer-session.ts";
import { scaleProtocol } from "./scale/scale-protocol.ts";
import { Scale } from "./scale/scale.ts";
import { Scanner } from "./scanner/scanner.ts";
import { openTransport } from "./transport/open-transport.ts";
import { onLine } from "./transport/serial-line.ts";

/** The devices of one till. Reconfiguring leaves alone those that did not change. */
export class DeviceSet {
  readonly #report: (event: HostEvent) => void;
  readonly #scanners: DeviceGroup<ScannerConfig, Scanner>;
  readonly #printers: DeviceGroup<PrinterConfig, PrinterSession>;
  readonly #scales: DeviceGroup<ScaleConfig, Scale>;
  readonly #poles: DeviceGroup<PoleDisplayConfig, PoleDisplay>;
  #changes: Promise<void> = Promise.resolve();

  constructor(report: (event: HostEvent) => void, onStuck: () => void) {
    this.#report = report;
    this.#scanners = new DeviceGroup((config) => new Scanner(config, openTransport(config.transport, onStuck), report));
    this.#printers = new DeviceGroup(
      (config) => new PrinterSession(config, openTransport(config.transport, onStuck), report),
    );
    this.#scales = new DeviceGroup((config) => {
      const transport = onLine(config.transport, scaleProtocol(config).serial);
      return new Scale(config, openTransport(transport, onStuck), report);
    });
    this.#poles = new DeviceGroup((config) => {
      const transport = onLine(config.transport, poleProtocol(config).serial);
      return new PoleDisplay(config, openTransport(transport, onStuck), report);
    });
  }

  /** Replaces the set; then every device says how it stands, and `host-ready` says that all of it is done. */
  configure(devices: DevicesConfig): Promise<void> {
    // One change after the other: a device must be free before its successor opens it.
    this.#changes = this.#changes.then(() => this.#apply(devices));
    return this.#changes;
  }

  print(request: Extract<HostRequest, { kind: "print" }>): void {
    const { jobId, lines } = request;
    const [printer] = this.#printers.devices();
    if (printer !== undefined) return printer.print(jobId, lines);
    this.#report({ kind: "print-progress", jobId, progress: { state: "not-sent", trouble: "not-connected" } });
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

  async close(): Promise<void> {
    const groups = [this.#scanners, this.#printers, this.#scales, this.#poles];
    await Promise.all(groups.map((group) => group.close()));
  }

  async #apply({ scanners, printer, scale, poleDisplay }: DevicesConfig): Promise<void> {
    const [printers, scales, poles] = [listOf(printer), listOf(scale), listOf(poleDisplay)];
    await Promise.all([
      this.#scanners.retire(scanners),
      this.#printers.retire(printers),
      this.#scales.retire(scales),
      this.#poles.retire(poles),
    ]);
    this.#scanners.fill(scanners);
    this.#printers.fill(printers);
    this.#scales.fill(scales);
    this.#poles.fill(poles);
    this.#report({ kind: "host-ready" });
  }
}

function listOf<Config>(config: Config | undefined): readonly Config[] {
  return config === undefined ? [] : [config];
}
