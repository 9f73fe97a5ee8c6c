/** What a pack says of itself beyond which article it is. Dates are YYYY-MM-DD. */
export interface Pack {
  /** 批号 */
  readonly lot: string | null;
  /** 序列号: no two packs have the same. */
  readonly serial: string | null;
  /** 有效期至, the last day it may be used. */
  readonly expiresOn: string | null;
  /** 最佳食用期至, the last day its maker promises all of its quality for. */
  readonly bestBefore: string | null;
}

export const plainPack: Pack = { lot: null, serial: null, expiresOn: null, bestBefore: null };

export type PackState = "good" | "past-best-before" | "expired";

/**
 * How a pack stands on a shop's business day. Its last day is still a good one. Best before is about quality and expiry
 * about safety, so they are two states: what a shop does about the first is for it to say.
 */
export function packStateOn({ expiresOn, bestBefore }: Pack, businessDate: string): PackState {
  // Dates of this form sort as they follow each other.
  if (expiresOn !== null && expiresOn < businessDate) return "expired";
  return bestBefore !== null && bestBefore < businessDate ? "past-best-before" : "good";
}

/** True where the pack says anything at all. */
export function saysAnything({ lot, serial, expiresOn, bestBefore }: Pack): boolean {
  return lot !== null || serial !== null || expiresOn !== null || bestBefore !== null;
}

/** Two packs of one lot and date may stand on one line of the cart; one with a number of its own stands alone. */
export function mayShareLine(one: Pack | undefined, other: Pack | undefined): boolean {
  const [a, b] = [one ?? plainPack, other ?? plainPack];
  if (a.serial !== null || b.serial !== null) return false;
  return a.lot === b.lot && a.expiresOn === b.expiresOn && a.bestBefore === b.bestBefore;
}
