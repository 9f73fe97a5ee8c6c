import type { UsbIdentity } from "#contract/config/devices.ts";
import { awayReasons } from "#contract/devices/reasons.ts";
import type { FoundKind } from "#contract/devices/found.ts";
import type { Sighting } from "./sighting.ts";

export type Resolved = { readonly ok: true; readonly node: string } | { readonly ok: false; readonly reason: string };

/**
 * The node at which a device stands now. With a serial number it is found wherever it is plugged in; where several carry
 * the same one, and where there is none, the socket decides. It never takes one that is only alike: a printer's bytes in
 * a scale, or another counter's scanner, would be worse than a device that is missing.
 */
export function resolveIdentity(identity: UsbIdentity, kind: FoundKind, seen: readonly Sighting[]): Resolved {
  const alike = seen.filter(
    (one) =>
      one.kind === kind &&
      one.identity?.vendorId === identity.vendorId &&
      one.identity.productId === identity.productId &&
      (identity.serial === undefined || one.identity.serial === identity.serial),
  );
  const [only] = alike;
  if (only === undefined) return { ok: false, reason: awayReasons.notPluggedIn };
  if (identity.serial !== undefined) {
    const inSocket = alike.filter((one) => one.identity?.port === identity.port);
    const onInterface = alike.filter((one) => isSameInterface(one.identity?.port, identity.port));
    const [chosen] = [alike, inSocket, onInterface].find((list) => list.length === 1) ?? [];
    return chosen === undefined ? { ok: false, reason: awayReasons.severalAlike } : { ok: true, node: chosen.node };
  }
  const inSocket = alike.filter((one) => one.identity?.port === identity.port);
  const [chosen] = inSocket;
  if (chosen !== undefined && inSocket.length === 1) return { ok: true, node: chosen.node };
  return { ok: false, reason: inSocket.length > 1 ? awayReasons.severalAlike : awayReasons.otherSocket };
}

/** A device with several ports that was moved: the same of them, in whatever socket. */
function isSameInterface(port: string | undefined, wanted: string | undefined): boolean {
  const part = wanted?.split(":")[1];
  return part !== undefined && port?.split(":")[1] === part;
}
