import type { StalePack, StaleState } from "#contract/ipc/stale-pack.ts";
import type { LineView } from "#contract/ipc/till-view.ts";
import type { TillText } from "../../i18n/till-texts.ts";

/** What a pack says of itself, in the order a cashier looks for it. */
export function packFacts(pack: NonNullable<LineView["pack"]>, text: TillText): readonly string[] {
  const { lot, serial, expiresOn, bestBefore } = pack;
  return [
    ...(expiresOn === null ? [] : [text("pack.expires-on", { date: expiresOn })]),
    ...(bestBefore === null ? [] : [text("pack.best-before", { date: bestBefore })]),
    ...(lot === null ? [] : [text("pack.lot", { lot })]),
    ...(serial === null ? [] : [text("pack.serial", { serial })]),
  ];
}

/** The day a stale pack was good until, and its lot. */
export function stalePackFacts({ lot, date }: StalePack, why: StaleState, text: TillText): string {
  const day = text(why === "expired" ? "pack.expires-on" : "pack.best-before", { date });
  return lot === null ? day : `${day} · ${text("pack.lot", { lot })}`;
}
