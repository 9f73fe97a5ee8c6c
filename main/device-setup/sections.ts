import type { DeviceSection } from "#contract/config/device-sections.ts";
import type { DevicesConfig } from "#contract/config/devices.ts";
import type { DeviceRole } from "#contract/devices/messages.ts";

/** Where each role stands in the `devices` of terminal.json. */
const places: { readonly [R in DeviceRole]: { readonly key: string; readonly isList: boolean } } = {
  scanner: { key: "scanners", isList: true },
  printer: { key: "printer", isList: false },
  scale: { key: "scale", isList: false },
  display: { key: "poleDisplay", isList: false },
  "old-till": { key: "oldTill", isList: false },
};

/** Every device of the configuration, as the set-up page enters it. */
export function sectionsOf(devices: DevicesConfig): readonly DeviceSection[] {
  const { scanners, printer, scale, poleDisplay, oldTill } = devices;
  return [
    ...scanners.map((config) => ({ role: "scanner", config }) as const),
    ...(printer === undefined ? [] : [{ role: "printer", config: printer } as const]),
    ...(scale === undefined ? [] : [{ role: "scale", config: scale } as const]),
    ...(poleDisplay === undefined ? [] : [{ role: "display", config: poleDisplay } as const]),
    ...(oldTill === undefined ? [] : [{ role: "old-till", config: oldTill } as const]),
  ];
}

export function isAt(section: DeviceSection, role: DeviceRole, deviceId: string): boolean {
  return section.role === role && section.config.id === deviceId;
}

/**
 * The `devices` of terminal.json with this device in it, in the place of the one of its id (`was`, if it had another) or, where a role has one
 * device only, of that. What the file says of other devices stays as it was written.
 */
export function withDevice(devices: unknown, { role, config }: DeviceSection, was: string = config.id): object {
  const { key, isList } = places[role];
  const before = asObject(devices);
  if (!isList) return { ...before, [key]: config };
  const list = asList(before[key]);
  const at = list.findIndex((one) => idOf(one) === was);
  return { ...before, [key]: at === -1 ? [...list, config] : list.with(at, config) };
}

export function withoutDevice(devices: unknown, role: DeviceRole, deviceId: string): object {
  const { key, isList } = places[role];
  const { [key]: removed, ...others } = asObject(devices);
  if (isList) return { ...others, [key]: asList(removed).filter((one) => idOf(one) !== deviceId) };
  return idOf(removed) === deviceId ? others : { ...others, [key]: removed };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function idOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "id" in value ? value.id : undefined;
}
