import type { Refund, RefundTiming } from "#core/refund/refund.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import { isRefundOver } from "#core/refund/step-refund.ts";
import { assert } from "#core/result.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { OnwardOrder, RefundGateway } from "#main/till/ports/payment-gateway.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import { LiveRefund } from "./live-refund.ts";

export interface RefundDriverParts {
  readonly store: Pick<SalesStore, "createRefund" | "saveRefund" | "unfinishedRefunds">;
  readonly gateway: RefundGateway;
  readonly clock: Clock;
  readonly timing: RefundTiming;
  readonly onChange: (refund: Refund) => void;
  /** Makes the end durable, exactly once. Throwing asks to be called again later. */
  readonly onSettled: (refund: Refund) => void;
  readonly log: (what: string, facts: Record<string, unknown>) => void;
}

export interface RefundDriver {
  /** Puts the refund on disk, then lets the request leave. Throws when the disk refuses: then nothing was sent. */
  start(refund: SaleRefund): void;
  /** A refused refund is sent again under its own number, by a manager's word. */
  retry(refund: Refund): void;
  /** A stuck refund goes where a manager says. False where this refund is not in motion. */
  sendOnward(outRefundNo: string, order: OnwardOrder): boolean;
  /** At start-up: takes up every refund that the last process left unfinished. */
  resumeAll(): void;
  /** For good: what is unfinished stays on disk for the next start. */
  stop(): void;
}

/**
 * Performs what core's refund machine decides: each step is on disk before its effects happen, every request of a refund
 * carries the one number it was stored with, and an end is handed over until it is durable.
 */
export function createRefundDriver(parts: RefundDriverParts): RefundDriver {
  const live = new Map<string, LiveRefund>();
  let isStopped = false;

  const take = (refund: Refund): LiveRefund => {
    assert(!isStopped, "a driver that was stopped takes no refund");
    assert(!live.has(refund.outRefundNo), "a refund is driven once");
    const one = new LiveRefund(parts, refund, () => live.delete(refund.outRefundNo));
    live.set(refund.outRefundNo, one);
    return one;
  };

  return {
    start(refund) {
      assert(!isStopped, "a driver that was stopped takes no new refund");
      assert(refund.gateway !== null, "cash needs no gateway");
      parts.store.createRefund(refund);
      take(refund.gateway).feed({ kind: "stored" });
    },
    retry(refund) {
      assert(refund.state === "refused", "only a refused refund is sent again by hand");
      take(refund).feed({ kind: "retry-requested" });
    },
    sendOnward(outRefundNo, order) {
      const one = live.get(outRefundNo);
      one?.sendOnward(order);
      return one !== undefined;
    },
    resumeAll() {
      for (const { gateway } of parts.store.unfinishedRefunds()) {
        if (gateway === null || live.has(gateway.outRefundNo) || isRefundOver(gateway)) continue;
        take(gateway).feed({ kind: "resumed" });
      }
    },
    stop() {
      isStopped = true;
      for (const one of live.values()) one.stop();
    },
  };
}
