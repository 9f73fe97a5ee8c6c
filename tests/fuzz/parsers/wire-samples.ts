import type { z } from "zod";
import { agreementSchema } from "#contract/wire/agreement.ts";
import { enrolSchema, enrolledSchema } from "#contract/wire/enrolment.ts";
import { faultSchema } from "#contract/wire/fault.ts";
import { feedHeadsSchema, feedPageSchema } from "#contract/wire/feed.ts";
import { givenSchema, giveSchema, heldListSchema, takenSchema, takeSchema } from "#contract/wire/held.ts";
import { ackSchema, positionsSchema, storedEntriesSchema, uploadSchema } from "#contract/wire/journal.ts";
import {
  grantAnswerSchema,
  grantRequestSchema,
  returnGrantAnswerSchema,
  lookupAnswerSchema,
  lookupSchema,
  relayedGrantsSchema,
  shopTillsSchema,
} from "#contract/wire/refund-grant.ts";
import { keptSchema, relayCertificateSchema, relayedSchema, relayShopSchema } from "#contract/wire/relay.ts";
import { chainOf, saleTold } from "#tests/support/journal-file.ts";

/** A shape of the wire and something of that shape. */
export interface WireSample {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly value: object;
}

const hash = "a3f1".repeat(16);
const key = "A".repeat(43);
const position = { epoch: "epoch-a", seq: 7, hash };
export const entries = chainOf("epoch-a", [
  { kind: "epoch-opened", body: { previous: null } },
  saleTold(1, 700),
  { kind: "shift-closed", body: { shiftId: "shift-1" } },
]);
const line = {
  ...{ id: "l1", sku: "A1", nameZh: "可乐", nameEn: "Cola", categoryId: "c1", taxClass: "general", barcode: null },
  ...{ source: "scan", unit: "piece", unitPriceFen: 350, quantity: 2_000, labelAmountFen: null, discount: null },
};
const cart = { saleId: "sale-1", lines: [line], discount: null, rounding: "none", currentLineId: "l1" };
export const heldBody = JSON.stringify({ cart, label: "红衣", cashierId: "1", totalFen: 700 });
const shown = {
  ...{ giveId: "g1", saleId: "sale-1", form: 1, label: "红衣", cashierName: "小李", heldAtMs: 1, lineCount: 1 },
  totalFen: 700,
};
const sale = {
  ...{ terminalId: "T01", saleId: "sale-1", saleNumber: "T01-000001", businessDate: "2026-03-02", totalFen: 700 },
  tenders: [{ tenderId: "t1", kind: "cash", amountFen: 700, outTradeNo: null, transactionId: null }],
};
const day = {
  ...{ businessDate: "2026-03-02", saleCount: 1, salesFen: 700, cashFen: 700, wechatFen: 0, refundCount: 0 },
  ...{ refundFen: 0, lastSaleHash: hash },
};
const item = {
  ...{ nameZh: "可乐", nameEn: "Cola", categoryId: "c1", unit: "piece", priceFen: 350, taxClass: "general" },
  ...{ scaleCode: null, isFavourite: false, barcodes: [{ barcode: "6901234567892", count: 1 }] },
  pricesFrom: [{ validFrom: "2026-12-01T00:00:00+08:00", priceFen: 390 }],
};
export const catalogPage = {
  ...{ scope: "catalog", through: 3, head: 3, liveCount: 2 },
  rows: [
    { kind: "category", id: "c1", rev: 1, value: { nameZh: "饮料", nameEn: "Drinks", colour: 1, sort: 1 } },
    { kind: "item", id: "A1", rev: 2, value: item },
    { kind: "item", id: "A2", rev: 3, value: null },
  ],
};
const certificate = { relayKey: "BJ01-R1", publicKey: key, untilMs: 9_000_000_000_000, sig: "B".repeat(86) };

/** What head office or a relay answers a till, and head office a relay. */
export const answerSamples: readonly WireSample[] = [
  sample("ack", ackSchema, {
    acked: position,
    serverTime: "2026-03-02T12:00:00Z",
    maxBatch: 100,
    feedHead: { catalog: 1, people: 2, settings: 3 },
  }),
  sample("positions", positionsSchema, { positions: [position] }),
  sample("stored-entries", storedEntriesSchema, { entries }),
  sample("agreement", agreementSchema, { days: [day] }),
  sample("feed-page", feedPageSchema, catalogPage),
  sample("feed-heads", feedHeadsSchema, { feedHead: { catalog: 1, people: 2, settings: 3 } }),
  sample("enrolled", enrolledSchema, {
    officeKey: key,
    officeName: "总部",
    storeNameZh: "朝阳店",
    storeNameEn: "Chaoyang",
  }),
  sample("relay-certificate", relayCertificateSchema, certificate),
  sample("kept", keptSchema, { kept: position, serverTime: "2026-03-02T12:00:00Z" }),
  sample("relay-shop", relayShopSchema, {
    certificate,
    tills: [{ terminalKey: "BJ01-T01", publicKey: key, state: "active" }],
  }),
  sample("relayed", relayedSchema, { acked: position }),
  sample("held-list", heldListSchema, { held: [{ ...shown, fromTerminal: "T02", givenAtMs: 2 }] }),
  sample("given", givenSchema, { outcome: "refused", why: "full" }),
  sample("taken", takenSchema, {
    outcome: "yours",
    saleId: "sale-1",
    form: 1,
    fromTerminal: "T02",
    heldAtMs: 1,
    body: heldBody,
  }),
  sample("lookup-answer", lookupAnswerSchema, {
    kind: "found",
    sale,
    lines: [],
    claims: [{ terminalId: "T02", tenderId: "t1", amountFen: 1, atMs: 1 }],
  }),
  sample("grant-answer", grantAnswerSchema, { kind: "over", remainingFen: 5 }),
  sample("shop-tills", shopTillsSchema, { tills: [{ terminalKey: "BJ01-T01", publicKeys: [key], state: "active" }] }),
  sample("fault", faultSchema, { kind: "wrong-clock", detail: "", serverTime: "2026-03-02T12:00:00Z" }),
];

/** What a till asks head office or a relay, and a relay head office. */
export const requestSamples: readonly WireSample[] = [
  sample("upload", uploadSchema, { entries }),
  sample("agreement", agreementSchema, { days: [day] }),
  sample("enrol", enrolSchema, {
    code: "AB2CD3EF4G",
    storeCode: "BJ01",
    terminalId: "T01",
    publicKey: key,
    epoch: "epoch-a",
  }),
  sample("give", giveSchema, { ...shown, body: heldBody }),
  sample("take", takeSchema, { giveId: "g1", takeId: "t1" }),
  sample("lookup", lookupSchema, { saleNumber: "T01-000001", receipt: null }),
  sample("return-grant-answer", returnGrantAnswerSchema, { kind: "over-line", lineNumber: 2, remaining: 45 }),
  sample("grant", grantRequestSchema, {
    grantId: "g1",
    sale: { terminalId: "T01", saleId: "sale-1" },
    tenderId: "t1",
    amountFen: 5,
    receipt: null,
  }),
  sample("relayed-grants", relayedGrantsSchema, {
    grants: [
      {
        grantId: "g1",
        terminalId: "T01",
        tenderId: "t1",
        amountFen: 5,
        grantedMs: 1,
        sale: { terminalId: "T01", saleId: "sale-1" },
      },
    ],
  }),
];

function sample(name: string, schema: z.ZodType, value: object): WireSample {
  return { name, schema, value };
}
