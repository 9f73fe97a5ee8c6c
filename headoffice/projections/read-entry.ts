import type { z } from "zod";
import type { JournalKind } from "#core/journal/entry.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import {
  carriedAbandonedBody,
  carriedRefusedBody,
  clockJumpedBody,
  firstSaleBody,
  fourthSaleBody,
  grantReturnedBody,
  refundBody,
  type RefundBody,
  secondSaleBody,
  type SaleBody,
  shiftClosedBody,
  type ShiftClosedBody,
  shiftOpenedBody,
  type ShiftOpenedBody,
  takingLostBody,
  takingMatchedBody,
  thirdSaleBody,
} from "./bodies.ts";
import type { CarriedRefusal, CarriedWord } from "../carried/project-carried.ts";
import { isPlainSale } from "./plain-sale.ts";
import { type ToldSale, toldSale } from "./told-sale.ts";
import type { TakingEnd } from "./taking-rows.ts";
import type { ReviewReason } from "./review.ts";
import { type LooseReturnBody, looseReturnBody } from "./loose-return-rows.ts";
import { goodsReturnedBody, type GoodsReturnedBody } from "./return-rows.ts";

/** What head office makes of an entry. `kept`: of a kind that nothing is built from. */
export type Reading =
  | { readonly kind: "sale"; readonly sale: ToldSale }
  | { readonly kind: "refund"; readonly refund: RefundBody; readonly isNew: boolean }
  | { readonly kind: "grant-returned"; readonly grantId: string }
  | { readonly kind: "goods-returned"; readonly returned: GoodsReturnedBody }
  | { readonly kind: "loose-return"; readonly returned: LooseReturnBody }
  | { readonly kind: "shift-opened"; readonly shift: ShiftOpenedBody }
  | { readonly kind: "shift-closed"; readonly closing: ShiftClosedBody }
  | { readonly kind: "taking"; readonly end: TakingEnd }
  | { readonly kind: "carried"; readonly word: CarriedWord }
  | { readonly kind: "carried-refused"; readonly refusal: CarriedRefusal }
  | { readonly kind: "kept" }
  | { readonly kind: "review"; readonly reason: ReviewReason; readonly detail: string };

/** @param text the JSON the body was read from */
type Read = (body: unknown, text: string) => Reading;

const kept: Read = () => ({ kind: "kept" });
const refund = (isNew: boolean): Read => read(refundBody, (body) => ({ kind: "refund", refund: body, isNew }));

/** As far apart as clocks may be for a signature to be taken; milliseconds. */
const leastJumpToSeeMs = 300_000;

