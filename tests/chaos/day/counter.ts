import { cashFor, sampleCart, sampleReceipt, sampleSale, sampleShift } from "#bench/support/sample-sale.ts";
import { applyCartEvent } from "#core/cart/apply.ts";
import type { Cart } from "#core/cart/cart.ts";
import { fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { assert } from "#core/result.ts";
import { businessDate, businessDateInShift, localIso } from "#core/sale/business-date.ts";
import type { Sale, Tender } from "#core/sale/sale.ts";
import type { OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { Draft } from "#main/till/ports/sales-store.ts";
import { pick, type Random } from "#tests/support/random.ts";
import type { Printed } from "../till-words.ts";
import { dayCutOffMinutes, utcOffsetMinutes } from "./day-clock.ts";
import type { Mistake } from "./mistakes.ts";

/** A cashier at a till's store, who does everything a day holds. */
export interface Counter {
  /** Makes one sale, and what comes with it now and then; everything is on the disk when it returns. */
  serve(): void;
  /** Closes the shift that is open, with what the drawer holds, and opens the next; says whether one was closed. */
  changeShift(): boolean;
}

export interface CounterDeps {
  readonly store: OpenSalesStore;
  readonly terminalId: string;
  readonly now: () => number;
  readonly newId: () => string;
  readonly random: Random;
  /** A paper is in the customer's hand. */
  readonly onPaper: (paper: Printed) => void;
  readonly mistake: Mistake | null;
}

/** Sales put aside at a time; then the oldest is taken up again. */
const mostHeld = 5;
/** The sale at which a till with a mistake makes it. */
const spoiltSale = 20;
/** What a till that leaks keeps of each sale. Bytes. */
const leakBytes = 65_536;
const cashier = "c1";

export function openCounter(deps: CounterDeps): Counter {
  const { store, terminalId, now, newId, random, onPaper, mistake } = deps;
  const leaked: string[] = [];
  let served = 0;
  const chance = (share: number) => random() < share;

  function draftOf(cart: Cart, state: Draft["state"] = "open"): Draft {
    return { cart, tenders: [], cashierId: cashier, state, label: "", updatedAtMs: now() };
  }

  /** The basket of the next customer on the disk: rung up anew, or the oldest that was put aside. */
  function basket(): Cart {
    const held = store.heldDrafts();
    const [oldest] = held;
    if (oldest !== undefined && (held.length >= mostHeld || chance(0.02))) {
      const { saleId } = oldest.cart;
      store.saveDraft({ ...oldest, state: "open" }, { kind: "sale-recalled", body: { saleId, cashierId: cashier } });
      return oldest.cart;
    }
    const cart = sampleCart(newId(), 1 + pick(random, 5));
    store.saveDraft(draftOf(cart));
    const [line] = cart.lines;
    if (line === undefined || cart.lines.length < 2 || !chance(0.03)) return cart;
    const without = applyCartEvent(cart, { kind: "line-voided", lineId: line.id });
    assert(without.ok, "a line that is there can be taken out");
    const body = { saleId: cart.saleId, cashierId: cashier, line };
    store.saveDraft(draftOf(without.value), { kind: "line-voided", body });
    return without.value;
  }

  function tendersOf(saleId: string, totalFen: number): readonly Tender[] {
    if (!chance(0.03)) return [cashFor(saleId, totalFen)];
    return [{ kind: "static-code", tenderId: `${saleId}-code`, amountFen: fen(totalFen), approvedBy: null }];
  }

  function sell(cart: Cart): void {
    const { saleId } = cart;
    const { totalFen } = priceCart(cart);
    const shift = store.currentShift();
    assert(shift !== null, "a shift is open while the till sells");
    const atMs = now();
    const facts = {
      ...{ saleId, cart, lineCount: 0, shiftId: shift.shiftId, tenders: tendersOf(saleId, totalFen) },
      completedAt: localIso(atMs, utcOffsetMinutes),
      businessDate: businessDateInShift(atMs, utcOffsetMinutes, dayCutOffMinutes, shift.businessDate),
    };
    const build = (saleNumber: string): Sale => ({ ...sampleSale({ ...facts, saleNumber }), terminalId });
    const { sale, journalHash, printJobId } = store.commitSale(saleId, build, null, sampleReceipt);
    // Only now, after the commit: this is the paper in the customer's hand.
    onPaper({ saleId, saleNumber: sale.saleNumber, totalFen: sale.totalFen, hash: journalHash });
    store.setPrintState(printJobId, "sending");
    store.setPrintState(printJobId, "printed");
    if (chance(0.02)) giveBack(sale);
  }

  /** Up to a yuan of a sale, back out of the drawer. */
  function giveBack({ saleId, saleNumber, tenders, totalFen, completedAt, businessDate: date }: Sale): void {
    const refundNo = `${saleNumber}R1`;
    const amountFen = fen(Math.min(totalFen, 100));
    store.giveCashRefund(
      {
        ...{ refundNo, requestId: `asked ${saleNumber}`, kind: "cash", saleId, saleNumber, amountFen, reason: "" },
        ...{ tenderId: tenders[0]?.tenderId ?? "", cashierId: cashier, cashierName: "王芳", approvedBy: "m1" },
        ...{ requestedAt: completedAt, requestedAtMs: now(), state: "succeeded", gateway: null, handled: null },
        given: { at: completedAt, businessDate: date },
      },
      () => JSON.stringify([{ kind: "text", text: refundNo, align: "left", style: {} }]),
    );
  }

  /** A manager looks through the shop's WeChat records before the drawer is counted. */
  function matchTakings(): void {
    for (const { tenderId } of store.staticTakings(1_000).filter(({ state }) => state === "open")) {
      const handled = { at: localIso(now(), utcOffsetMinutes), by: "m1" };
      if (chance(0.9))
        store.endStaticTaking(tenderId, { kind: "matched", transactionId: newId().replaceAll("-", "") }, handled);
      else store.endStaticTaking(tenderId, { kind: "never-received", reason: "不在账单里" }, handled);
    }
  }

  function spoil(): void {
    if (mistake === "leaks") leaked.push(newId().padEnd(leakBytes, String(served)));
    if (served !== spoiltSale) return;
    if (mistake === "drops-one") {
      // A paper for a sale that is nowhere.
      onPaper({ saleId: newId(), saleNumber: `${terminalId}-900000`, totalFen: 100, hash: "0".repeat(64) });
    } else if (mistake === "sends-twice") {
      // The same sale under the next key of the journal.
      const [last] = store.lastSales(1);
      const found = last === undefined ? null : store.sale(last.saleId);
      store.appendJournal({ kind: "sale-completed", body: found?.sale });
    }
  }

  return {
    serve() {
      if (chance(0.01)) {
        const { saleId, lines } = basket();
        const body = { saleId, cashierId: cashier, approvedBy: "m1", lines };
        store.discardDraft(saleId, { kind: "sale-voided", body });
      }
      if (chance(0.02)) {
        const cart = basket();
        const { saleId } = cart;
        store.saveDraft(draftOf(cart, "held"), { kind: "sale-held", body: { saleId, cashierId: cashier, label: "" } });
      }
      if (chance(0.01)) store.appendJournal({ kind: "drawer-opened", body: { cashierId: cashier, reason: "change" } });
      sell(basket());
      served += 1;
      spoil();
    },
    changeShift() {
      const open = store.currentShift();
      if (open !== null) {
        matchTakings();
        const totals = store.shiftTotals(open.shiftId);
        const closing = { closedAt: localIso(now(), utcOffsetMinutes), closedBy: cashier };
        const counted = { countedCashFen: totals.expectedCashFen, differenceFen: fen(0) };
        store.closeShift({ shiftId: open.shiftId, ...closing, totals, ...counted });
      }
      const atMs = now();
      store.openShift({
        ...sampleShift,
        shiftId: newId(),
        openedAt: localIso(atMs, utcOffsetMinutes),
        businessDate: businessDate(atMs, utcOffsetMinutes, dayCutOffMinutes),
      });
      return open !== null;
    },
  };
}
