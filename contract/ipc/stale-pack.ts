import type { PackState } from "#core/pack/pack.ts";

export type StaleState = Exclude<PackState, "good">;

/** Which pack it is about, and the day it was good until. */
export interface StalePack {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly lot: string | null;
  readonly date: string;
}
