import type { CartLine } from "#core/cart/cart.ts";
import { addFen, type Fen, zeroFen } from "#core/money/fen.ts";
import { priceOf } from "#core/quantity/price-of.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import { goodsOfLines, type LooseReturn } from "#core/returns/loose-return.ts";
import { assert } from "#core/result.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { CashMove } from "#core/shift/cash-move.ts";
import type { DrawerCount } from "#core/shift/shift.ts";
import { saleFact, type ShiftEvent, type ShiftFact } from "#core/shift/shift-event.ts";
import { taxesOfGoods } from "#core/tax/tax-sum.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { ShiftStore } from "#main/till/ports/shift-store.ts";
import type { SalesDatabase } from "./sales-database.ts";

interface EntryRow {
  readonly position: number;
  readonly kind: string;
  readonly at_wall: string;
  readonly body: Uint8Array;
}

interface Span {
  readonly opened_position: number | null;
  readonly closed_position: number | null;
}

/** A sale every three seconds for eight hours; a shift beyond it is listed as far as this. */
const mostEvents = 10_000;

/** What the journal says between a shift's opening and its end: the journal's own bytes, and no table beside it. */
export function shiftEvents({ db }: SalesDatabase): Pick<ShiftStore, "shiftEvents"> {
  const span = db.prepare<[string], Span>("SELECT opened_position, closed_position FROM shifts WHERE shift_id = ?");
  const kinds = Object.keys(readers).map((kind) => `'${kind}'`);
  const entries = db.prepare<[number, number, number], EntryRow>(`
    SELECT position, kind, at_wall, body FROM journal
    WHERE position > ? AND position < ? AND kind IN (${kinds.join(", ")}) ORDER BY position LIMIT ?`);
  return {
    shiftEvents(shiftId) {
      const of = span.get(shiftId);
      assert(of !== undefined, `shift ${shiftId} exists`);
      const from = of.opened_position ?? Number.MAX_SAFE_INTEGER;
      const rows = entries.all(from, of.closed_position ?? Number.MAX_SAFE_INTEGER, mostEvents + 1);
      return { events: rows.slice(0, mostEvents).flatMap(eventOf), isWhole: rows.length <= mostEvents };
    },
  };
}

function eventOf({ position, kind, at_wall: atWall, body }: EntryRow): readonly ShiftEvent[] {
  const fact = readers[kind]?.(JSON.parse(Buffer.from(body).toString("utf8")));
  return fact === undefined || fact === null ? [] : [{ ...fact, position, atMs: Date.parse(atWall) }];
}

type Read = (body: unknown) => ShiftFact | null;

/** What each kind says of a shift, in every version of its body. */
const readers: Readonly<Record<string, Read>> = {
  "sale-completed": written<Sale>(saleFact),
  "refund-settled": written<SaleRefund>(refundFact),
  "return-without-receipt": written<LooseReturn>(looseFact),
  "cash-moved": written<CashMove>((move) => ({ kind: "cash-moved", move })),
  "drawer-opened": written<Opening>(openingFact),
  "line-voided": written<VoidedLine>(lineFact),
  "sale-voided": written<VoidedSale>(voidFact),
  "attempt-settled": written<Attempt>(attemptFact),
  "drawer-counted": written<DrawerCount>((count) => ({ kind: "counted", count })),
};

function written<T>(make: (body: T) => ShiftFact | null): Read {
  // Bodies of this till's own journal, whose chain was checked: each is what its one writer made.
  return (body) => make(body as T);
}

/** As `openDrawerFor` writes it; `why` came with the reasons of openings without a sale. */
interface Opening {
  readonly reason: string;
  readonly why?: string;
}
interface VoidedLine {
  readonly saleId: string;
  readonly line: CartLine;
}
interface VoidedSale {
  readonly saleId: string;
  readonly lines: readonly CartLine[];
}

/** A charge that no sale books was never among what the shop took. */
function refundFact(refund: SaleRefund): ShiftFact | null {
  const { given, kind, refundNo, saleId, saleNumber, soldBy, amountFen, goods } = refund;
  if (given === null || kind === "charge") return null;
  const ownSaleId = soldBy === undefined ? saleId : null;
  const taxes = taxesOfGoods(goods ?? []);
  const told = { kind: "refund", refundNo, saleId: ownSaleId, saleNumber, how: kind, amountFen } as const;
  return taxes.length === 0 ? told : { ...told, taxes };
}

/** Cash that left the drawer, of no sale. */
function looseFact({ returnNumber, amountFen, lines }: LooseReturn): ShiftFact {
  const taxes = taxesOfGoods(goodsOfLines(lines));
  const told = { kind: "refund", refundNo: returnNumber, saleId: null, saleNumber: returnNumber } as const;
  return { ...told, how: "cash", amountFen, ...(taxes.length === 0 ? {} : { taxes }) };
}

function openingFact({ reason, why = "" }: Opening): ShiftFact | null {
  return reason === "no-sale" ? { kind: "no-sale", reason: why } : null;
}

function lineFact({ saleId, line }: VoidedLine): ShiftFact {
  return { kind: "line-voided", saleId, name: line.nameZh, amountFen: grossOf(line) };
}

function voidFact({ saleId, lines }: VoidedSale): ShiftFact {
  return { kind: "sale-voided", saleId, amountFen: addFen(zeroFen, ...lines.map(grossOf)) };
}

function attemptFact({ state, saleId, amountFen }: Attempt): ShiftFact | null {
  return state === "paid" ? null : { kind: "attempt-ended", saleId, amountFen };
}

function grossOf({ labelAmountFen, unitPriceFen, quantity }: CartLine): Fen {
  return labelAmountFen ?? priceOf(unitPriceFen, quantity);
}
