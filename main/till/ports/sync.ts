import type { SyncFault } from "#contract/ipc/sync-intents.ts";
import type { AgreementDayView, SyncView } from "#contract/ipc/sync-view.ts";
import type { Cashier } from "#core/access/role.ts";
import type { Result } from "#core/result.ts";
import type { CarriedWay } from "./carried-way.ts";
import type { ShopRefunds } from "./shop-refunds.ts";
import type { HeldPlaces } from "./held-places.ts";

/**
 * What the till sees of head office. Nothing here waits for the network but `enrol`, `pastHeard` and what is asked of
 * `refunds`.
 */
export interface Sync {
  readonly refunds: ShopRefunds;
  /** Payments on the customer's phone; null or absent in a till that takes none. */
  readonly carried?: CarriedWay | null;
  view(): SyncView;
  /**
   * Resolves with head office's first word since the start on what it holds of this till, with its first failure to give
   * one, or after two seconds. Null where there is nothing to wait for. Until then this file may be an old one put back,
   * whose next numbers are given away already.
   */
  pastHeard(): Promise<void> | null;
  /** The code as a person typed it. */
  enrol(code: string, by: Cashier): Promise<Result<{ readonly officeName: string }, SyncFault>>;
  /** Sends what waits at once. */
  now(): void;
  /** Newest first. */
  agreementDays(): readonly AgreementDayView[];
  /** False where no alarm stands. */
  acknowledgeAlarm(by: Cashier): boolean;
  /** Where sales held for every till of the shop lie. */
  readonly held: HeldPlaces;
  /**
   * How far the till's clock runs ahead of head office's (negative: behind), milliseconds; 0 within a minute, null while head
   * office has not said. Absent where nobody asks.
   */
  clockAheadMs?(): number | null;
  /** A shift was closed: its day is compared as soon as everything is sent. */
  shiftClosed(): void;
}
