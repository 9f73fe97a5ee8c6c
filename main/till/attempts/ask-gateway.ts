import { assert } from "#core/result.ts";
import type { Attempt, AttemptEffect, AttemptEvent } from "#core/tender/attempt.ts";
import type { PaymentGateway, PaymentOrder } from "#main/till/ports/payment-gateway.ts";
import { heard } from "#main/till/steps/step-runner.ts";

/** Effects that put one question to the gateway. */
export type AskingKind = Extract<AttemptEffect["kind"], "send-pay" | "open-native" | "query" | "reverse" | "close">;

/** An order stays payable a little longer than its QR is shown, so that the last second's scan still counts. */
const nativeGraceMs = 60_000;

export interface GatewayQuestion {
  readonly kind: AskingKind;
  readonly attempt: Attempt;
  /** Given for `send-pay`, null for every other question. */
  readonly authCode: string | null;
  /** What the customer reads in the bill; the same on every try. */
  readonly describe: (saleId: string) => string;
}

/** Puts the question and words the answer as an event. The request leaves before this returns. */
export async function askGateway(
  gateway: PaymentGateway,
  question: GatewayQuestion,
  onBroken: (cause: unknown) => void,
): Promise<AttemptEvent> {
  const { kind, attempt, authCode } = question;
  const { outTradeNo, amountFen, protocol } = attempt;
  const order = (): PaymentOrder => ({ outTradeNo, amountFen, description: question.describe(attempt.saleId) });
  const answer = <A>(send: () => Promise<A>) => heard(send, onBroken);
  switch (kind) {
    case "send-pay": {
      assert(authCode !== null, "a payment code is sent by the process that scanned it, once");
      return { kind: "pay-answered", answer: await answer(() => gateway.pay(order(), authCode)) };
    }
    case "open-native": {
      const { deadlineAtMs } = attempt;
      assert(deadlineAtMs !== null, "an order that is opened has a deadline");
      // Counted from the stored deadline: a second opening must carry the very parameters of the first.
      const expiresAtMs = deadlineAtMs + nativeGraceMs;
      return { kind: "native-answered", answer: await answer(() => gateway.openNative(order(), expiresAtMs)) };
    }
    case "query":
      return { kind: "query-answered", answer: await answer(() => gateway.query(outTradeNo, amountFen, protocol)) };
    case "reverse":
      return { kind: "reverse-answered", answer: await answer(() => gateway.reverse(outTradeNo, protocol)) };
    case "close":
      return { kind: "close-answered", answer: await answer(() => gateway.close(outTradeNo)) };
  }
}
