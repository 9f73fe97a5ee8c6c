import { randomUUID } from "node:crypto";
import type { Tx } from "../store/sql.ts";

/** What a person did at head office, kept for ever: who let that till in, who changed that price. */
export type DeedKind =
  | "shop-saved"
  | "code-made"
  | "terminal-revoked"
  | "review-seen"
  | "carried-refunded"
  | "catalogue-changed"
  | "people-changed"
  | "settings-changed"
  | "imported"
  | "person-added"
  | "person-reset"
  | "person-removed"
  | "password-changed";

export interface Deed {
  readonly name: string;
  readonly deed: DeedKind;
  readonly storeCode?: string;
  /** Names and numbers, never a password or a code. */
  readonly detail: string;
}

const mostDetailCharacters = 400;

/** In the transaction of what was done: there is no deed without its note, and no note without its deed. */
export async function noteDeed(tx: Tx, { name, deed, storeCode = "", detail }: Deed, nowMs: number): Promise<void> {
  await tx.run("INSERT INTO office_deeds (deed_id, at_ms, name, deed, store_code, detail) VALUES (?, ?, ?, ?, ?, ?)", [
    ...[randomUUID(), nowMs, name, deed, storeCode, detail.slice(0, mostDetailCharacters)],
  ]);
}
