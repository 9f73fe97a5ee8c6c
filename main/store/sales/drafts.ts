import type { Cart } from "#core/cart/cart.ts";
import { assert } from "#core/result.ts";
import type { Tender } from "#core/sale/sale.ts";
import type { Draft, DraftExchange, SaleExchange, SalesStore } from "#main/till/ports/sales-store.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";

interface DraftRow {
  readonly sale_id: string;
  readonly state: "open" | "held";
  readonly cashier_id: string;
  readonly label: string;
  readonly updated_at_ms: number;
  readonly body: string;
}

interface DraftBody {
  readonly cart: Cart;
  readonly tenders: readonly Tender[];
  readonly exchange?: DraftExchange | ExchangeWithoutKind;
}

/** As it was written while every exchange was of a known sale: a cart may have been held since then. */
type ExchangeWithoutKind = Omit<SaleExchange, "kind"> & { readonly kind?: never };

export interface Drafts {
  /** What the till may call; the rest is for other parts of the store. */
  readonly port: Pick<SalesStore, "saveDraft" | "openDraft" | "heldDrafts" | "draft" | "discardDraft">;
  /** Inside a transaction. */
  put(draft: Draft): void;
  /** Inside a transaction; a sale without a draft is fine. */
  remove(saleId: string): void;
}

/** Sales that are not finished. The row goes in the same transaction that makes the sale a finished one. */
export function drafts({ db, change }: SalesDatabase, journal: Journal): Drafts {
  const upsert = db.prepare(`
    INSERT INTO drafts (sale_id, state, cashier_id, label, updated_at_ms, body) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (sale_id) DO UPDATE SET state = excluded.state, cashier_id = excluded.cashier_id,
      label = excluded.label, updated_at_ms = excluded.updated_at_ms, body = excluded.body`);
  const isCommitted = db.prepare<[string]>("SELECT 1 FROM sales WHERE sale_id = ?").pluck();
  const unfinishedAttempt = db
    .prepare<[string]>(
      "SELECT 1 FROM attempts WHERE sale_id = ? AND state NOT IN ('paid', 'failed', 'reversed', 'abandoned')",
    )
    .pluck();
  const one = db.prepare<[string], DraftRow>("SELECT * FROM drafts WHERE sale_id = ?");
  const open = db.prepare<[], DraftRow>("SELECT * FROM drafts WHERE state = 'open'");
  const held = db.prepare<[], DraftRow>("SELECT * FROM drafts WHERE state = 'held' ORDER BY updated_at_ms, sale_id");
  const remove = db.prepare("DELETE FROM drafts WHERE sale_id = ?");

  function put(draft: Draft): void {
    const { cart, tenders, state, cashierId, label, updatedAtMs, exchange } = draft;
    // Elsewhere a paid sale that came back as a draft was paid twice (odoo#288974).
    assert(isCommitted.get(cart.saleId) === undefined, `sale ${cart.saleId} is not finished yet`);
    const body: DraftBody = { cart, tenders, ...(exchange === undefined ? {} : { exchange }) };
    upsert.run(cart.saleId, state, cashierId, label, updatedAtMs, JSON.stringify(body));
  }

  const port: Drafts["port"] = {
    saveDraft(draft, entry) {
      change(() => {
        put(draft);
        if (entry !== undefined) journal.append(entry);
      });
    },
    openDraft() {
      const row = open.get();
      return row === undefined ? null : draftOf(row);
    },
    heldDrafts() {
      return held.all().map(draftOf);
    },
    draft(saleId) {
      const row = one.get(saleId);
      return row === undefined ? null : draftOf(row);
    },
    discardDraft(saleId, entry) {
      change(() => {
        assert(unfinishedAttempt.get(saleId) === undefined, `no payment of sale ${saleId} is under way`);
        const { changes } = remove.run(saleId);
        assert(changes === 1, `draft ${saleId} exists`);
        journal.append(entry);
      });
    },
  };
  return { port, put, remove: (saleId) => void remove.run(saleId) };
}

function draftOf(row: DraftRow): Draft {
  // Written by `put` of this file and nobody else, in a database whose pages and journal are checked.
  const { cart, tenders, exchange } = JSON.parse(row.body) as DraftBody;
  return {
    cart,
    tenders,
    cashierId: row.cashier_id,
    state: row.state,
    label: row.label,
    updatedAtMs: row.updated_at_ms,
    ...(exchange === undefined
      ? {}
      : { exchange: exchange.kind === undefined ? { ...exchange, kind: "of-sale" } : exchange }),
  };
}
