import { isLateOnDay, isOnDay } from "./beijing-day.ts";
import type { BillPayment, BillRefund } from "./bill.ts";
import type { Finding, FindingAction, FindingKind, LocalPayment } from "./finding.ts";

/** The day of a bill, and the numbers the day before left to it. */
export interface BillDay {
  readonly day: string;
  readonly awaited: ReadonlySet<string>;
}

/** Findings about payments and about reversals of codepay attempts. `rows` and `givenBack` are ours only. */
export function matchPayments(
  { day, awaited }: BillDay,
  rows: readonly BillPayment[],
  givenBack: readonly BillRefund[],
  payments: readonly LocalPayment[],
): readonly Finding[] {
  const here = new Map(payments.map((payment) => [payment.outTradeNo, payment]));
  const reversals = new Map(
    givenBack.filter(({ kind, isAlive }) => kind === "reversal" && isAlive).map((row) => [row.outTradeNo, row]),
  );
  const seen = new Set<string>();
  const findings = rows.map((row): Finding => {
    const payment = here.get(row.outTradeNo) ?? null;
    const reversal = reversals.get(row.outTradeNo) ?? null;
    const [kind, action] = seen.has(row.outTradeNo)
      ? (["charged-twice", "look-into"] as const)
      : judge(day, row, reversal, payment);
    seen.add(row.outTradeNo);
    return finding(kind, action, payment, row.outTradeNo, row);
  });
  // Paid on an earlier day and taken back on this one: the payment's own row is in the earlier bill.
  for (const reversal of reversals.values()) {
    if (seen.has(reversal.outTradeNo)) continue;
    seen.add(reversal.outTradeNo);
    const payment = here.get(reversal.outTradeNo) ?? null;
    const [kind, action] = judgeReversal(payment);
    findings.push({
      ...finding(kind, action, payment, reversal.outTradeNo, null),
      ...{ line: reversal.line, time: reversal.time },
    });
  }
  return [
    ...findings,
    ...payments.filter(({ outTradeNo }) => !seen.has(outTradeNo)).flatMap((p) => absent(day, awaited, p)),
  ];
}

type Verdict = readonly [FindingKind, FindingAction];

/** A payment that is in the bill. */
function judge(day: string, row: BillPayment, reversal: BillRefund | null, payment: LocalPayment | null): Verdict {
  if (payment === null) return ["missing-here", reversal === null ? "look-into" : "none"];
  if (payment.amountFen !== row.totalFen) return ["amount-differs", "look-into"];
  if (reversal !== null) {
    const [kind, action] = judgeReversal(payment);
    // Only a reversal of the whole order is one; a smaller amount is money the customer still lacks.
    return reversal.refundFen === row.totalFen ? [kind, action] : ["amount-differs", "look-into"];
  }
  switch (payment.state) {
    case "paid":
      return isOnDay(payment.successAt, day) && payment.createdDay === day
        ? ["matched", "none"]
        : ["cross-midnight", "none"];
    case "unfinished":
      // Nobody here can find out what became of one on the customer's phone: its proof or head office's answer ends it.
      return payment.isCarried === true ? ["cross-midnight", "none"] : ["missing-here", "finish-attempt"];
    case "abandoned":
      return ["missing-here", "none"];
    case "failed":
      return ["missing-here", payment.isGivenBack ? "none" : "refund-customer"];
    case "reversed": {
      // Taken back after midnight: the row for that is in the next bill.
      const isLater = payment.reversedDay !== null && payment.reversedDay > day;
      if (isLater && !payment.isGivenBack) return ["cross-midnight", "wait-for-next-bill"];
      return ["missing-here", payment.isGivenBack ? "none" : "refund-customer"];
    }
  }
}

/** The gateway took the whole payment back. */
function judgeReversal(payment: LocalPayment | null): Verdict {
  if (payment === null) return ["missing-here", "none"]; // charged and given back; nothing is owed
  if (payment.state === "reversed" || payment.state === "abandoned") return ["matched", "none"];
  if (payment.state === "paid") return ["taken-back", "look-into"];
  return payment.state === "unfinished" ? ["missing-here", "finish-attempt"] : ["missing-here", "none"];
}

/** A payment that is not in the bill; unless it succeeded here, that is as it should be. */
function absent(day: string, awaited: ReadonlySet<string>, payment: LocalPayment): readonly Finding[] {
  const said = (kind: FindingKind, action: FindingAction) => [finding(kind, action, payment, payment.outTradeNo, null)];
  const { state, successAt, outTradeNo } = payment;
  if (awaited.has(outTradeNo)) {
    // The day before, the customer was charged; the row that would have settled it has not come.
    if (state === "reversed") return said("missing-here", "ask-gateway");
    return state === "paid" ? said("missing-there", "ask-gateway") : [];
  }
  if (state !== "paid") return [];
  // In the bill of the day it was made on, most likely: what is in none stands with head office, whose order it is.
  if (payment.isCarried === true && payment.createdDay < day) return [];
  if (isLateOnDay(successAt, day)) return said("cross-midnight", "wait-for-next-bill");
  if (isOnDay(successAt, day)) return said("missing-there", "ask-gateway");
  const isNextDay = payment.createdDay === day && successAt !== null && successAt.slice(0, 10) > day;
  return isNextDay ? said("cross-midnight", "wait-for-next-bill") : [];
}

function finding(
  kind: FindingKind,
  action: FindingAction,
  payment: LocalPayment | null,
  outTradeNo: string,
  row: BillPayment | null,
): Finding {
  return {
    kind,
    action,
    outTradeNo,
    outRefundNo: null,
    saleId: payment?.saleId ?? null,
    hereFen: payment?.amountFen ?? null,
    thereFen: row?.totalFen ?? null,
    line: row?.line ?? null,
    time: row?.time ?? payment?.successAt ?? null,
  };
}
