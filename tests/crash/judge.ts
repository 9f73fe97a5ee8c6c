import type { Books, Charged, Stored, Totals } from "./books.ts";

export interface Verdict {
  readonly acknowledged: number;
  /**
   * What somebody is short of: acknowledged sales and refunds that are not in the books, money taken that no sale accounts
   * for, money booked that nobody took, sums that miss something, breaks in the journal.
   */
  readonly lost: number;
  /** What is there twice: sales, numbers, payments, refunds, whether booked, charged or given back. */
  readonly duplicated: number;
  /** Payments and refunds whose end is still not known. */
  readonly unresolved: number;
}

export interface Finding {
  readonly kind: "lost" | "duplicated";
  readonly what: string;
}

/** Compares three books: what people saw, what the till stored, what the gateway charged and gave back; to the fen. */
export function judge(books: Books): { readonly verdict: Verdict; readonly findings: readonly Finding[] } {
  const findings = [...aboutSales(books), ...aboutPayments(books), ...aboutRefunds(books), ...aboutSums(books.stored)];
  const count = (kind: Finding["kind"]): number => findings.filter((finding) => finding.kind === kind).length;
  const verdict = {
    acknowledged: books.seen.sales.length,
    ...{ lost: count("lost"), duplicated: count("duplicated") },
    unresolved: books.stored.unfinished,
  };
  return { verdict, findings };
}

function aboutSales({ seen, stored }: Books): readonly Finding[] {
  const byId = new Map(stored.sales.map((sale) => [sale.saleId, sale]));
  return [
    ...seen.sales
      .filter((sale) => {
        const kept = byId.get(sale.saleId);
        return kept?.saleNumber !== sale.saleNumber || kept.totalFen !== sale.totalFen;
      })
      .map((sale) => lost(`sale ${sale.saleNumber} was done on the screen and is not in the books as it was`)),
    ...seen.baskets.filter((saleId) => !byId.has(saleId)).map((saleId) => lost(`basket ${saleId} was never sold`)),
    ...repeats(stored.sales.map((sale) => sale.saleNumber)).map((no) => twice(`sale number ${no}`)),
    ...repeats(stored.sales.map((sale) => sale.saleId)).map((id) => twice(`sale ${id}`)),
    ...repeats(stored.journal.sales).map((id) => twice(`sale ${id} in the journal`)),
    ...differ(
      stored.sales.map((sale) => sale.saleId),
      stored.journal.sales,
    ).map((id) => lost(`sale ${id} is either in the sales or in the journal, not in both`)),
    ...(stored.journal.isWhole ? [] : [lost("the journal's chain is broken")]),
  ];
}

/** Payment by payment: what the gateway keeps of the customer's money and what the till has booked of it. */
function aboutPayments({ stored, charged }: Books): readonly Finding[] {
  const booked = stored.tenders.filter((tender) => tender.outTradeNo !== null);
  const byNo = new Map(booked.map((tender) => [tender.outTradeNo, tender]));
  const saleOf = new Map(stored.attempts.map((attempt) => [attempt.outTradeNo, attempt.saleId]));
  const soldIds = new Set(stored.sales.map((sale) => sale.saleId));
  const known = new Set(charged.map((order) => order.outTradeNo));
  return [
    ...charged.flatMap((order) => {
      const { outTradeNo, chargedFen } = order;
      const tender = byNo.get(outTradeNo);
      const keptFen = keptOf(order);
      const bookedFen = tender?.amountFen ?? 0;
      if (order.amountFen !== null && chargedFen > order.amountFen) {
        return [twice(`payment ${outTradeNo} was charged ${chargedFen} fen for ${order.amountFen}`)];
      }
      if (keptFen === bookedFen) return [];
      const what = `payment ${outTradeNo}: the gateway keeps ${keptFen} fen, the till has booked ${bookedFen}`;
      // Its sale was paid in full without it: the customer has paid twice.
      const isSecond = tender === undefined && soldIds.has(saleOf.get(outTradeNo) ?? "");
      return [isSecond ? twice(what) : lost(what)];
    }),
    ...booked
      .filter((tender) => !known.has(tender.outTradeNo ?? ""))
      .map((tender) => lost(`payment ${tender.outTradeNo} is booked and the gateway does not know it`)),
    ...repeats(booked.map((tender) => tender.outTradeNo ?? "")).map((no) => twice(`payment ${no} is booked`)),
  ];
}

/** What the shop has of a payment before its refunds: those are compared one by one. */
function keptOf({ chargedFen, refundedFen, refunds }: Charged): number {
  const given = refunds.filter(({ status }) => status === "SUCCESS").reduce((sum, { amountFen }) => sum + amountFen, 0);
  return chargedFen - (refundedFen - given);
}

