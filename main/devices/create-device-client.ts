import type { DevicesConfig, PrinterConfig, WedgeScannerConfig } from "#contract/config/devices.ts";
import type {
  DeviceRole,
  DeviceState,
  HostEvent,
  HostRequest,
  PrintLine,
  PrintProgress,
} from "#contract/devices/messages.ts";
import type { PoleShow } from "#contract/devices/pole.ts";
import type { SetupEvent, SetupRequest } from "#contract/devices/setup-messages.ts";
import type { SystemPrinters } from "#main/printing/system-printers.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { Devices, DeviceStatus, DrawerOutcome, DrawerState, Scan, Weight } from "#main/till/ports/devices.ts";
import type { WedgeKeyboard } from "./wedge-keyboard.ts";
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
  /** Absent where there is no window to type into. */
  readonly wedge?: WedgeKeyboard;
  /** Absent where nothing reaches the operating system's printers. */
  readonly systemPrinters?: SystemPrinters;
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
  /** Who answers what an old till asks over its line; `answer` never throws. */
  serveOldTill(answer: (text: string, deviceId: string) => Promise<string>): void;
  /** What its switch said last; null where nobody can tell. */
  drawer(): DrawerState | null;
  /** Opens every line anew, once no paper and no drawer is under way; for a machine that has slept. */
  reopen(): void;
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
  readonly #weightListeners: ((weight: Weight) => void)[] = [];
  readonly #jobs = new Map<string, Job>();
  readonly #kicks = new Map<string, (outcome: DrawerOutcome) => void>();
  #answerOldTill: ((text: string, deviceId: string) => Promise<string>) | null = null;
  #config: DevicesConfig;
  #statuses: readonly DeviceStatus[];
  #drawer: DrawerState | null = null;
  #isWeightWanted = false;
  #poleShow: PoleShow | null = null;
  #isReopenDue = false;

  constructor(options: DeviceClientOptions) {
    this.#options = options;
    this.#config = options.config;
    this.#statuses = configured(options.config).map((device) => statusBefore(device, null));
    options.wedge?.onScan((scan) => this.#scanned(scan));
    options.wedge?.follow(wedgeOf(options.config));
    options.systemPrinters?.onChange(() => this.#tellPrinters());
    options.systemPrinters?.follow(isOnSystem(options.config));
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

  onWeight(listener: (weight: Weight) => void): void {
    this.#weightListeners.push(listener);
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
    this.#options.wedge?.follow(wedgeOf(config));
    this.#options.systemPrinters?.follow(isOnSystem(config));
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
    if (printer.transport.kind === "system") this.#tellPrinters();
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
      this.#reopenIfIdle();
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

  serveOldTill(answer: (text: string, deviceId: string) => Promise<string>): void {
    this.#answerOldTill = answer;
  }

  wantWeight(isWanted: boolean): void {
    this.#isWeightWanted = isWanted;
    this.#keeper.send({ kind: "weigh", isWanted });
  }

  showOnPole(show: PoleShow): void {
    this.#poleShow = show;
    this.#keeper.send({ kind: "show-on-pole", show });
  }

  reopen(): void {
    this.#isReopenDue = true;
    this.#reopenIfIdle();
  }

  close(): Promise<void> {
    return this.#keeper.stop();
  }

  /** A host that was killed under a job would leave its paper in doubt. */
  #reopenIfIdle(): void {
    if (!this.#isReopenDue || this.#jobs.size > 0 || this.#kicks.size > 0) return;
    this.#isReopenDue = false;
    this.#keeper.renew();
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
        const { deviceId, text, aim, source, atMs } = event;
        return this.#scanned({ deviceId, text, aim, source, atMs });
      }
      case "device-state": {
        const { deviceId, role, state, reason, trouble } = event;
        this.#remind(role, state);
        return this.#noteStatus({ deviceId, role, state, reason, trouble });
      }
      case "drawer-state": {
        const { deviceId, isPin3High, isOpen } = event;
        return this.#noteDrawer({ deviceId, isPin3High, isOpen });
      }
      case "note":
        return this.#options.log(event.note, { deviceId: event.deviceId });
      case "old-till-asked":
        return void this.#askDesk(event);
      case "weight": {
        const { reading, atMs } = event;
        for (const listener of this.#weightListeners) listener({ reading, atMs });
        return;
      }
      case "print-progress":
        return this.#progressed(event.jobId, event.progress);
      case "print-pages":
        return void this.#printPages(event);
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

  async #printPages({ jobId, name, pages }: Extract<HostEvent, { kind: "print-pages" }>): Promise<void> {
    const { systemPrinters } = this.#options;
    const unreachable = { kind: "no-such-printer", why: "nothing here reaches the system's printers" } as const;
    const end = systemPrinters === undefined ? unreachable : await systemPrinters.print(pages, name);
    // A host that died meanwhile knows the job no more: it ended as unknown with that host.
    this.#keeper.send({ kind: "pages-ended", jobId, end });
  }

  async #askDesk({ askId, deviceId, text: asked }: Extract<HostEvent, { kind: "old-till-asked" }>): Promise<void> {
    const text = await this.#answerOldTill?.(asked, deviceId);
    // To a host that died meanwhile the question is unknown; the old till asks it again.
    if (text !== undefined) this.#keeper.send({ kind: "answer-old-till", askId, text });
  }

  #tellPrinters(): void {
    const known = this.#options.systemPrinters?.known() ?? null;
    if (known !== null) this.#keeper.send({ kind: "system-printers", names: known.map(({ name }) => name) });
  }

  /** A host that was started again, and a device that is new to it, know nothing of what was said before. */
  #remind(role: DeviceRole, state: DeviceState): void {
    if (role === "scale" && this.#isWeightWanted) this.#keeper.send({ kind: "weigh", isWanted: true });
    // One that hangs behind the system opens when the host knows what is installed.
    if (role === "printer" && state === "opening" && isOnSystem(this.#config)) this.#tellPrinters();
    if (role === "display" && this.#poleShow !== null)
      this.#keeper.send({ kind: "show-on-pole", show: this.#poleShow });
  }

  #scanned(scan: Scan): void {
    for (const listener of this.#scanListeners) listener(scan);
  }

  #progressed(jobId: string, progress: PrintProgress): void {
    const job = this.#jobs.get(jobId);
    if (job === undefined) return;
    if (progress.state === "sending") job.hasBegun = true;
    else if (progress.state !== "waiting") this.#jobs.delete(jobId);
    job.onProgress(progress);
    this.#reopenIfIdle();
  }

  /** What the dead host had not finished is now as known as it will ever be. */
  #wentDown(reason: string): void {
    this.#options.log("the device host ended", { reason });
    // Another one opens everything.
    this.#isReopenDue = false;
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

interface ConfiguredDevice extends Pick<DeviceStatus, "deviceId" | "role"> {
  /** A wedge has no connection that could be lost: it is ready as long as the window is. */
  readonly isWedge?: boolean;
}

/** Every device of the configuration, in the order in which it is told to the till. */
function configured({ scanners, printer, scale, poleDisplay, oldTill }: DevicesConfig): readonly ConfiguredDevice[] {
  return [
    ...scanners.map(({ id, transport }): ConfiguredDevice => {
      return { deviceId: id, role: "scanner", isWedge: transport.kind === "wedge" };
    }),
    ...one("printer", printer),
    ...one("scale", scale),
    ...one("display", poleDisplay),
    ...one("old-till", oldTill),
  ];
}

function isOnSystem({ printer }: DevicesConfig): boolean {
  return printer?.transport.kind === "system";
}

function wedgeOf({ scanners }: DevicesConfig): WedgeScannerConfig | null {
  const [wedge] = scanners.flatMap(({ transport, ...rest }) =>
    transport.kind === "wedge" ? [{ ...rest, transport }] : [],
  );
  return wedge ?? null;
}

function one(role: DeviceRole, config: { readonly id: string } | undefined): readonly ConfiguredDevice[] {
  return config === undefined ? [] : [{ deviceId: config.id, role }];
}

function statusBefore(device: ConfiguredDevice, reason: string | null): DeviceStatus {
  const { deviceId, role, isWedge = false } = device;
  if (isWedge) return { deviceId, role, state: "ready", reason: null, trouble: null };
  return { deviceId, role, state: reason === null ? "opening" : "absent", reason, trouble: null };
}

function isOf(status: DeviceStatus, device: ConfiguredDevice): boolean {
  return status.deviceId === device.deviceId && status.role === device.role;
}
