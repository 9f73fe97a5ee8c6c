import type { NodeAddress } from "#contract/config/node-address.ts";
import type { FoundKind } from "#contract/devices/found.ts";
import { findDevices } from "../found/find-devices.ts";
import { resolveIdentity } from "../found/resolve-identity.ts";
import type { Sighting } from "../found/sighting.ts";
import { watchPlugs } from "../found/watch-plugs.ts";
import type { LinkEvents, OpenedLink, OpenLink } from "./transport.ts";
import { watchPath } from "./watch-path.ts";

/**
 * Opens a device at the node it has now. One that is known by what it says of itself is looked for at every opening,
 * because its node is another after each plug.
 */
export function openAtNode(
  address: NodeAddress,
  kind: FoundKind,
  open: (path: string, events: LinkEvents) => Promise<OpenedLink>,
  find: () => Promise<readonly Sighting[]> = findDevices,
): OpenLink {
  const { path, identity } = address;
  if (path !== undefined) return (events) => open(path, events);
  return async (events) => {
    if (identity === undefined) return { ok: false, absent: true, reason: "it has no address" };
    const resolved = resolveIdentity(identity, kind, await find());
    return resolved.ok ? open(resolved.node, events) : { ok: false, absent: true, reason: resolved.reason };
  };
}

/** Calls back when the device may have come: its name has changed, or anything was plugged in. */
export function watchNode({ path }: NodeAddress, onChange: () => void): () => void {
  return path === undefined ? watchPlugs(onChange) : watchPath(path, onChange);
}
