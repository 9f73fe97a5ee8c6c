/** What goes on at a till, as far as putting an update in is concerned. */
export interface TillAtWork {
  readonly isSomebodySignedIn: boolean;
  readonly saleLines: number;
  /** The payment dialog is open, or shows what became of a payment. */
  readonly isPaying: boolean;
  /** Payments of any sale whose end is not known. */
  readonly unfinishedAttempts: number;
  /** A list of goods is being taken in, or goods stand on the scale for a line. */
  readonly isImporting: boolean;
  readonly isWeighing: boolean;
}

/** Why an update waits; the first that holds, in the order in which a person would name them. */
export type UpdateWait =
  | "sale-open"
  | "payment-open"
  | "payment-unknown"
  | "weighing"
  | "importing"
  | "somebody-signed-in";

/**
 * What an update that lies ready still waits for; null where it may be put in. Putting in ends the till for some seconds, so it
 * waits for the end of every sale, payment and import, and then for nobody to be signed in: a shop signs out when it closes.
 */
export function updateWaitsFor(till: TillAtWork): UpdateWait | null {
  if (till.saleLines > 0) return "sale-open";
  if (till.isPaying) return "payment-open";
  if (till.unfinishedAttempts > 0) return "payment-unknown";
  if (till.isWeighing) return "weighing";
  if (till.isImporting) return "importing";
  return till.isSomebodySignedIn ? "somebody-signed-in" : null;
}

/** A version that has failed its self-check on this till is not tried again: the next one may be better, the same is not. */
export function isWorthTrying(offered: string, failed: readonly string[]): boolean {
  return isVersion(offered) && !failed.includes(offered);
}

/** Three whole numbers, and a word after a dash where it is no release. It becomes the name of a folder. */
export function isVersion(text: string): boolean {
  return /^\d{1,4}\.\d{1,4}\.\d{1,6}(?:-[0-9a-z.]{1,20})?$/.test(text) && !text.includes("..");
}

/** By their three numbers; what stands after a dash is older than the release it leads to. */
export function isNewer(one: string, other: string): boolean {
  const [a, b] = [partsOf(one), partsOf(other)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}

function partsOf(version: string): readonly number[] {
  const [numbers = "", word] = version.split("-");
  return [...numbers.split(".").map(Number), word === undefined ? 1 : 0];
}
