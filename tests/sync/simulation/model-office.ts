import type { Position } from "#contract/wire/journal.ts";
import type { RelayShop } from "#contract/wire/relay.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import type { Refusal } from "#core/sync/upload.ts";
import { ingest } from "#headoffice/journal/ingest.ts";
import { quarantine } from "#headoffice/journal/quarantine.ts";
import { readEntries } from "#headoffice/journal/read-upload.ts";
import { entriesAfter, wireEntryOf } from "#headoffice/journal/stored-entries.ts";
import type { Office } from "#headoffice/office.ts";
import { takeBrought } from "#headoffice/relay/take-brought.ts";
import { findTerminal, type TerminalPlace } from "#headoffice/terminals/terminal.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What head office says to an upload. */
export type OfficeWord =
  | { readonly kind: "acked"; readonly acked: Position }
  | { readonly kind: "refused"; readonly fault: Refusal; readonly at: Position | null };

export interface Upload {
  readonly entries: readonly WireEntry[];
  readonly isQuarantine: boolean;
  /** Whoever brings it; the till itself where it is not said. */
  readonly by?: "relay";
}

/** Where head office's power goes in one upload. */
export type OfficeDeath = "before-commit" | "after-commit" | null;

export interface ModelOffice {
  /** Null: it died over it. */
  take(place: TerminalPlace, upload: Upload, death: OfficeDeath): Promise<OfficeWord | null>;
  stored(place: TerminalPlace, epoch: string, after: number): Promise<readonly WireEntry[]>;
  positions(place: TerminalPlace): Promise<readonly Position[]>;
  /** A shop's tills as a relay is told of them. */
  tills(storeCode: string): Promise<RelayShop["tills"]>;
  /** @param publicKey raw Ed25519, base64url; of nobody where no signature of the till's is ever looked at */
  enrol(place: TerminalPlace, publicKey?: string): Promise<void>;
  revoke(place: TerminalPlace): Promise<void>;
}

class PowerCut extends Error {}

/** The real ingest over a real database, with a power switch at its commits and the simulation's clock. */
export function modelOffice(real: Office, time: VirtualTime): ModelOffice {
  let death: OfficeDeath = null;
  const { sql } = real;
  const office: Office = {
    ...real,
    clock: time,
    sql: {
      ...sql,
      transaction: (work) =>
        sql.transaction(async (tx) => {
          const answer = await work(tx);
          if (death === "before-commit") throw new PowerCut("the power goes before the commit");
          return answer;
        }),
    },
  };

  return {
    async take(place, { entries, isQuarantine, by }, dies) {
      death = dies;
      try {
        const terminal = await findTerminal(sql, place);
        if (terminal === undefined) return { kind: "refused", fault: "unknown-terminal", at: null };
        const read = readEntries(place.terminalId, entries);
        // The kinds an upload is refused with are those the till's decisions know.
        if (!read.ok) return { kind: "refused", fault: read.fault.kind as Refusal, at: null };
        const taken = await (by === "relay"
          ? takeBrought(office, terminal, read.value, isQuarantine ? "quarantine" : "journal")
          : (isQuarantine ? quarantine : ingest)(office, terminal, read.value));
        if (dies === "after-commit") return null;
        if (taken.ok) return { kind: "acked", acked: taken.value };
        // The kinds an upload is refused with are those the till's decisions know.
        return { kind: "refused", fault: taken.fault.kind as Refusal, at: taken.fault.at ?? null };
      } catch (error) {
        if (error instanceof PowerCut) return null;
        throw error;
      } finally {
        death = null;
      }
    },
    async stored(place, epoch, after) {
      const terminal = await findTerminal(sql, place);
      if (terminal === undefined) return [];
      return (await entriesAfter(sql, terminal, epoch, after, 100)).map(wireEntryOf);
    },
    positions: ({ storeCode, terminalId }) =>
      sql.rows<Position>(
        "SELECT epoch, seq, hash FROM epochs WHERE store_code = ? AND terminal_id = ? ORDER BY ordinal",
        [storeCode, terminalId],
      ),
    async tills(storeCode) {
      const rows = await sql.rows<{ terminal_id: string; public_key: string; state: "active" | "revoked" }>(
        "SELECT terminal_id, public_key, state FROM terminals WHERE store_code = ? ORDER BY terminal_id",
        [storeCode],
      );
      return rows.map(({ terminal_id: terminalId, public_key: publicKey, state }) => {
        return { terminalKey: `${storeCode}-${terminalId}`, publicKey, state };
      });
    },
    async enrol({ storeCode, terminalId }, publicKey = "A".repeat(43)) {
      await sql.transaction(async (tx) => {
        await tx.run(
          `INSERT INTO terminals (store_code, terminal_id, public_key, state, enrolled_ms, last_seen_ms)
           VALUES (?, ?, ?, 'active', ?, ?)`,
          [storeCode, terminalId, publicKey, time.now(), time.now()],
        );
        await tx.run("INSERT INTO terminal_keys (store_code, terminal_id, public_key) VALUES (?, ?, ?)", [
          ...[storeCode, terminalId, publicKey],
        ]);
      });
    },
    async revoke({ storeCode, terminalId }) {
      await sql.transaction((tx) =>
        tx.run("UPDATE terminals SET state = 'revoked' WHERE store_code = ? AND terminal_id = ?", [
          storeCode,
          terminalId,
        ]),
      );
    },
  };
}
