import { fen } from "#core/money/fen.ts";
import { closeShift } from "#core/shift/close-shift.ts";
import { assert } from "#core/result.ts";
import type { Cashier } from "#core/access/role.ts";
import { receive } from "./receive.ts";
import { sell } from "./sell.ts";
import { manager, nowIn, type OpenShift, type SeedShop } from "./shop.ts";
import { takeBack } from "./take-back.ts";

const float = fen(50_000);
/** Counted off by more than this needs a manager's word. Fen; as terminal.json has it. */
const varianceLimit = 1_000;
/** Of a hundred sales. */
const returned = 0.6;
const open = { hourOfFirst: 8, hours: 7 };
const hourMs = 3_600_000;

/** One shift of a day: who sells, and how many sales. */
export interface PlannedShift {
  readonly businessDate: string;
  /** 0 in the morning, 1 until the evening. */
  readonly turn: number;
  readonly cashier: Cashier;
  readonly sales: number;
  /** Of the whole day. */
  readonly salesOfDay: number;
  /** When it begins, milliseconds since 1970. */
  readonly beginsAtMs: number;
}

/** Milliseconds from the shop's midnight until a shift begins. */
export const beginsAfterMs = (turn: number): number => (open.hourOfFirst + open.hours * turn) * hourMs;

/** All that happens in a shift but its end: inside one transaction. */
export function runShift(shop: SeedShop, planned: PlannedShift): OpenShift {
  const { store, till, clock, chance } = shop;
  const { businessDate, cashier, sales, beginsAtMs } = planned;
  clock.nowMs = Math.max(clock.nowMs + 1_000, beginsAtMs);
  store.recordSignIn(cashier.id, { kind: "signed-in", body: { cashierId: cashier.id } });
  const shift = {
    ...{ shiftId: chance.id(clock.nowMs), openedAt: nowIn(shop), openedBy: cashier.id, openedByName: cashier.name },
    ...{ businessDate, floatFen: float, closedAt: null },
  };
  store.openShift(shift);
  const opened = { shift, cashier };
  endTakings(shop);
  if (planned.turn === 0) receive(shop, businessDate, planned.salesOfDay);
  till.lookAgain();
  const between = (open.hours * hourMs - 600_000) / Math.max(1, sales);
  for (let index = 0; index < sales; index += 1) {
    // A breath after the one before it, however busy: the journal's order is that of its times.
    clock.nowMs = Math.max(clock.nowMs + 1, Math.floor(beginsAtMs + 300_000 + (index + chance.next()) * between));
    sell(shop, opened);
    if (!chance.percent(returned)) continue;
    takeBack(shop, opened);
    till.lookAgain();
  }
  till.addUp();
  putAway(shop, opened);
  return opened;
}

/** Counts the drawer and closes the shift with its Z: a transaction of its own, as ever. */
export function endShift(shop: SeedShop, { shift, cashier }: OpenShift): void {
  const { store, chance, clock } = shop;
  clock.nowMs += 120_000;
  const totals = store.shiftTotals(shift.shiftId);
  const offFen = chance.percent(80) ? 0 : chance.below(2 * varianceLimit + 1) - varianceLimit;
  const countedCashFen = fen(Math.max(0, totals.expectedCashFen + offFen));
  const at = nowIn(shop);
  store.addDrawerCount({
    ...{ number: 1, shiftId: shift.shiftId, countedCashFen, pieces: null, expectedCashFen: totals.expectedCashFen },
    ...{ isFinal: true, at, cashierId: cashier.id, cashierName: cashier.name },
  });
  const counted = { shift, totals, countedCashFen, pieces: null, closedAt: at, closedBy: cashier.id, approval: null };
  const closed = closeShift(counted);
  assert(closed.ok, "an open shift closes");
  store.closeShift(closed.value, cashier.name);
  store.appendJournal({ kind: "signed-out", body: { cashierId: cashier.id } });
}

/** The manager has looked up what was paid to the printed code the day before. */
function endTakings({ store, chance, clock }: SeedShop): void {
  const handled = { at: nowIn({ clock }), by: manager.id };
  for (const { tenderId, state } of store.staticTakings(store.openStaticTakings().count)) {
    if (state !== "open") break;
    const transactionId = `42001${clock.nowMs}${String(chance.below(1e9)).padStart(9, "0")}`;
    store.endStaticTaking(tenderId, { kind: "matched", transactionId }, handled);
  }
}

/** Most of the notes go into the safe. */
function putAway(shop: SeedShop, { shift, cashier }: OpenShift): void {
  const { store, chance, clock } = shop;
  const { expectedCashFen } = store.shiftTotals(shift.shiftId);
  const amount = expectedCashFen - float - ((expectedCashFen - float) % 1_000);
  if (amount <= 0) return;
  clock.nowMs += 60_000;
  const by = { cashierId: cashier.id, cashierName: cashier.name, approvedBy: manager.id };
  const moveId = chance.id(clock.nowMs);
  const move = {
    moveId,
    shiftId: shift.shiftId,
    kind: "safe-drop",
    amountFen: fen(amount),
    reason: "缴存",
    at: nowIn(shop),
  };
  store.moveCash({ ...move, kind: "safe-drop", ...by }, null);
}
