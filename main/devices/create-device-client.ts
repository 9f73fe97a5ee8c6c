import type { DevicesConfig, PrinterConfig } from "#contract/config/devices.ts";
import type { DeviceRole, HostEvent, HostRequest, PrintLine, PrintProgress } from "#contract/devices/messages.ts";
import type { SetupEvent, SetupRequest } from "#contract/devices/setup-messages.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { Devices, DeviceStatus, DrawerOutcome, DrawerState, Scan } from "#main/till/ports/devices.ts";
import { HostKeeper } from "./host-keeper.ts";
import type { SpawnHost } from "./host-process.ts";

/** The host answers a kick when it is done or expired; later than this after its expiry, nobody knows. */
const KICK_ANSWER_MS = 4_000;

export interface DeviceClientOptions {
  readonly spawn: SpawnHost;
  readonly config: DevicesConfig;
  /** Told of every start that failed and every host that died. Never given what was scanned or printed. */
  readonly log: (message: string, facts: Readonly<Record<string, string>>) => void;
  readonly clock: Clock;
}

export interface DeviceClient extends Devices {
  /** Replaces the devices; those that did not change stay connected. */
  configure(config: DevicesConfig): void;
  statuses(): readonly DeviceStatus[];
  /** For setting devices up and looking at them. @returns false while no host is up to take it */
  request(request: SetupRequest): boolean;
  onSetup(listener: (event: SetupEvent) => void): void;
  /** The host has ended; another is started by itself and knows nothing of what was asked of this one. */
  onDown(listener: () => void): void;
  /** What its switch said last; null where nobody can tell. */
  drawer(): DrawerState | null;
  /** Ends the host; a job under way ends as `unknown` or `not-sent` before this resolves. At most about 2 s. */
  close(): Promise<void>;
}

/** The till's devices, kept alive through whatever their host process suffers. */
export function createDeviceClient(options: DeviceClientOptions): DeviceClient {
  return new HostedDevices(options);
}

interface Job {
  readonly onProgress: (progress: PrintProgress) => void;
  hasBegun: boolean;
}

class HostedDevices implements DeviceClient {
  readonly #options: DeviceClientOptions;
  readonly #keeper: HostKeeper;
  readonly #scanListeners: ((scan: Scan) => void)[] = [];
  readonly #statusListeners: ((statuses: readonly DeviceStatus[]) => void)[] = [];
  readonly #setupListeners: ((event: SetupEvent) => void)[] = [];
  readonly #downListeners: (() => void)[] = [];
  readonly #drawerListeners: ((state: DrawerState | null) => void)[] = [];
  readonly #jobs = new Map<string, Job>();
  readonly #kicks = new Map<string, (outcome: DrawerOutcome) => void>();
  #config: DevicesConfig;
  #statuses: readonly DeviceStatus[];
  #drawer: DrawerState | null = null;

  constructor(options: DeviceClientOptions) {
    this.#options = options;
    this.#config = options.config;
    this.#statuses = configured(options.config).map((device) => statusBefore(device, null));
    this.#keeper = new HostKeeper({
      spawn: options.spawn,
      clock: options.clock,
      configuration: () => ({ kind: "configure", devices: this.#config }),
      onEvent: (event) => this.#heard(event),
      onDown: (reason) => this.#wentDown(reason),
    });
  }

  onScan(listener: (scan: Scan) => void): void {
    this.#scanListeners.push(listener);
  }

  onStatus(listener: (statuses: readonly DeviceStatus[]) => void): void {
    this.#statusListeners.push(listener);
  }

  statuses(): readonly DeviceStatus[] {
    return this.#statuses;
  }

  drawer(): DrawerState | null {
    return this.#drawer;
  }

  configure(config: DevicesConfig): void {
    this.#config = config;
    if (config.printer?.drawer === undefined) this.#noteDrawer(null);
    this.#setStatuses(
      configured(config).map((device) => this.#statuses.find((s) => isOf(s, device)) ?? statusBefore(device, null)),
    );
    this.#keeper.reconfigure();
  }

  onDrawer(listener: (state: DrawerState | null) => void): void {
    this.#drawerListeners.push(listener);
  }

  print(jobId: string, lines: readonly PrintLine[], onProgress: (progress: PrintProgress) => void): void {
    this.#sendJob({ kind: "print", jobId, lines }, onProgress);
  }

  cancelPrint(jobId: string): void {
    // With no host there is no job to take back: it has ended with the host.
    this.#keeper.send({ kind: "cancel-print", jobId });
  }

  printTestSheet(jobId: string, printer: PrinterConfig, onProgress: (progress: PrintProgress) => void): void {
    this.#sendJob({ kind: "print-test-sheet", jobId, printer }, onProgress);
  }