function aboutRefunds({ seen, stored, charged }: Books): readonly Finding[] {
  const byNo = new Map(stored.refunds.map((refund) => [refund.refundNo, refund]));
  const atGateway = charged.flatMap((order) => order.refunds);
  const given = stored.refunds.filter((refund) => refund.state === "succeeded");
  const givenByGateway = new Map(
    atGateway.filter(({ status }) => status === "SUCCESS").map((refund) => [refund.outRefundNo, refund.amountFen]),
  );
  return [
    ...seen.givenBack
      .filter(({ refundNo, amountFen }) => {
        const kept = byNo.get(refundNo);
        return kept?.state !== "succeeded" || kept.amountFen !== amountFen;
      })
      .map(({ refundNo }) => lost(`refund ${refundNo} was given on the screen and is not in the books as it was`)),
    ...given
      .filter(({ kind, refundNo, amountFen }) => kind === "wechat" && givenByGateway.get(refundNo) !== amountFen)
      .map(({ refundNo }) => lost(`refund ${refundNo} is booked, and the customer does not have that money`)),
    ...[...givenByGateway]
      .filter(([outRefundNo]) => byNo.get(outRefundNo)?.state !== "succeeded")
      .map(([outRefundNo]) => lost(`refund ${outRefundNo} was given back and is not booked`)),
    ...repeats(atGateway.map(({ outRefundNo }) => outRefundNo)).map((no) => twice(`refund ${no} at the gateway`)),
    ...repeats(stored.refunds.map(({ refundNo }) => refundNo)).map((no) => twice(`refund ${no}`)),
    ...repeats(stored.refunds.map(({ requestId }) => requestId)).map((id) => twice(`request ${id} for a refund`)),
    ...repeats(stored.journal.refunds).map((no) => twice(`the end of refund ${no} in the journal`)),
    ...beyondItsTender(stored),
    ...differ(
      given.map(({ refundNo }) => refundNo),
      stored.journal.refunds.filter((no) => byNo.get(no)?.state === "succeeded" || !byNo.has(no)),
    ).map((no) => lost(`refund ${no} is either given back or in the journal, not both`)),
  ];
}

function beyondItsTender(stored: Stored): readonly Finding[] {
  return stored.tenders.flatMap(({ tenderId, amountFen }) => {
    const given = stored.refunds.filter((refund) => refund.tenderId === tenderId && refund.state === "succeeded");
    const givenFen = given.reduce((sum, refund) => sum + refund.amountFen, 0);
    return givenFen > amountFen ? [twice(`tender ${tenderId} of ${amountFen} fen gave back ${givenFen}`)] : [];
  });
}

/** The sums beside the sales are those of the sales, and each sale is paid in full by its tenders. */
function aboutSums(stored: Stored): readonly Finding[] {
  const sum = (of: readonly { readonly amountFen: number }[]): number =>
    of.reduce((total, { amountFen }) => total + amountFen, 0);
  const tendered = (kind: "cash" | "wechat") => stored.tenders.filter((tender) => tender.kind === kind);
  const refunded = (kind: "cash" | "wechat") =>
    stored.refunds.filter((refund) => refund.kind === kind && refund.state === "succeeded");
  const actual: Totals = {
    saleCount: stored.sales.length,
    cashFen: sum(tendered("cash")),
    wechatFen: sum(tendered("wechat")),
    refundCount: refunded("cash").length + refunded("wechat").length,
    refundCashFen: sum(refunded("cash")),
    refundWechatFen: sum(refunded("wechat")),
  };
  const kept = [
    ["of the days", stored.days],
    ["of the shifts", stored.shifts],
  ] as const;
  // The keys of a value of that very type.
  const names = Object.keys(actual) as (keyof Totals)[];
  return [
    ...kept.flatMap(([whose, totals]) =>
      names.flatMap((name) => {
        if (totals[name] === actual[name]) return [];
        const what = `${name} ${whose} says ${totals[name]}, the rows sum to ${actual[name]}`;
        return [totals[name] > actual[name] ? twice(what) : lost(what)];
      }),
    ),
    ...stored.sales
      .filter(({ saleId, totalFen }) => sum(stored.tenders.filter((one) => one.saleId === saleId)) !== totalFen)
      .map(({ saleNumber }) => lost(`the tenders of sale ${saleNumber} do not sum to its total`)),
  ];
}

function lost(what: string): Finding {
  return { kind: "lost", what };
}

function twice(what: string): Finding {
  return { kind: "duplicated", what };
}

/** One entry for each time that a value is there again. */
function repeats(values: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.has(value) || (seen.add(value), false));
}

/** What is in one of two lists and not in the other. */
function differ(left: readonly string[], right: readonly string[]): readonly string[] {
  const [inLeft, inRight] = [new Set(left), new Set(right)];
  return [...inLeft].filter((one) => !inRight.has(one)).concat([...inRight].filter((one) => !inLeft.has(one)));
}
