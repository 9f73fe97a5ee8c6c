import { useState } from "react";
import type { RefundableView } from "#contract/ipc/refund-view.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { formatYuan, parseYuan } from "#core/money/yuan.ts";

/** One way an amount may go back: a payment of the sale the way it came, or in cash where the gateway gives nothing back. */
export interface RefundWay {
  readonly tenderId: string;
  /** What was paid. */
  readonly kind: RefundableView["kind"];
  readonly inCash: boolean;
  readonly remainingFen: Fen;
  /** Why it cannot be chosen. */
  readonly blocked: RefundableView["blocked"];
  readonly notBeforeMs: number | null;
}

/** What has been chosen and typed; `amountFen` is null until it is an amount above nothing. Main knows the most. */
export function useRefundForm(refundable: readonly RefundableView[]) {
  const ways = refundable.flatMap(waysOf);
  const [chosenKey, setChosenKey] = useState(() => keyOf(ways.find(canChoose)));
  const way = ways.find((one) => keyOf(one) === chosenKey) ?? null;
  const remainingFen = way?.remainingFen ?? fen(0);
  const [typed, setTyped] = useState(() => asTyped(remainingFen));
  const [typedReason, setReason] = useState("");
  const parsed = parseYuan(typed);
  return {
    ways,
    way,
    remainingFen,
    typed,
    setTyped,
    amountFen: parsed.ok && parsed.value > 0 ? parsed.value : null,
    typedReason,
    reason: typedReason.trim(),
    setReason,
    choose(chosen: RefundWay): void {
      setChosenKey(keyOf(chosen));
      if (chosen.tenderId !== way?.tenderId) setTyped(asTyped(chosen.remainingFen));
    },
  };
}

export function canChoose(way: RefundWay): boolean {
  return way.remainingFen > 0 && way.blocked === null;
}

function waysOf(one: RefundableView): readonly RefundWay[] {
  const { tenderId, kind, remainingFen, blocked, notBeforeMs } = one;
  const sameWay = { tenderId, kind, inCash: false, remainingFen, blocked, notBeforeMs };
  if (kind !== "wechat" || !one.mayGoInCash) return [sameWay];
  return [sameWay, { ...sameWay, inCash: true, blocked: null, notBeforeMs: null }];
}

export function keyOf(way: RefundWay | undefined): string {
  return way === undefined ? "" : `${way.tenderId} ${way.inCash}`;
}

/** As a cashier would type it: the field takes no groups of three. */
function asTyped(amountFen: Fen): string {
  return formatYuan(amountFen).replaceAll(",", "");
}
