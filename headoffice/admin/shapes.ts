import { z } from "zod";
import type { DaySide } from "#contract/wire/agreement.ts";
import { areLimitsOpen, limitsOf } from "#core/catalog/open-price.ts";
import { feedCategorySchema, feedItemSchema, feedPersonSchema, feedSettingSchema } from "#contract/wire/feed.ts";
import type { FeedCategory, FeedItem, FeedPerson } from "#contract/wire/feed.ts";
import type { RowFault } from "#core/catalog/import/read-row.ts";
import type { HeaderFault } from "#core/catalog/import/judge-rows.ts";
import type { TableFault } from "#core/catalog/import/table-row.ts";
import type { Terminal } from "../terminals/terminal.ts";

// What the page and the server say to each other under /api. Bodies are parsed by these; the page imports types only.

export type OfficeRole = "admin" | "viewer";

const name = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,59}$/u);
export const signInBody = z.strictObject({ name, password: z.string().min(1).max(200) });
export const passwordBody = z.strictObject({ current: z.string().min(1).max(200), next: z.string().min(1).max(400) });
export const personBody = z.strictObject({ role: z.enum(["admin", "viewer"]), isNew: z.boolean() });
export const personParams = z.strictObject({ name });

export const storeCode = z.string().regex(/^[A-Z0-9]{2,4}$/);
/** A name on one line; no control characters, which PostgreSQL and receipts refuse alike. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u);
export const storeParams = z.strictObject({ store: storeCode });
export const terminalParams = z.strictObject({ store: storeCode, terminal: storeCode });
export const rowParams = z.strictObject({ store: storeCode, id: z.string().regex(/^[^\p{Cc}]{1,64}$/u) });
export const shopBody = z.strictObject({ nameZh: line(80).min(1), nameEn: line(80), isNew: z.boolean() });

/** `replaces`: the machine of this name is given up when the code is used. */
export const codeBody = z.strictObject({ replaces: z.boolean(), role: z.enum(["till", "relay"]).default("till") });

/** No control characters in any text: receipts, displays and PostgreSQL refuse them alike. */
const plain = <S extends z.ZodType<object>>(schema: S) =>
  schema.refine((value) => Object.values(value).every((text) => typeof text !== "string" || !/\p{Cc}/u.test(text)), {
    error: "no control characters",
  });
/** An open price is of goods by the piece, and one that somebody can type. */
export const itemBody = plain(feedItemSchema)
  .refine(({ openPrice, unit }) => openPrice === undefined || unit === "piece", {
    ...{ path: ["openPrice"], error: "goods by weight have no open price" },
  })
  .refine(({ openPrice }) => openPrice === undefined || areLimitsOpen(limitsOf(openPrice)), {
    ...{ path: ["openPrice"], error: "the highest price is below the lowest" },
  });
