import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { z } from "zod";
import type { WireFaultKind } from "#contract/wire/fault.ts";
import {
  grantAnswerSchema,
  lookupAnswerSchema,
  type ReturnGrantAnswer,
  returnGrantAnswerSchema,
} from "#contract/wire/refund-grant.ts";
import type { TerminalName } from "#contract/wire/terminal-key.ts";
import { readReceiptCode, receiptSigned, receiptWords } from "#core/receipt/receipt-code.ts";
import { fail, ok } from "#core/result.ts";
import type { SyncStore } from "#main/till/ports/outbox.ts";
import type { AskedGrant, ShopRefunds, Told } from "#main/till/ports/shop-refunds.ts";
import type { Nearest, PlaceKind } from "./nearest.ts";
import type { OfficeAnswer } from "./signed-wire.ts";

export interface ShopRefundsDeps {
  readonly terminal: TerminalName;
  readonly nearest: Nearest;
  readonly store: Pick<SyncStore, "shopTills">;
  /** Null until the till is enrolled; read at every use. */
  readonly key: () => { readonly privateKey: KeyObject; readonly publicKey: string } | null;
}

/** Refunds as head office and the shop's relay answer for them, and receipts by the keys that were told of. */
export function createShopRefunds({ terminal, nearest, store, key }: ShopRefundsDeps): ShopRefunds {
  const own = `/v1/terminals/${terminal.storeCode}-${terminal.terminalId}`;

  /** Head offices and relays of before have no such address: they are asked for the money alone. */
  async function grant({ goods, ...asked }: AskedGrant): Promise<Told<ReturnGrantAnswer>> {
    if (goods === undefined) return ask("refund-grants", asked, grantAnswerSchema);
    const question = { path: `${own}/return-grants`, body: { ...asked, goods }, schema: returnGrantAnswerSchema };
    const { place, answer } = await nearest.ask({ method: "POST", ...question });
    const isOfBefore = answer.kind === "refused" && answer.fault.kind === "not-found";
    return isOfBefore ? ask("refund-grants", asked, grantAnswerSchema) : toldBy(place, answer);
  }

  async function ask<T>(path: string, body: Readonly<Record<string, unknown>>, schema: z.ZodType<T>): Promise<Told<T>> {
    const { place, answer } = await nearest.ask({ method: "POST", path: `${own}/${path}`, body, schema });
    return toldBy(place, answer);
  }

  /** Head office's list, and this till itself: its own key is known before the first list has come. */
  function tillOf(terminalId: string): { readonly keys: readonly string[]; readonly isRevoked: boolean } | null {
    const told = store.shopTills().find((till) => till.terminalId === terminalId);
    const ownKey = terminalId === terminal.terminalId ? key() : null;
    if (told === undefined && ownKey === null) return null;
    const keys = [...(told?.publicKeys ?? []), ...(ownKey === null ? [] : [ownKey.publicKey])];
    return { keys, isRevoked: told?.isRevoked ?? false };
  }

  return {
    isOpen: () => key() !== null,
    lookUp: (saleNumber, receipt) => ask("refund-lookup", { saleNumber, receipt }, lookupAnswerSchema),
    grant,
    receiptCode(sold) {
      const signer = key();
      if (signer === null) return null;
      const words = receiptWords({ storeCode: terminal.storeCode, sold });
      const signature = sign(null, Buffer.from(receiptSigned(words)), signer.privateKey).toString("base64url");
      return `${words}:${signature}`;
    },
    readReceipt(text) {
      const read = readReceiptCode(text);
      if (!read.ok) return fail("not-genuine");
      const { storeCode, sold, words, signature } = read.value;
      if (storeCode !== terminal.storeCode) return fail("other-shop");
      const till = tillOf(sold.terminalId);
      if (till === null) return fail("unknown-till");
      if (!till.keys.some((raw) => isBy(raw, receiptSigned(words), signature))) return fail("not-genuine");
      return till.isRevoked ? fail("revoked-till") : ok(sold);
    },
  };
}

function toldBy<T>(place: PlaceKind, answer: OfficeAnswer<T>): Told<T> {
  if (answer.kind === "ok") return { place, answer: answer.value };
  // Any other refusal says nothing about the till or the sale: it is as if nobody had answered.
  return answer.kind === "refused" && isOfTill(answer.fault.kind) ? "refused" : null;
}

function isOfTill(kind: WireFaultKind): boolean {
  return kind === "revoked" || kind === "unknown-terminal" || kind === "bad-signature";
}

function isBy(raw: string, text: string, signature: string): boolean {
  try {
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw }, format: "jwk" });
    return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
}
