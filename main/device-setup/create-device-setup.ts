import { isAbsolute, relative } from "node:path";
import type { DeviceSection } from "#contract/config/device-sections.ts";
import type { DevicesConfig, PrinterConfig } from "#contract/config/devices.ts";
import type { FoundDevice } from "#contract/devices/found.ts";
import type { DeviceRole } from "#contract/devices/messages.ts";
import type { SetupEvent, SetupRequest } from "#contract/devices/setup-messages.ts";
import type {
  DeviceSetupFault,
  DevicesView,
  DeviceView,
  PairingView,
  TestSheetView,
} from "#contract/ipc/devices-view.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { DeviceClient } from "#main/devices/create-device-client.ts";
import type { WedgeKeyboard } from "#main/devices/wedge-keyboard.ts";
import type { Log } from "#main/log/open-log.ts";
import type { SystemPrinters } from "#main/printing/system-printers.ts";
import { readTerminalConfig } from "#main/settings/read-terminal-config.ts";
import { prepareRewrite } from "#main/settings/rewrite-section.ts";
import type { DeviceChange, DeviceSetup, NumberedLine } from "#main/till/ports/device-setup.ts";
import type { DeviceStatus, Weight } from "#main/till/ports/devices.ts";
import { addressOf } from "./address-of.ts";
import { foundInSystem } from "./found-in-system.ts";
import { DeviceHistory } from "./device-history.ts";
import { PairingDesk, type PairingParts } from "./pairing-desk.ts";
import { isAt, sectionsOf, withDevice, withoutDevice } from "./sections.ts";
import { TraceBuffer } from "./trace-buffer.ts";

interface DeviceSetupParts {
  readonly dataDir: string;
  readonly shop: DevicesView["shop"];
  readonly client: DeviceClient;
  /** Absent where there is no window to type into. */
  readonly wedge?: WedgeKeyboard;
  /** Absent where nothing reaches the operating system's printers. */
  readonly systemPrinters?: SystemPrinters;
  readonly configured: DevicesConfig;
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: Log;
}

/** The page asks several times a second; one that is gone is noticed after this. */
const traceMs = 5_000;
/** A scale that is well says a weight every second; one older than this is not what lies on it now. */
const weightMs = 3_000;
/** As terminal.json takes them. */
const mostScanners = 8;

/** The till's devices as a person sets them up: written to terminal.json first, then in use, without a restart. */
export function createDeviceSetup(parts: DeviceSetupParts): DeviceSetup {
  return new LiveDevices(parts);
}

class LiveDevices implements DeviceSetup {
  readonly shop: DevicesView["shop"];
  readonly #parts: DeviceSetupParts;
  readonly #history: DeviceHistory;
  readonly #lines = new TraceBuffer();
  readonly #pairing: PairingDesk;
  #configured: DevicesConfig;
  #found: readonly FoundDevice[] = [];
  #tracedUntilMs = 0;
  #weight: Weight | null = null;
  #sheet: TestSheetView = { kind: "none" };

