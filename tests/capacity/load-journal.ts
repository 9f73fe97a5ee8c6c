import { createHash } from "node:crypto";
import { sampleSale } from "#bench/support/sample-sale.ts";
import type { DaySide } from "#contract/wire/agreement.ts";
import type { TerminalName } from "#contract/wire/terminal-key.ts";
import { sealEntry } from "#core/journal/chain.ts";
import type { JournalKind } from "#core/journal/entry.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { assert } from "#core/result.ts";
import type { Mark } from "#core/sync/upload.ts";
import type { Outbox } from "#main/till/ports/outbox.ts";

/** What a cash sale writes: the sale, and that the drawer was opened and did open. */
export const entriesOfSale = 3;
/** Before the first sale: the epoch and a shift. */
const entriesBefore = 2;
const noHash = "0".repeat(64);
const epoch = "load-1";

/** A till's journal in memory, with what its own books say of the one business day. */
export interface LoadJournal {
  readonly outbox: Outbox;
  sell(count: number): void;
  saleCount(): number;
  waiting(): number;
  /** How far head office has said that it holds it. */
  acked(): Mark;
  /** Right while everything was sent: an entry gets its hash when it is first asked for. */
  day(): DaySide;
}

/**
 * Entries are sealed when they are asked for and forgotten when they are acknowledged, so that ten thousand tills with a
 * hundred sales each wait in little memory and cost nothing before they send.
 */
export function openLoadJournal({ storeCode, terminalId }: TerminalName, businessDate: string): LoadJournal {
  const made: WireEntry[] = [];
  let [sales, sealed, acked] = [0, 0, 0];
  let [sealedHash, ackedHash, lastSaleHash] = [noHash, noHash, noHash];
  const template = saleTemplate(businessDate);
  const written = () => entriesBefore + sales * entriesOfSale;

  function bodyOf(seq: number): readonly [JournalKind, string] {
    if (seq === 1) return ["epoch-opened", '{"previous":null}'];
    const shiftId = `shift-${terminalId}`;
    if (seq === 2) return ["shift-opened", JSON.stringify(shiftOf(shiftId, businessDate))];
    const index = seq - entriesBefore - 1;
    const place = index % entriesOfSale;
    const number = (index - place) / entriesOfSale + 1;
    if (place === 0) return ["sale-completed", template.text(storeCode, terminalId, number)];
    const jobId = `job-${storeCode}-${terminalId}-${number}`;
    if (place === 1) return ["drawer-opened", JSON.stringify({ jobId, reason: "sale", cashierId: "c1" })];
    return ["drawer-kick-ended", JSON.stringify({ jobId, outcome: "done" })];
  }

  function seal(): void {
    const seq = sealed + 1;
    const [kind, body] = bodyOf(seq);
    const header = { terminalId, epoch, seq, kind, v: 1, atWall: `${businessDate}T09:15:00.000+08:00`, atMono: seq };
    const bytes = sealEntry(header, Buffer.from(body), Buffer.from(sealedHash, "hex"), sha256).hash;
    const hash = Buffer.from(bytes).toString("hex");
    const { terminalId: _, ...rest } = header;
    made.push({ ...rest, body, prev: sealedHash, hash, sig: null });
    if (kind === "sale-completed") lastSaleHash = hash;
    [sealed, sealedHash] = [seq, hash];
  }

  function hashAt(of: string, seq: number): string | null {
    if (of !== epoch) return null;
    if (seq === 0) return noHash;
    return seq === acked ? ackedHash : (made[seq - acked - 1]?.hash ?? null);
  }

  const outbox: Outbox = {
    hashAt,
    nextBatch(limit) {
      const count = Math.min(limit, written() - acked);
      if (count === 0) return null;
      while (made.length < count) seal();
      return { epoch, entries: made.slice(0, count), isQuarantine: false };
    },
    positions: () => [{ epoch, acked, lastSeq: written(), forkedAt: null }],
    advance(to) {
      assert(hashAt(to.epoch, to.seq) === to.hash && to.seq >= acked, "an acknowledgement of an entry of ours");
      made.splice(0, to.seq - acked);
      [acked, ackedHash] = [to.seq, to.hash];
    },
    openEpoch: ({ cause }) => assert(false, `no till of a load run has another past: ${cause}`),
    keepLost: () => {},
    lostThrough: () => 0,
  };
  return {
    outbox,
    sell(count) {
      sales += count;
    },
    saleCount: () => sales,
    waiting: () => written() - acked,
    acked: () => ({ epoch, seq: acked, hash: ackedHash }),
    day: () => ({
      ...{ businessDate, saleCount: sales, salesFen: sales * template.totalFen, cashFen: sales * template.totalFen },
      ...{ wechatFen: 0, staticCodeFen: 0, refundCount: 0, refundFen: 0, lastSaleHash },
    }),
  };
}

/** A finished cash sale of five lines, made once and given its names by replacing them: about two kilobytes of JSON. */
function saleTemplate(businessDate: string): {
  readonly totalFen: number;
  text(storeCode: string, terminalId: string, number: number): string;
} {
  const names = { saleId: "@SALE@", saleNumber: "@NUMBER@", shiftId: "@SHIFT@", terminalId: "@TILL@" };
  const sale = { ...sampleSale({ ...names, lineCount: 5, businessDate }), terminalId: names.terminalId };
  const text = JSON.stringify(sale);
  return {
    totalFen: sale.totalFen,
    text: (storeCode, terminalId, number) =>
      text
        .replaceAll(names.saleId, `${storeCode}-${terminalId}-${number}`)
        .replaceAll(names.saleNumber, `${terminalId}-${String(number).padStart(6, "0")}`)
        .replaceAll(names.shiftId, `shift-${terminalId}`)
        .replaceAll(names.terminalId, terminalId),
  };
}

function shiftOf(shiftId: string, businessDate: string): object {
  return {
    ...{ shiftId, openedAt: `${businessDate}T08:00:00+08:00`, openedBy: "c1", openedByName: "王芳" },
    ...{ businessDate, floatFen: 30_000, closedAt: null },
  };
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
