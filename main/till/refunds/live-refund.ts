import { assert } from "#core/result.ts";
import type { Refund, RefundEffect, RefundEvent } from "#core/refund/refund.ts";
import type { RefundAnswer } from "#core/refund/refund-answer.ts";
import { stepRefund } from "#core/refund/step-refund.ts";
import type { OnwardOrder, RefundOrder } from "#main/till/ports/payment-gateway.ts";
import { heard, StepRunner } from "#main/till/steps/step-runner.ts";
import type { RefundDriverParts } from "./refund-driver.ts";

type AskingKind = Extract<RefundEffect["kind"], "send-refund" | "query-refund" | "send-onward">;

/** One unfinished refund in motion. */
export class LiveRefund {
  readonly #runner: StepRunner<Refund, RefundEvent, AskingKind>;
  /** Where stuck money goes, with card and name: in memory, until the one request that carries it leaves. */
  #onward: OnwardOrder | null = null;

  /** `onEnd` is called once, when the end is durable. */
  constructor(parts: RefundDriverParts, refund: Refund, onEnd: () => void) {
    const { store, gateway, clock, timing, onChange, onSettled, log } = parts;
    this.#runner = new StepRunner<Refund, RefundEvent, AskingKind>(
      {
        ...{ name: "refund", facts: { outRefundNo: refund.outRefundNo }, clock, log, onChange, onEnd },
        step(before, event, nowMs) {
          const { refund: state, effects } = stepRefund(before, event, nowMs, timing);
          return { state, effects };
        },
        store: (state) => store.saveRefund(state),
        settle: onSettled,
        timer: { kind: "timer" },
        ask: async (kind, state, onBroken) => {
          const onward = this.#onward;
          if (kind === "send-onward") this.#onward = null;
          const answer = await heard<RefundAnswer>(() => put(gateway, kind, state, onward), onBroken);
          return { kind: answeredAs[kind], answer };
        },
      },
      refund,
    );
  }

  feed(event: RefundEvent): void {
    this.#runner.feed(event);
  }

  sendOnward(order: OnwardOrder): void {
    this.#onward = order;
    this.feed({ kind: "onward-requested", to: order.to });
  }

  /** No event counts any more; what was asked may still be answered, to nobody. */
  stop(): void {
    this.#onward = null;
    this.#runner.stop();
  }
}

const answeredAs = {
  "send-refund": "refund-answered",
  "query-refund": "query-answered",
  "send-onward": "onward-answered",
} as const satisfies Record<AskingKind, RefundEvent["kind"]>;

function put(
  gateway: RefundDriverParts["gateway"],
  kind: AskingKind,
  refund: Refund,
  onward: OnwardOrder | null,
): Promise<RefundAnswer> {
  const order = orderOf(refund);
  switch (kind) {
    case "send-refund":
      return gateway.refund(order);
    case "query-refund":
      return gateway.queryRefund(order);
    case "send-onward": {
      const refundId = refund.facts?.refundId;
      assert(onward !== null && refundId !== undefined, "stuck money is sent on by the process that was told where");
      return gateway.sendOnward(order, refundId, onward);
    }
  }
}

/** The very same facts on every try, or the gateway takes it for another refund. */
function orderOf(refund: Refund): RefundOrder {
  const { outRefundNo, outTradeNo, transactionId, amountFen, totalFen, reason } = refund;
  return { outRefundNo, outTradeNo, transactionId, amountFen, totalFen, reason };
}
