import { randomBytes } from "node:crypto";
import type { Ledger } from "../ledger.ts";
import { beijingDate, beijingMidnight } from "../beijing-time.ts";
import { billRowsOf, type BillRow } from "./bill-row.ts";
import { withDiscrepancy, type Discrepancy } from "./discrepancy.ts";

const dayMs = 24 * 3_600_000;
/** A download url lives five minutes; older documents say thirty seconds. */
const tokenLifeMs = 5 * 60_000;
/** A bill of a day is made at nine in the morning of the next. */
const madeAfterMs = dayMs + 9 * 3_600_000;
/** A reconciling till holds two at a time; more than this is a leak. */
const mostTokens = 100;

/** The part of the gateway that makes bills and hands them out. */
export interface BillDesk {
  /** Every movement in the book, told as the bills tell it. */
  readonly rows: () => readonly BillRow[];
  /** Keeps `file` for five minutes and gives the token that fetches it. */
  readonly issue: (file: Buffer) => string;
  /** Null for a token never issued or too old. */
  readonly fetch: (token: string) => Buffer | null;
  readonly addDiscrepancy: (discrepancy: Discrepancy) => number;
  readonly clearDiscrepancies: () => void;
  readonly discrepancies: () => readonly Discrepancy[];
}

/** The moment from which on the bill of the day that begins at `midnightMs` can be had; it is a snapshot of then. */
export function billMadeAtMs(midnightMs: number): number {
  return midnightMs + madeAfterMs;
}

export function createBillDesk(ledger: Ledger, now: () => number): BillDesk {
  const files = new Map<string, { readonly file: Buffer; readonly diesAtMs: number }>();
  let wrong: readonly Discrepancy[] = [];
  return {
    rows: () =>
      wrong.reduce<readonly BillRow[]>(
        withDiscrepancy,
        billRowsOf(ledger, (atMs) => billMadeAtMs(beijingMidnight(beijingDate(atMs)))),
      ),
    issue(file) {
      const token = randomBytes(24).toString("base64url");
      files.set(token, { file, diesAtMs: now() + tokenLifeMs });
      const [oldest] = files.keys();
      if (files.size > mostTokens && oldest !== undefined) files.delete(oldest);
      return token;
    },
    fetch(token) {
      const known = files.get(token);
      return known === undefined || known.diesAtMs <= now() ? null : known.file;
    },
    addDiscrepancy(one) {
      wrong = [...wrong, one];
      return wrong.length;
    },
    clearDiscrepancies: () => {
      wrong = [];
    },
    discrepancies: () => wrong,
  };
}
