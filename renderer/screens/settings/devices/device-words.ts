import type { DeviceSection } from "#contract/config/device-sections.ts";
import type { UsbIdentity } from "#contract/config/devices.ts";
import type { FoundDevice } from "#contract/devices/found.ts";
import type { DeviceView } from "#contract/ipc/devices-view.ts";
import { isDeviceKey, type DeviceKey, type DeviceText } from "./device-texts.ts";

export type Light = "good" | "wait" | "bad";

type Transport = DeviceSection["config"]["transport"];
type Condition = Pick<DeviceView, "state" | "trouble">;

export function lightOf({ state, trouble }: Condition): Light {
  if (state === "ready") return trouble === null ? "good" : "bad";
  return state === "opening" || state === "closing" ? "wait" : "bad";
}

export function stateWords({ state, trouble }: Condition, text: DeviceText): string {
  return state === "ready" && trouble !== null ? text(`trouble.${trouble}`) : text(`state.${state}`);
}

/** Where it is, in words: what a person would look for behind the counter. */
export function placeWords(
  transport: Transport,
  found: readonly FoundDevice[],
  deviceId: string,
  text: DeviceText,
): string {
  const here = found.find((one) => one.busyBy === deviceId);
  switch (transport.kind) {
    case "tcp":
      return text("at.tcp", { name: `${transport.host}:${transport.port}` });
    case "virtual":
      return text("at.virtual");
    case "serial":
      return serialWords(nodeName(transport, here), speedOf(transport), text);
    case "usb":
      return text("at.usb", { name: nodeName(transport, here) });
    case "hid":
      return text("at.hid", { name: nodeName(transport, here) });
    case "keyboard":
      return text("at.keyboard", { name: nodeName(transport, here) });
    case "wedge":
      return text("at.wedge", { suffix: text(`suffix.${wedgeSuffix[transport.suffix]}`) });
    case "system":
      return transport.name === "" ? text("at.system-default") : text("at.system", { name: transport.name });
    case "spooler":
      return text("at.spooler", { name: transport.queue });
  }
}

function serialWords(name: string, speed: string, text: DeviceText): string {
  return speed === "" ? text("at.serial-own", { name }) : text("at.serial", { name, speed });
}

const wedgeSuffix = { enter: "cr", tab: "tab", none: "none" } as const;

/** "9600 8N1": as it stands in manuals. What is left to the device's protocol is not said. */
export function speedOf(line: {
  readonly baudRate?: number | undefined;
  readonly dataBits?: number | undefined;
  readonly parity?: string | undefined;
  readonly stopBits?: number | undefined;
}): string {
  const { baudRate, dataBits, parity, stopBits } = line;
  if (baudRate === undefined || dataBits === undefined || parity === undefined || stopBits === undefined) return "";
  return `${baudRate} ${dataBits}${parity.slice(0, 1).toUpperCase()}${stopBits}`;
}

/** Maker and product as the device says them. */
export function modelOf({ maker, product }: Pick<FoundDevice, "maker" | "product">): string | null {
  const words = [maker, product].filter((word) => word !== null).join(" ");
  return words === "" ? null : words;
}

export function identityWords(identity: UsbIdentity, text: DeviceText): string {
  const { vendorId, productId, serial, port } = identity;
  const known = serial === undefined ? text("at.socket", { port: port ?? "" }) : text("at.serial-number", { serial });
  return `${vendorId}:${productId} · ${known}`;
}

function nodeName(
  { path, identity }: { readonly path?: string | undefined; readonly identity?: UsbIdentity | undefined },
  here: FoundDevice | undefined,
): string {
  if (here !== undefined) return here.node;
  return path ?? (identity === undefined ? "" : `${identity.vendorId}:${identity.productId}`);
}

/** What to do about a device that is not well; null where there is nothing to do. */
export function adviceFor(device: Pick<DeviceView, "state" | "reason" | "trouble">, text: DeviceText): string | null {
  const { state, reason, trouble } = device;
  if (state === "ready") return trouble === null ? null : text(`advice.${trouble}`);
  if (state === "opening" || state === "closing") return null;
  if (state === "stalled") return text("advice.stalled");
  return text(adviceKey(reason ?? "", state === "absent"));
}

/** The words of the host's log, the operating system and Node's network, by what a person can do about each. */
const advice: readonly (readonly [RegExp, DeviceKey])[] = [
  [/device host ended/, "advice.host"],
  [/another socket/, "advice.other-socket"],
  [/several alike/, "advice.several-alike"],
  [/no printer is installed/, "advice.none-installed"],
  [/no printer of this name/, "advice.not-installed"],
  [/refused the receipt/, "advice.spooler-refused"],
  [/EACCES|EPERM|permission denied|access denied/i, "advice.permission"],
  [/cannot lock|EBUSY|temporarily unavailable|resource busy/i, "advice.locked"],
  [/ECONNREFUSED/, "advice.refused"],
  [/EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|no answer within/, "advice.unreachable"],
  [/closed the connection|ECONNRESET|EPIPE/, "advice.closed"],
  [/did not open within|takes no bytes/, "advice.late"],
  [/not plugged in|no such file|no such device|device is gone|file not found/i, "advice.not-plugged-in"],
];

function adviceKey(reason: string, isAbsent: boolean): DeviceKey {
  const known = advice.find(([pattern]) => pattern.test(reason));
  return known?.[1] ?? (isAbsent ? "advice.not-plugged-in" : "advice.other");
}

/** The short form of a reason, for a list of events. */
export function reasonWords(reason: string, text: DeviceText): string {
  const trouble = `trouble.${reason}`;
  if (isDeviceKey(trouble)) return text(trouble);
  const state = `state.${reason}`;
  if (isDeviceKey(state)) return text(state);
  const words = text(adviceKey(reason, false));
  // The beginning says what is wrong, the rest what happens and what to do.
  return /^.*?(?=[。.;；，])/.exec(words)?.[0] ?? words;
}