  constructor(parts: DeviceSetupParts) {
    const { client, now, newId } = parts;
    this.#parts = parts;
    this.shop = parts.shop;
    this.#configured = parts.configured;
    this.#history = new DeviceHistory(now);
    const send = (request: SetupRequest): boolean => client.request(request);
    const hearKeys: PairingParts["hearKeys"] = (code, onTyped) => parts.wedge?.learn(code, onTyped);
    this.#pairing = new PairingDesk({ send, found: () => this.#found, now, newId, hearKeys });
    this.#history.noteStatuses(client.statuses());
    client.onStatus((statuses) => this.#history.noteStatuses(statuses));
    client.onDown(() => this.#pairing.hostEnded());
    client.onWeight((weight) => this.#weighed(weight));
    client.onSetup((event) => this.#heard(event));
  }

  configured(): DevicesConfig {
    return this.#configured;
  }

  found(): readonly FoundDevice[] {
    const { systemPrinters } = this.#parts;
    systemPrinters?.glance();
    return [...this.#found, ...foundInSystem(systemPrinters?.known() ?? [], this.#configured)];
  }

  devices(): readonly DeviceView[] {
    const statuses = this.#parts.client.statuses();
    return sectionsOf(this.#configured).flatMap((section) => {
      const { role, config } = section;
      const status = statuses.find((one) => one.role === role && one.deviceId === config.id);
      if (status === undefined) return [];
      const { state, reason, trouble } = status;
      const weight = role === "scale" ? this.#weightNow(status) : null;
      return [{ section, state, reason, trouble, weight, ...this.#history.of(role, config.id) }];
    });
  }

  save(entered: DeviceSection, was?: string): Result<DeviceChange, DeviceSetupFault> {
    const sections = sectionsOf(this.#configured);
    const section = withId(entered, sections);
    const { role, config } = section;
    const idBefore = was ?? config.id;
    const before = sections.find((one) => (isOnly(role) ? one.role === role : isAt(one, role, idBefore))) ?? null;
    if (was !== undefined && before?.config.id !== was) return fail("no-such-device");
    const address = addressOf(section);
    const others = sections.filter((one) => one !== before);
    // Messages, logs and the journal know a device by its name alone.
    const isNewName = before?.config.id !== config.id;
    if (isNewName && others.some((one) => one.config.id === config.id)) return fail("name-taken");
    if (address !== null && others.some((one) => addressOf(one) === address)) return fail("device-in-use");
    const isWedge = ({ config: { transport } }: DeviceSection): boolean => transport.kind === "wedge";
    if (isWedge(section) && others.some(isWedge)) return fail("only-one-wedge");
    const count = sections.filter((one) => one.role === role).length;
    if (before === null && !isOnly(role) && count >= mostScanners) return fail("too-many-scanners");
    const written = withLogoBelow(section, this.#parts.dataDir);
    return this.#rewrite((devices) => withDevice(devices, written, idBefore), { before, after: section });
  }

  remove(role: DeviceRole, deviceId: string): Result<DeviceChange, DeviceSetupFault> {
    const before = sectionsOf(this.#configured).find((one) => isAt(one, role, deviceId));
    if (before === undefined) return fail("no-such-device");
    return this.#rewrite((devices) => withoutDevice(devices, role, deviceId), { before, after: null });
  }

  restart(role: DeviceRole, deviceId: string): Result<null, DeviceSetupFault> {
    if (!sectionsOf(this.#configured).some((one) => isAt(one, role, deviceId))) return fail("no-such-device");
    if (!this.#parts.client.request({ kind: "restart-device", role, deviceId })) return fail("devices-away");
    this.#history.note(role, deviceId, "restarted");
    return ok(null);
  }

  printTestSheet(printer: PrinterConfig): void {
    this.#sheet = { kind: "printing", progress: { state: "waiting", trouble: "not-connected" } };
    const jobId = this.#parts.newId();
    this.#parts.client.printTestSheet(jobId, printer, (progress) => {
      const isEnd = progress.state !== "waiting" && progress.state !== "sending";
      this.#sheet = { kind: isEnd ? "ended" : "printing", progress };
    });
  }

  sheet(): TestSheetView {
    return this.#sheet;
  }

  drawer(): DevicesView["drawer"] {
    return this.#parts.client.drawer();
  }

  pairing(): PairingView {
    return this.#pairing.view();
  }

  pair(...[at, onFound]: Parameters<DeviceSetup["pair"]>): Result<null, DeviceSetupFault> {
    const isUsed = at !== null && sectionsOf(this.#configured).some((one) => addressOf(one) === networkAddress(at));
    return isUsed ? fail("device-in-use") : this.#pairing.begin(at, onFound);
  }

  isPairingCode(text: string): boolean {
    return this.#pairing.isCode(text);
  }

  pairedAlready(deviceId: string): void {
    this.#pairing.already(deviceId);
  }

  useTyped(): Result<null, DeviceSetupFault> {
    return this.#pairing.useTyped();
  }

  endPairing(): void {
    this.#pairing.end();
  }

  trace(): void {
    const now = this.#parts.now();
    // Half the time is left for the page to ask again.
    if (this.#tracedUntilMs - now > traceMs / 2) return;
    this.#tracedUntilMs = now + traceMs;
    this.#parts.client.request({ kind: "trace", forMs: traceMs });
  }

  endTrace(): void {
    this.#tracedUntilMs = 0;
    this.#lines.clear();
    this.#parts.client.request({ kind: "trace", forMs: 0 });
  }

  traceAfter(seq: number): readonly NumberedLine[] {
    return this.#lines.after(seq);
  }

  scanAnswered(deviceId: string, tookMs: number): void {
    this.#history.noteScan(deviceId);
    this.#history.noteLatency("scanner", deviceId, Math.max(0, Math.round(tookMs)));
  }

  #weighed(weight: Weight): void {
    const { scale } = this.#configured;
    if (scale === undefined) return;
    this.#weight = weight;
    this.#history.noteLatency("scale", scale.id, Math.max(0, Math.round(this.#parts.now() - weight.atMs)));
  }

  #weightNow({ state }: DeviceStatus): DeviceView["weight"] {
    if (this.#weight === null || state !== "ready" || this.#parts.now() - this.#weight.atMs > weightMs) return null;
    const { grams, isStable, isOver, isUnder } = this.#weight.reading;
    return { grams, isStable, isOver, isUnder };
  }

  #heard(event: SetupEvent): void {
    switch (event.kind) {
      case "found":
        this.#found = event.devices;
        return this.#pairing.pluggedIn();
      case "answer-time":
        return this.#history.noteLatency(event.role, event.deviceId, event.ms);
      case "trace":
        return this.#lines.add(event.line);
      case "pairing":
        return this.#pairing.heard(event.pairingId, event.progress);
    }
  }

  /** Nothing is in use that a power cut would take back. */
  #rewrite(change: (devices: unknown) => object, changed: DeviceChange): Result<DeviceChange, DeviceSetupFault> {
    const { dataDir, client } = this.#parts;
    const rewrite = prepareRewrite(dataDir, "devices", change);
    if (!rewrite.ok) return this.#unwritten(rewrite.fault);
    const written = rewrite.value.write();
    if (!written.ok) return this.#unwritten(written.fault);
    const read = readTerminalConfig(dataDir);
    // It was judged before it was written: what cannot be read now was made so by somebody else in this moment.
    if (!read.ok || read.value === null) return this.#unwritten("unreadable");
    this.#configured = read.value.devices;
    // What another scale weighed, or this one as it was set up before, is not its weight.
    if (changed.before?.role === "scale" || changed.after?.role === "scale") this.#weight = null;
    client.configure(this.#configured);
    if (changed.after !== null) this.#history.note(changed.after.role, changed.after.config.id, "changed");
    return ok(changed);
  }

  #unwritten(why: string): Result<never, DeviceSetupFault> {
    this.#parts.log.error("terminal.json could not be rewritten", { why });
    return fail(why === "no-file" ? "setup-demo-store" : "setup-file-unwritable");
  }
}

/** A till has as many scanners as it likes, and one of everything else. */
function isOnly(role: DeviceRole): boolean {
  return role !== "scanner";
}

/** terminal.json names the logo as a person would: from the data directory, where it lies there. */
function withLogoBelow(section: DeviceSection, dataDir: string): DeviceSection {
  if (section.role !== "printer" || !isAbsolute(section.config.logo)) return section;
  const below = relative(dataDir, section.config.logo);
  if (below.startsWith("..") || isAbsolute(below)) return section;
  return { role: "printer", config: { ...section.config, logo: below } };
}

function networkAddress({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${host.toLowerCase()}:${port}`;
}

/** `new` is no name: the first free one of the role. */
function withId(section: DeviceSection, sections: readonly DeviceSection[]): DeviceSection {
  if (section.config.id !== "new") return section;
  const taken = new Set(sections.map(({ config }) => config.id));
  let number = 1;
  while (taken.has(`${section.role}-${number}`)) number += 1;
  const id = `${section.role}-${number}`;
  // Another id changes nothing of what belongs to the role.
  return { ...section, config: { ...section.config, id } } as DeviceSection;
}
