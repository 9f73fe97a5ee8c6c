import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { sealEntry } from "#core/journal/chain.ts";
import type { JournalKind } from "#core/journal/entry.ts";
import { signedText, type WireEntry } from "#core/journal/wire-entry.ts";
import { journalFile } from "#scripts/export-journal/journal-file.ts";

/** A terminal's key pair: its public key as files name it, and what signs with the private one. */
export function testingKey(): { readonly publicKey: string; readonly sign: (text: string) => string } {
  const pair = generateKeyPairSync("ed25519");
  return {
    publicKey: pair.publicKey.export({ format: "jwk" }).x ?? "",
    sign: (text) => sign(null, Buffer.from(text), pair.privateKey).toString("base64url"),
  };
}

export interface Told {
  readonly kind: JournalKind;
  /** 1 where it is not said. */
  readonly v?: number;
  readonly body: unknown;
}

/** Entries of one epoch, sealed by the till's own code; shift closings are signed where there is a signer. */
export function chainOf(
  epoch: string,
  told: readonly Told[],
  signer: ((text: string) => string) | null = null,
): readonly WireEntry[] {
  const entries: WireEntry[] = [];
  for (const { kind, v = 1, body } of told) {
    const seq = entries.length + 1;
    const header = {
      ...{ terminalId: "T01", epoch, seq, kind, v },
      ...{ atWall: "2026-03-02T09:15:00.000Z", atMono: seq * 7 },
    };
    const text = JSON.stringify(body);
    const prev = Buffer.from(entries.at(-1)?.hash ?? "0".repeat(64), "hex");
    const hash = Buffer.from(sealEntry(header, Buffer.from(text), prev, sha256).hash).toString("hex");
    const { terminalId: _, ...rest } = header;
    const sig = kind === "shift-closed" && signer !== null ? signer(signedText(hash)) : null;
    entries.push({ ...rest, body: text, prev: prev.toString("hex"), hash, sig });
  }
  return entries;
}

export function saleTold(number: number, totalFen: number, more: Readonly<Record<string, unknown>> = {}): Told {
  const tenders = [{ kind: number % 2 === 0 ? "cash" : "wechat", amountFen: totalFen }];
  const saleNumber = `T01-${String(number).padStart(6, "0")}`;
  return {
    kind: "sale-completed",
    body: {
      saleId: `sale-${number}`,
      saleNumber,
      businessDate: "2026-03-02",
      totalFen,
      tenders,
      note: "可口可乐 “🥤”\n",
      ...more,
    },
  };
}

/** The bytes of a file; signed by `key` unless that is null. */
export function fileOf(entries: readonly WireEntry[], key: ReturnType<typeof testingKey> | null): Buffer {
  const facts = {
    ...{ terminalKey: "BJ01-T01", publicKey: key?.publicKey ?? null, exportedAt: "2026-03-02T22:00:00.000Z" },
    sign: key?.sign ?? null,
  };
  return Buffer.from([...journalFile(facts, entries)].join(""));
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
