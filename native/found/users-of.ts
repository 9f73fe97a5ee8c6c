import { realpathSync } from "node:fs";
import type { DevicesConfig, NodeAddress } from "#contract/config/devices.ts";
import type { FoundKind } from "#contract/devices/found.ts";
import { resolveIdentity } from "./resolve-identity.ts";
import type { Sighting } from "./sighting.ts";

/** Which kind of found thing a transport leads to; a transport that is not here leads to none. */
const kinds: Readonly<Record<string, FoundKind>> = {
  serial: "serial",
  usb: "usb-printer",
  hid: "hid-scanner",
  keyboard: "keyboard",
};

interface Configured {
  readonly id: string;
  readonly transport: { readonly kind: string } & NodeAddress;
}

/** The configured device by the node it uses, where that is known now. Every section of the configuration is looked at. */
export function usersOf(config: DevicesConfig, seen: readonly Sighting[]): ReadonlyMap<string, string> {
  const users = new Map<string, string>();
  const sections: readonly unknown[] = Object.values(config).flat();
  for (const { id, transport } of sections.filter(isConfigured)) {
    const kind = kinds[transport.kind];
    if (kind === undefined) continue;
    const { path, identity } = transport;
    if (path !== undefined) users.set(realNode(path), id);
    const resolved = identity === undefined ? null : resolveIdentity(identity, kind, seen);
    if (resolved?.ok === true) users.set(resolved.node, id);
  }
  return users;
}

/** Roles that come later have an id and a transport too; whatever has not is no device. */
function isConfigured(one: unknown): one is Configured {
  if (typeof one !== "object" || one === null || !("id" in one) || !("transport" in one)) return false;
  return typeof one.id === "string" && typeof one.transport === "object" && one.transport !== null;
}

/** A path may be one of udev's links, such as /dev/serial/by-id/…. */
function realNode(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
