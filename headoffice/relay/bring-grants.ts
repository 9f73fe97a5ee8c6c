import { relayedGrantsAnswerSchema, type RelayedGrants } from "#contract/wire/refund-grant.ts";
import type { Sql } from "../store/sql.ts";
import type { Upstream, UpstreamAnswer } from "./upstream.ts";

/** contract/wire/refund-grant.ts takes no more at once. */
const mostAtOnce = 100;

/**
 * Tells head office of grants this relay gave while it was out of reach, so that they count there too.
 * @returns null where none is left to tell
 */
export async function bringGrants(
  sql: Sql,
  upstream: Upstream,
  officeKey: string,
): Promise<UpstreamAnswer<unknown> | null> {
  const waiting = await waitingGrants(sql);
  if (waiting.length === 0) return null;
  const grants = waiting.map(grantOf);
  const question = {
    ...({ method: "POST", path: "/v1/relay/refund-grants", schema: relayedGrantsAnswerSchema } as const),
    body: Buffer.from(JSON.stringify({ grants } satisfies RelayedGrants)),
  };
  const answer = await upstream.ask(question, officeKey);
  if (answer.kind !== "ok") return answer;
  await sql.transaction(async (tx) => {
    for (const { store_code: storeCode, grant_id: grantId } of waiting) {
      await tx.run("UPDATE refund_grants SET is_brought = 1 WHERE store_code = ? AND grant_id = ? AND by_relay = 1", [
        storeCode,
        grantId,
      ]);
    }
  });
  return answer;
}

interface GrantRow {
  readonly store_code: string;
  readonly grant_id: string;
  readonly terminal_id: string;
  readonly sale_terminal_id: string;
  readonly sale_id: string;
  readonly tender_id: string;
  readonly amount_fen: number;
  readonly granted_ms: number;
}

async function waitingGrants(sql: Sql): Promise<readonly GrantRow[]> {
  return sql.rows<GrantRow>(
    `SELECT store_code, grant_id, terminal_id, sale_terminal_id, sale_id, tender_id, amount_fen, granted_ms
     FROM refund_grants WHERE by_relay = 1 AND is_brought = 0 ORDER BY granted_ms, grant_id LIMIT ?`,
    [mostAtOnce],
  );
}

function grantOf(row: GrantRow): RelayedGrants["grants"][number] {
  return {
    ...{ grantId: row.grant_id, terminalId: row.terminal_id, tenderId: row.tender_id, amountFen: row.amount_fen },
    ...{ grantedMs: row.granted_ms, sale: { terminalId: row.sale_terminal_id, saleId: row.sale_id } },
  };
}
