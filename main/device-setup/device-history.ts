import type { DeviceRole } from "#contract/devices/messages.ts";
import type { DeviceEventView, DeviceView } from "#contract/ipc/devices-view.ts";
import type { DeviceStatus } from "#main/till/ports/devices.ts";

/** As many as a person reads to see a pattern. */
const keptEvents = 20;

type Known = Pick<DeviceView, "sinceMs" | "latency" | "scans" | "lastFault" | "events">;

const nothing: Known = { sinceMs: null, latency: null, scans: null, lastFault: null, events: [] };

/** What happened to each device since the till started. */
export class DeviceHistory {
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();
  readonly #last = new Map<string, { readonly state: string; readonly told: string }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  of(role: DeviceRole, deviceId: string): Known {
    return this.#known.get(`${role} ${deviceId}`) ?? nothing;
  }

  /** Keeps what is new in it. Devices that are not in it any more are forgotten. */
  noteStatuses(statuses: readonly DeviceStatus[]): void {
    const names = new Set(statuses.map(({ role, deviceId }) => `${role} ${deviceId}`));
    for (const name of this.#known.keys()) if (!names.has(name)) this.#known.delete(name);
    for (const name of this.#last.keys()) if (!names.has(name)) this.#last.delete(name);
    for (const status of statuses) this.#noteStatus(status);
  }

  note(role: DeviceRole, deviceId: string, kind: "changed" | "restarted"): void {
    this.#change(role, deviceId, ({ events }) => ({ events: newestFirst(events, { kind, atMs: this.#now() }) }));
  }

  noteLatency(role: DeviceRole, deviceId: string, ms: number): void {
    this.#change(role, deviceId, () => ({ latency: { ms, atMs: this.#now() } }));
  }

  noteScan(deviceId: string): void {
    const lastAtMs = this.#now();
    this.#change("scanner", deviceId, ({ scans }) => ({ scans: { count: (scans?.count ?? 0) + 1, lastAtMs } }));
  }

  #noteStatus({ role, deviceId, state, reason, trouble }: DeviceStatus): void {
    const name = `${role} ${deviceId}`;
    const atMs = this.#now();
    const isWell = state === "ready" && trouble === null;
    const told = JSON.stringify([state, reason, trouble]);
    const last = this.#last.get(name);
    if (last?.told === told) return;
    this.#last.set(name, { state, told });
    this.#change(role, deviceId, ({ sinceMs, lastFault, events }) => ({
      sinceMs: last?.state === state ? sinceMs : atMs,
      lastFault: isWell || state === "opening" ? lastFault : { reason: trouble ?? reason ?? state, atMs },
      events: newestFirst(events, { kind: "state", atMs, state, reason, trouble }),
    }));
  }

  #change(role: DeviceRole, deviceId: string, change: (known: Known) => Partial<Known>): void {
    const known = this.of(role, deviceId);
    this.#known.set(`${role} ${deviceId}`, { ...known, ...change(known) });
  }
}

function newestFirst(events: readonly DeviceEventView[], event: DeviceEventView): readonly DeviceEventView[] {
  return [event, ...events].slice(0, keptEvents);
}