/** Every kind this version knows; the compiler asks for a new one here. */
const readers: Readonly<Record<JournalKind, Read>> = {
  "epoch-opened": kept,
  "sale-completed": read(fourthSaleBody, told),
  "attempt-created": kept,
  "attempt-settled": kept,
  "refund-created": refund(true),
  "refund-retried": refund(false),
  "refund-settled": refund(false),
  "day-reconciled": kept,
  "totals-disagreed": kept,
  "totals-repaired": kept,
  "finding-acted-on": kept,
  "static-code-matched": read(takingMatchedBody, (end) => ({ kind: "taking", end: { ...end, state: "matched" } })),
  "static-code-never-received": read(takingLostBody, (end) => ({
    kind: "taking",
    end: { ...end, state: "never-received", transactionId: null },
  })),
  "static-code-dropped": kept,
  "carried-abandoned": read(carriedAbandonedBody, (body) => ({
    kind: "carried",
    word: { word: "abandoned", ...body },
  })),
  "carried-refused": read(carriedRefusedBody, (refusal) => ({ kind: "carried-refused", refusal })),
  "refund-handled": kept,
  "goods-returned": read(goodsReturnedBody, (returned) => ({ kind: "goods-returned", returned })),
  "return-without-receipt": read(looseReturnBody, (returned) => ({ kind: "loose-return", returned })),
  "goods-received": kept,
  "goods-receipt-reversed": kept,
  "stock-take-begun": kept,
  "stock-taken": kept,
  "stock-take-dropped": kept,
  "stock-corrected": kept,
  "stock-item-set": kept,
  "stock-policy-set": kept,
  "short-stock-sold": kept,
  "stock-disagreed": kept,
  "stock-repaired": kept,
  "refund-grant-returned": read(grantReturnedBody, ({ grantId }) => ({ kind: "grant-returned", grantId })),
  "line-voided": kept,
  "sale-voided": kept,
  "sale-held": kept,
  "sale-recalled": kept,
  "held-sale-given": kept,
  "held-sale-taken": kept,
  "discount-granted": kept,
  "expired-pack-sold": kept,
  "shift-opened": read(shiftOpenedBody, (shift) => ({ kind: "shift-opened", shift })),
  "shift-closed": read(shiftClosedBody, (closing) => ({ kind: "shift-closed", closing })),
  "drawer-counted": kept,
  "cash-moved": kept,
  "shift-correction": kept,
  "z-reprinted": kept,
  "signed-in": kept,
  "signed-out": kept,
  "sign-in-refused": kept,
  "receipt-reprinted": kept,
  "print-cancelled": kept,
  "drawer-opened": kept,
  "drawer-kick-ended": kept,
  "merchant-set-up": kept,
  "device-changed": kept,
  "head-office-changed": kept,
  "relay-changed": kept,
  "settings-changed": kept,
  "item-changed": kept,
  "item-images-changed": kept,
  "category-changed": kept,
  "catalog-imported": kept,
  enrolled: kept,
  "sync-alarm-seen": kept,
  "pin-set": kept,
  "person-added": kept,
  "person-changed": kept,
  "badge-made": kept,
  "badge-revoked": kept,
  "rights-changed": kept,
  "access-changed": kept,
  "screen-locked": kept,
  "screen-unlocked": kept,
  "training-entered": kept,
  "training-left": kept,
  "backup-made": kept,
  "backup-restored": kept,
  "journal-exported": kept,
  "support-package-saved": kept,
  "price-overridden": kept,
  "promotion-changed": kept,
  "member-enrolled": kept,
  "member-changed": kept,
  "member-deleted": kept,
  "point-rates-changed": kept,
  "legacy-asked": kept,
  "legacy-answered": kept,
  "legacy-changed": kept,
  "legacy-files-changed": kept,
  "legacy-file-written": kept,
  "legacy-paired": kept,
  "legacy-unpaired": kept,
  // A machine that slept says nothing about its clock, and a smaller jump changes no receipt by much.
  "clock-jumped": read(clockJumpedBody, ({ from, to, byMs, seen }) =>
    seen === "sleep" || Math.abs(byMs) < leastJumpToSeeMs
      ? { kind: "kept" }
      : { kind: "review", reason: "clock-jumped", detail: `${from} → ${to}` },
  ),
};

/** Earlier versions of the bodies that have another one by now, first first; every version that ever shipped keeps its reader. */
const earlierReaders: Partial<Readonly<Record<JournalKind, readonly Read[]>>> = {
  "sale-completed": [sale(firstSaleBody, 1), sale(secondSaleBody, 2), sale(thirdSaleBody, 3)],
};

/** Of the bodies that `readers` reads, where it is not 1. */
const versions: Partial<Readonly<Record<JournalKind, number>>> = { "sale-completed": 4 };

/**
 * Never fails: what cannot be understood goes to a person.
 * @param body well-formed Unicode, as check-batch.ts makes sure and bytes of UTF-8 always give
 */
export function readEntry({ kind, v, body }: Pick<WireEntry, "kind" | "v" | "body">): Reading {
  if (!isKnownKind(kind)) return { kind: "review", reason: "unknown-kind", detail: kind };
  const reader = readerOf(kind, v);
  if (reader === undefined) return { kind: "review", reason: "unknown-version", detail: `${kind} v${v}` };
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { kind: "review", reason: "unreadable-body", detail: `${kind}: no JSON` };
  }
  return reader(value, body);
}

function readerOf(kind: JournalKind, v: number): Read | undefined {
  if (v === (versions[kind] ?? 1)) return readers[kind];
  return earlierReaders[kind]?.[v - 1];
}

function isKnownKind(kind: string): kind is JournalKind {
  return Object.hasOwn(readers, kind);
}

/** Bodies of every version are the same once they are read. */
function told(body: SaleBody): Reading {
  return { kind: "sale", sale: toldSale(body) };
}

/** Nearly all that a till sends is plain, and needs no schema. */
function sale(schema: z.ZodType<SaleBody>, v: 1 | 2 | 3): Read {
  const checked = read(schema, told);
  return (value, text) => (isPlainSale(value, text, v) ? told(value) : checked(value, text));
}

function read<T>(schema: z.ZodType<T>, make: (body: T) => Reading): Read {
  return (value) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return make(parsed.data);
    const path = parsed.error.issues[0]?.path.join(".") ?? "";
    return { kind: "review", reason: "unreadable-body", detail: path };
  };
}
