import type {
  OldTillConfig,
  PoleDisplayConfig,
  PrinterConfig,
  ScaleConfig,
  ScannerConfig,
} from "#contract/config/devices.ts";
import type { FoundDevice } from "#contract/devices/found.ts";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import type { DeviceKey } from "./device-texts.ts";
import { isNetworkPlaceGood } from "./PlaceParts.tsx";

/** A device on its way into terminal.json. */
export type DeviceDraft = { readonly isNew: boolean } & (
  | { readonly role: "printer"; readonly config: PrinterConfig }
  | { readonly role: "scale"; readonly config: ScaleConfig }
  | { readonly role: "display"; readonly config: PoleDisplayConfig }
  | { readonly role: "old-till"; readonly config: OldTillConfig }
  | { readonly role: "scanner"; readonly config: ScannerConfig }
);

export type CounterTransport = ScaleConfig["transport"];
export type CounterDraft = Extract<DeviceDraft, { readonly role: "scale" | "display" | "old-till" }>;

/** Ports of the common serial-to-network boxes: there is no default that all share. */
const boxPort = 4_001;

/** A new scale at `transport`, as most counter scales come: 15 kg in steps of 5 g, Toledo 8217. */
export function newScale(view: DevicesView, transport?: CounterTransport): DeviceDraft {
  const limits = { maxGrams: 15_000, minGrams: 100, divisionGrams: 5 };
  const at = transport ?? firstPlace(view);
  return {
    ...{ role: "scale", isNew: true },
    config: { ...{ id: "new", transport: at, protocol: "toledo-8217", unit: "kg" }, ...limits },
  };
}

export function newPole(view: DevicesView, transport?: CounterTransport): DeviceDraft {
  const at = transport ?? firstPlace(view);
  return {
    ...{ role: "display", isNew: true },
    config: { id: "new", transport: at, protocol: "cd5220", chinese: "none" },
  };
}

/** An old till that pays by this one, by the frame of docs/LEGACY.md. */
export function newOldTill(view: DevicesView, transport?: CounterTransport): DeviceDraft {
  return { role: "old-till", isNew: true, config: { id: "new", transport: transport ?? firstPlace(view) } };
}

export function networkPlace(): CounterTransport {
  return { kind: "tcp", host: "", port: boxPort };
}

/** What is plugged in there, spoken to as the device's protocol says. */
export function serialPlace({ node, identity }: Pick<FoundDevice, "node" | "identity">): CounterTransport {
  return { kind: "serial", ...(identity === null ? { path: node } : { identity }), flow: "none" };
}

/** The one free serial port, where there is one only: with several, a person says which. */
function firstPlace(view: DevicesView): CounterTransport {
  const free = view.found.filter((one) => one.kind === "serial" && one.busyBy === null && one.permission === "ok");
  const [only] = free;
  return only !== undefined && free.length === 1 ? serialPlace(only) : networkPlace();
}

/** Why this cannot be saved, as the key of its sentence; null where it can. The bounds are those of terminal.json. */
export function counterTrouble(draft: CounterDraft): DeviceKey | null {
  return placeTrouble(draft.config.transport) ?? (draft.role === "scale" ? scaleTrouble(draft.config) : null);
}

function placeTrouble(transport: CounterTransport): DeviceKey | null {
  if (transport.kind === "tcp") return isNetworkPlaceGood(transport) ? null : "counter.no-address";
  const { path, identity } = transport;
  if (identity === undefined && !/^\S{1,256}$/.test(path ?? "")) return "counter.no-path";
  return null;
}

function scaleTrouble({ maxGrams, minGrams, divisionGrams, protocol, line }: ScaleConfig): DeviceKey | null {
  if (!isWithin(maxGrams, 999_999)) return "scale.bad-max";
  if (!isWithin(minGrams, 1_000)) return "scale.bad-min";
  if (divisionGrams !== undefined && !isWithin(divisionGrams, 1_000)) return "scale.bad-division";
  if (minGrams >= maxGrams) return "scale.min-over-max";
  if (protocol !== "generic-line") return null;
  if (!/^[\x20-\x56\x58-\x7e]*W{2,12}[\x20-\x56\x58-\x7e]*$/.test(line?.pattern ?? "")) return "scale.bad-pattern";
  if ((line?.pattern.length ?? 0) > 40) return "scale.bad-pattern";
  return /^(?:[0-9A-F]{2}){0,8}$/.test(line?.pollHex ?? "") ? null : "scale.bad-poll";
}

function isWithin(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}
