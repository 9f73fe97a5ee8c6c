import { isLateOnDay, isOnDay } from "./beijing-day.ts";
import type { BillRefund } from "./bill.ts";
import type { BillDay } from "./match-payments.ts";
import type { Finding, FindingAction, FindingKind, LocalRefund } from "./finding.ts";

type Verdict = readonly [FindingKind, FindingAction];

/** Findings about refunds by our own numbers; reversals belong to their payments. `rows` are ours only. */
export function matchRefunds(
  { day, awaited }: BillDay,
  rows: readonly BillRefund[],
  refunds: readonly LocalRefund[],
): readonly Finding[] {
  const here = new Map(refunds.map((refund) => [refund.outRefundNo, refund]));
  const seen = new Set<string>();
  const findings = rows
    .filter(({ kind }) => kind === "refund")
    .flatMap((row): readonly Finding[] => {
      const refund = here.get(row.outRefundNo) ?? null;
      // The gateway gave it up. Where the till believes otherwise it is missing there, which is said below.
      if (!row.isAlive) return isOverWithoutMoney(refund) ? [finding("refund-matched", "none", refund, row)] : [];
      const [kind, action] = seen.has(row.outRefundNo)
        ? (["refunded-twice", "look-into"] as const)
        : judge(row, refund);
      seen.add(row.outRefundNo);
      return [finding(kind, action, refund, row)];
    });
  const absent = refunds
    .filter(({ outRefundNo }) => !seen.has(outRefundNo))
    .flatMap((refund): readonly Finding[] => {
      const isGiven = refund.state === "succeeded" || refund.state === "processing" || refund.state === "abnormal";
      if (!isGiven) return [];
      if (awaited.has(refund.outRefundNo)) return [finding("refund-missing-there", "ask-gateway", refund, null)];
      if (isLateOnDay(refund.acceptedAt, day)) return [finding("cross-midnight", "wait-for-next-bill", refund, null)];
      return isOnDay(refund.acceptedAt, day) ? [finding("refund-missing-there", "ask-gateway", refund, null)] : [];
    });
  return [...findings, ...absent];
}

function judge(row: BillRefund, refund: LocalRefund | null): Verdict {
  if (refund === null) return ["refund-missing-here", "look-into"]; // made on the merchant's own page, or by somebody else
  if (refund.amountFen !== row.refundFen || refund.outTradeNo !== row.outTradeNo) {
    return ["refund-amount-differs", "look-into"];
  }
  switch (refund.state) {
    case "succeeded":
    case "processing":
    case "abnormal":
      return ["refund-matched", "none"];
    case "requested":
    case "sent":
    case "unknown":
      return ["refund-missing-here", "ask-gateway"];
    case "closed": // accepted on this day and given up later: the bill is a snapshot of its day
      return refund.acceptedAt === null ? ["refund-missing-here", "ask-gateway"] : ["refund-matched", "none"];
    case "refused":
      return ["refund-missing-here", "ask-gateway"];
  }
}

function isOverWithoutMoney(refund: LocalRefund | null): boolean {
  return refund === null || refund.state === "closed" || refund.state === "refused";
}

function finding(
  kind: FindingKind,
  action: FindingAction,
  refund: LocalRefund | null,
  row: BillRefund | null,
): Finding {
  return {
    kind,
    action,
    outTradeNo: row?.outTradeNo ?? refund?.outTradeNo ?? "",
    outRefundNo: row?.outRefundNo ?? refund?.outRefundNo ?? null,
    saleId: refund?.saleId ?? null,
    hereFen: refund?.amountFen ?? null,
    thereFen: row?.refundFen ?? null,
    line: row?.line ?? null,
    time: row?.time ?? refund?.acceptedAt ?? null,
  };
}
