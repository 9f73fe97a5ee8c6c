import {
  createHash,
  createHmac,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
  createPublicKey,
} from "node:crypto";
import type { Attempt } from "#core/tender/attempt.ts";
import type { CarriedWay } from "#main/till/ports/carried-way.ts";
import type { Sync } from "#main/till/ports/sync.ts";
import type { Inquiry } from "#main/till/reconciliation/inquiring.ts";
import { confirmationDigits, newSigningKey, typedCode } from "./carried-words.ts";
import { noShopRefunds } from "./no-shop-refunds.ts";

/** The far end of a dead line. */
export const deadLine: Inquiry = {
  query: () => Promise.resolve({ kind: "unknown", cause: "network", code: null }),
  queryRefund: () => Promise.reject(new Error("nothing is given back here")),
};

/** Head office as a till out of reach knows it: its keys, and what the customer's phone brings back from it. */
export function createCarriedShop() {
  const office = newSigningKey();
  const terminal = newSigningKey();
  const secret = randomBytes(32);
  const secretId = createHash("sha256").update(secret).digest().subarray(0, 4).toString("base64url");
  const officeKey = createPublicKey(office.privateKey);
  const shop = {
    isOffered: true,
    office,
    secret,
    way: null as CarriedWay | null,
    sync: () => syncWhileCut(shop.way),
    digits,
    code,
  };
  shop.way = {
    terminalKey: "BJ01-T01",
    offer: () => (shop.isOffered ? { secretId, payUrl: "https://pay.example" } : null),
    newNonce: () => randomBytes(12).toString("base64url"),
    sign: (text) => sign(null, Buffer.from(text), terminal.privateKey),
    isByOffice: (text, signature) => verify(null, Buffer.from(text), officeKey, signature),
    hash: (id, text) => (id === secretId ? createHmac("sha256", secret).update(text).digest() : null),
    isSame: (one, other) => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other)),
  };
  return shop;

  /** What the phone shows once head office knows that it is paid. */
  function digits(attempt: Attempt, key: KeyObject = office.privateKey): string {
    return confirmationDigits(wordOf(attempt), key);
  }

  function code(attempt: Attempt): string {
    return typedCode(wordOf(attempt), secret);
  }
}

function wordOf({ outTradeNo, amountFen, carried }: Attempt) {
  return { outTradeNo, amountFen, nonce: carried?.nonce ?? "" };
}

/** A till's line to head office that is down, with what it knew before. */
export function syncWhileCut(carried: CarriedWay | null): Sync {
  return {
    ...{ refunds: noShopRefunds, carried },
    view: () => ({
      ...{ state: "offline", sinceMs: 0, waiting: 0, lastAgreedAtMs: null, withRelay: null, disagreedDates: [] },
      ...{ trouble: null, alarm: null, officeName: "总部", officeHost: "office.example", keyGuard: "account" },
    }),
    pastHeard: () => null,
    enrol: () => Promise.reject(new Error("it is enrolled")),
    now: () => {},
    agreementDays: () => [],
    acknowledgeAlarm: () => false,
    held: {
      isOpen: () => false,
      nearest: async () => null,
      list: async () => ({ rows: [], isWhole: true }),
      give: async () => null,
      take: async () => null,
    },
    shiftClosed: () => {},
  };
}