export const categoryBody = plain(feedCategorySchema);
export const personOfShopBody = plain(feedPersonSchema);
export const settingBody = plain(feedSettingSchema);

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const page = { limit: z.coerce.number().int().min(1).max(200).default(50), before: z.string().max(400).optional() };
export const salesQuery = z.strictObject({
  ...page,
  store: storeCode.optional(),
  terminal: storeCode.optional(),
  from: date.optional(),
  to: date.optional(),
});
export const reviewsQuery = z.strictObject({ ...page, open: z.enum(["yes", "no"]).default("yes") });
export const rowsQuery = z.strictObject({
  search: z.string().max(80).default(""),
  after: z.string().max(64).default(""),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const saleParams = z.strictObject({ store: storeCode, terminal: storeCode, sale: z.string().min(1).max(64) });
export const reviewBody = z.strictObject({
  ...{ store: storeCode, terminal: storeCode, epoch: z.string().max(40), seq: z.int().min(0) },
  reason: z.string().max(64),
});
/** `confirmed`: the person has read what it means where the till has sold. */
export const carriedRefundBody = z.strictObject({
  ...{ store: storeCode, outTradeNo: z.string().regex(/^[0-9A-Z-]{6,32}$/), confirmed: z.literal(true) },
});
export const importQuery = z.strictObject({
  /** `check` changes nothing; `all` takes every row or none; `good` takes the rows that are right. */
  mode: z.enum(["check", "all", "good"]),
  name: z.string().max(200).default(""),
});

export interface SessionAnswer {
  readonly name: string;
  readonly role: OfficeRole;
  readonly mustChange: boolean;
  readonly officeName: string;
}

export interface OfficePerson {
  readonly name: string;
  readonly role: OfficeRole;
  /** Has not signed in with a password of his own yet. */
  readonly isNew: boolean;
}

export interface OneTimePasswordAnswer {
  readonly name: string;
  readonly password: string;
}

export type MachineRole = Terminal["role"];

/** What is known of a till and of a relay alike. */
export interface MachineAnswer {
  readonly terminalId: string;
  /** `invited`: a code was made and not used yet. */
  readonly state: "active" | "revoked" | "invited";
  readonly lastSeenMs: number | null;
  readonly enrolledMs: number | null;
}

export interface TerminalAnswer extends MachineAnswer {
  /** The newest epoch and how far it is held. */
  readonly position: { readonly epoch: string; readonly seq: number } | null;
  readonly epochCount: number;
  readonly agreement: AgreementAnswer;
  /** The catalogue rev it has asked after, and the newest there is. */
  readonly catalogue: { readonly at: number; readonly head: number } | null;
}

/** `never`: the till has not told its days yet. Dates newest first, at most 62. */
export interface AgreementAnswer {
  readonly state: "agreed" | "differs" | "never";
  readonly toldMs: number | null;
  readonly differingDates: readonly string[];
}

export interface ShopAnswer {
  readonly storeCode: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Its tills. */
  readonly terminals: readonly TerminalAnswer[];
  /** They have no journal of their own: nothing of theirs is compared. */
  readonly relays: readonly MachineAnswer[];
  /** Of the newest business day that has sales. */
  readonly day: { readonly businessDate: string; readonly saleCount: number; readonly salesFen: number } | null;
  readonly itemCount: number;
}

export interface ShopsAnswer {
  readonly shops: readonly ShopAnswer[];
  readonly nowMs: number;
  readonly openReviews: number;
}

export interface CodeAnswer {
  /** In groups of five, as it is read out. */
  readonly code: string;
  readonly expiresMs: number;
  readonly nowMs: number;
}

/** A day on both sides; null where that side has nothing of it. */
export interface DayAnswer {
  readonly businessDate: string;
  readonly till: DaySide | null;
  readonly office: DaySide | null;
  readonly isAgreed: boolean;
}

export interface SaleRowAnswer {
  readonly storeCode: string;
  readonly terminalId: string;
  readonly saleId: string;
  readonly saleNumber: string;
  readonly cashierName: string;
  readonly completedAt: string;
  readonly businessDate: string;
  readonly lineCount: number;
  readonly totalFen: number;
}

export interface SalesAnswer {
  readonly sales: readonly SaleRowAnswer[];
  /** Give it back as `before` for the next page; null: that was all. */
  readonly next: string | null;
}

export interface SaleLineAnswer {
  readonly lineNumber: number;
  readonly sku: string | null;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly unit: "piece" | "kg";
  readonly unitPriceFen: number;
  readonly quantityMilli: number;
  readonly discountFen: number;
  readonly netFen: number;
}

export interface TenderAnswer {
  readonly kind: string;
  readonly amountFen: number;
  readonly receivedFen: number | null;
  readonly changeFen: number | null;
  readonly transactionId: string | null;
  /** What is known of a payment to the shop's printed code; null of all others. */
  readonly taking: "open" | "matched" | "never-received" | null;
}

export interface RefundAnswer {
  readonly refundNo: string;
  readonly amountFen: number;
  readonly state: string;
  readonly requestedAt: string;
  readonly reason: string;
}

export interface SaleAnswer extends SaleRowAnswer {
  readonly grossFen: number;
  readonly discountFen: number;
  readonly changeFen: number;
  readonly lines: readonly SaleLineAnswer[];
  readonly tenders: readonly TenderAnswer[];
  readonly refunds: readonly RefundAnswer[];
  /** The journal entry it comes from. */
  readonly entry: { readonly epoch: string; readonly seq: number; readonly hash: string } | null;
}

export interface ReviewAnswer {
  readonly storeCode: string;
  readonly terminalId: string;
  readonly epoch: string;
  readonly seq: number;
  readonly reason: string;
  readonly detail: string;
  readonly noticedMs: number;
  readonly seenMs: number | null;
  readonly seenBy: string | null;
}

export interface ReviewsAnswer {
  readonly reviews: readonly ReviewAnswer[];
  readonly next: string | null;
  /** Entries of revoked tills that are kept apart, by terminal. */
  readonly quarantine: readonly { readonly storeCode: string; readonly terminalId: string; readonly count: number }[];
  /** Payments to the shops' printed codes that no manager has verified, by terminal. */
  readonly takings: readonly {
    readonly storeCode: string;
    readonly terminalId: string;
    readonly count: number;
    readonly amountFen: number;
  }[];
}

export interface RowsAnswer<Value> {
  readonly rows: readonly { readonly id: string; readonly rev: number; readonly value: Value }[];
  readonly next: string | null;
}
export type ItemsAnswer = RowsAnswer<FeedItem>;
export type CategoriesAnswer = RowsAnswer<FeedCategory>;
export type ShopPeopleAnswer = RowsAnswer<FeedPerson>;

/** How an import stands: one line of JSON each time it has come further, the last one `done` or `refused`. */
export interface ImportState {
  readonly state: "reading" | "writing" | "done" | "refused";
  /** Rows of the file under its heading, and how many were dealt with. */
  readonly total: number;
  readonly handled: number;
  readonly written: number;
  /** Rows that the catalogue had like this already. */
  readonly unchanged: number;
  readonly badRows: number;
  readonly faults: readonly RowFault[];
  readonly format: "csv" | "xlsx" | null;
  readonly encoding: string | null;
  readonly columns: readonly string[];
  /** The first rows as they are taken, for a look. */
  readonly sample: readonly SampleRow[];
  readonly refusal: HeaderFault | { readonly kind: TableFault | "bad-rows" | "failed" } | null;
}

export interface SampleRow {
  readonly row: number;
  readonly sku: string;
  readonly nameZh: string;
  readonly category: string;
  readonly priceFen: number;
}

/** A payment carried by a customer that a person should look at. */
export interface CarriedOrderAnswer {
  readonly storeCode: string;
  readonly terminalId: string;
  readonly outTradeNo: string;
  readonly amountFen: number;
  readonly paidMs: number | null;
  /**
   * `silent`: paid, and its till says nothing. `not-paid`: sold without the money. `trouble`: the gateway does not do what it is
   * asked. `other-request`: pages named its number with another amount or sign.
   */
  readonly why: "silent" | "not-paid" | "trouble" | "other-request";
  /** The gateway's code. */
  readonly trouble: string;
  readonly mayRefund: boolean;
  /** When a silent till's payment may be given back here, unless the till is revoked before; null where it may be now, or never. */
  readonly refundableFromMs: number | null;
}

export interface CarriedAnswer {
  readonly orders: readonly CarriedOrderAnswer[];
  /** Proofs that tills did not take. */
  readonly refusals: readonly {
    readonly storeCode: string;
    readonly terminalId: string;
    readonly outTradeNo: string;
    readonly why: string;
    readonly noticedMs: number;
  }[];
}