  kickDrawer(jobId: string, expiresInMs: number): Promise<DrawerOutcome> {
    const { promise, resolve } = Promise.withResolvers<DrawerOutcome>();
    if (!this.#keeper.send({ kind: "kick-drawer", jobId, expiresInMs })) return Promise.resolve("expired");
    const cancel = this.#options.clock.after(expiresInMs + KICK_ANSWER_MS, () => this.#kicks.get(jobId)?.("unknown"));
    this.#kicks.set(jobId, (outcome) => {
      cancel();
      this.#kicks.delete(jobId);
      resolve(outcome);
    });
    return promise;
  }

  request(request: SetupRequest): boolean {
    return this.#keeper.send(request);
  }

  onSetup(listener: (event: SetupEvent) => void): void {
    this.#setupListeners.push(listener);
  }

  onDown(listener: () => void): void {
    this.#downListeners.push(listener);
  }

  close(): Promise<void> {
    return this.#keeper.stop();
  }

  #sendJob(
    request: Extract<HostRequest, { kind: "print" | "print-test-sheet" }>,
    onProgress: (progress: PrintProgress) => void,
  ): void {
    const { jobId } = request;
    this.#jobs.set(jobId, { onProgress, hasBegun: false });
    if (this.#keeper.send(request)) return;
    // Not in this turn: the caller is still on its way to being ready for the answer.
    queueMicrotask(() => this.#progressed(jobId, { state: "not-sent", trouble: "not-connected" }));
  }

  #heard(event: Exclude<HostEvent, { kind: "host-ready" }>): void {
    switch (event.kind) {
      case "scan": {
        const { deviceId, text, aim, atMs } = event;
        for (const listener of this.#scanListeners) listener({ deviceId, text, aim, atMs });
        return;
      }
      case "device-state": {
        const { deviceId, role, state, reason, trouble } = event;
        return this.#noteStatus({ deviceId, role, state, reason, trouble });
      }
      case "drawer-state": {
        const { deviceId, isPin3High, isOpen } = event;
        return this.#noteDrawer({ deviceId, isPin3High, isOpen });
      }
      case "note":
        return this.#options.log(event.note, { deviceId: event.deviceId });
      case "print-progress":
        return this.#progressed(event.jobId, event.progress);
      case "drawer-kicked":
        return this.#kicks.get(event.jobId)?.(event.outcome);
      default:
        for (const listener of this.#setupListeners) listener(event);
    }
  }

  #noteDrawer(state: DrawerState | null): void {
    if (JSON.stringify(state) === JSON.stringify(this.#drawer)) return;
    this.#drawer = state;
    for (const listener of this.#drawerListeners) listener(state);
  }

  #progressed(jobId: string, progress: PrintProgress): void {
    const job = this.#jobs.get(jobId);
    if (job === undefined) return;
    if (progress.state === "sending") job.hasBegun = true;
    else if (progress.state !== "waiting") this.#jobs.delete(jobId);
    job.onProgress(progress);
  }

  /** What the dead host had not finished is now as known as it will ever be. */
  #wentDown(reason: string): void {
    this.#options.log("the device host ended", { reason });
    this.#noteDrawer(null);
    this.#setStatuses(
      configured(this.#config).map((device) => statusBefore(device, `the device host ended: ${reason}`)),
    );
    for (const listener of this.#downListeners) listener();
    for (const kicked of this.#kicks.values()) kicked("unknown");
    for (const [jobId, { hasBegun }] of this.#jobs) {
      this.#progressed(jobId, hasBegun ? { state: "unknown" } : { state: "not-sent", trouble: "not-connected" });
    }
  }

  #noteStatus(status: DeviceStatus): void {
    const current = this.#statuses.find((s) => isOf(s, status));
    // A device that was taken out of the configuration says goodbye to nobody.
    if (current === undefined || JSON.stringify(current) === JSON.stringify(status)) return;
    this.#setStatuses(this.#statuses.map((s) => (s === current ? status : s)));
  }

  #setStatuses(statuses: readonly DeviceStatus[]): void {
    this.#statuses = statuses;
    for (const listener of this.#statusListeners) listener(statuses);
  }
}

type ConfiguredDevice = Pick<DeviceStatus, "deviceId" | "role">;

/** Every device of the configuration, in the order in which it is told to the till. */
function configured({ scanners, printer }: DevicesConfig): readonly ConfiguredDevice[] {
  return [
    ...scanners.map((scanner) => ({ deviceId: scanner.id, role: "scanner" }) as const),
    ...one("printer", printer),
  ];
}

function one(role: DeviceRole, config: { readonly id: string } | undefined): readonly ConfiguredDevice[] {
  return config === undefined ? [] : [{ deviceId: config.id, role }];
}

function statusBefore(device: ConfiguredDevice, reason: string | null): DeviceStatus {
  return { ...device, state: reason === null ? "opening" : "absent", reason, trouble: null };
}

function isOf(status: DeviceStatus, device: ConfiguredDevice): boolean {
  return status.deviceId === device.deviceId && status.role === device.role;
}
