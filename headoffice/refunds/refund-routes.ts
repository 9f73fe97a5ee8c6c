import {
  grantRequestSchema,
  returnGrantRequestSchema,
  type LookupAnswer,
  mostReturnedLines,
  lookupSchema,
  relayedGrantsSchema,
  type ShopTill,
  shopTillsSchema,
} from "#contract/wire/refund-grant.ts";
import { mostTillsOfShop } from "#contract/wire/relay.ts";
import { fail, ok } from "#core/result.ts";
import { parseSaleNumber } from "#core/sale/sale-number.ts";
import type { Office, OfficeRoutes } from "../office.ts";
import { returnedOf } from "../projections/return-rows.ts";
import { faultOf } from "../service/faults.ts";
import { readBody } from "../service/read-body.ts";
import { signedRoute, takeRawBodies } from "../service/signed-route.ts";
import type { Terminal } from "../terminals/terminal.ts";
import { terminalKeyOf } from "../terminals/terminal.ts";
import { readGenuineReceipt } from "./genuine-receipt.ts";
import { type AskedGrant, grantRefund, keepRelayedGrants } from "./grants.ts";
import { claimsOf, linesOf, soldByNumber } from "./sold-sales.ts";

/** Looking a sale up and being granted a refund of it: the same at head office and at a relay. */
export function askRefundRoutes(isRelay: boolean): OfficeRoutes {
  return (scope, office) => {
    takeRawBodies(scope);
    const of = "/v1/terminals/:terminalKey";
    signedRoute(scope, office, {
      ...{ method: "POST", url: `${of}/refund-lookup` },
      async handle({ terminal, body, contentEncoding }) {
        const asked = await readBody(lookupSchema, body, contentEncoding);
        return asked.ok ? ok(await lookUp(office, terminal, asked.value)) : asked;
      },
    });
    const paths = [
      ["refund-grants", grantRequestSchema],
      ["return-grants", returnGrantRequestSchema],
    ] as const;
    for (const [path, schema] of paths) {
      signedRoute(scope, office, {
        ...{ method: "POST", url: `${of}/${path}` },
        async handle({ terminal, body, contentEncoding }) {
          const asked = await readBody<AskedGrant>(schema, body, contentEncoding);
          if (!asked.ok) return asked;
          const granting = { by: terminal, nowMs: office.clock.now(), isRelay };
          const granted = await grantRefund(office.sql, asked.value, granting);
          return granted.ok ? granted : fail(faultOf("conflict", "this grant is another one, or was used"));
        },
      });
    }
  };
}

/** What head office alone answers: whose receipts are the shop's, and what its relay granted. */
export const officeRefundRoutes: OfficeRoutes = (scope, office) => {
  takeRawBodies(scope);
  signedRoute(scope, office, {
    ...{ method: "GET", url: "/v1/terminals/:terminalKey/shop-tills" },
    async handle({ terminal }) {
      return ok(shopTillsSchema.parse({ tills: await tillsOf(office, terminal.storeCode) }));
    },
  });
  signedRoute(scope, office, {
    ...{ method: "POST", url: "/v1/relay/refund-grants", by: "relay" },
    async handle({ terminal: relay, body, contentEncoding }) {
      const brought = await readBody(relayedGrantsSchema, body, contentEncoding);
      if (!brought.ok) return brought;
      await keepRelayedGrants(office.sql, relay.storeCode, brought.value);
      return ok({ kept: brought.value.grants.length });
    },
  });
};

async function lookUp(
  { sql }: Pick<Office, "sql">,
  { storeCode }: Terminal,
  { saleNumber, receipt }: { readonly saleNumber: string; readonly receipt: string | null },
): Promise<LookupAnswer> {
  const seller = { storeCode, terminalId: parseSaleNumber(saleNumber)?.terminalId ?? "" };
  const stored = await soldByNumber(sql, seller, saleNumber);
  if (stored === null && receipt === null) return { kind: "not-found", why: "unknown-sale" };
  const read = stored === null && receipt !== null ? await readGenuineReceipt(sql, storeCode, receipt) : null;
  if (read !== null && !read.ok) return { kind: "not-found", why: read.fault };
  const sale = stored ?? read?.value ?? null;
  if (sale === null || sale.saleNumber !== saleNumber) return { kind: "not-found", why: "not-genuine" };
  const returned = await returnedOf(sql, seller, sale.saleId, mostReturnedLines);
  return {
    kind: "found",
    // Shapes of the wire are read only by the other side.
    sale: { ...sale, tenders: [...sale.tenders] },
    lines: [...(await linesOf(sql, seller, sale.saleId))],
    claims: [...(await claimsOf(sql, seller, sale.saleId))],
    ...(returned.length === 0 ? {} : { returned: [...returned] }),
  };
}

/** As many keys of a till as a list holds: the newest cannot be told, but no till has had so many. */
const mostKeys = 32;

async function tillsOf({ sql }: Pick<Office, "sql">, storeCode: string): Promise<readonly ShopTill[]> {
  const rows = await sql.rows<{ terminal_id: string; public_key: string; state: ShopTill["state"] }>(
    `SELECT terminal_id, public_key, state FROM terminals WHERE store_code = ? AND role = 'till'
     ORDER BY terminal_id LIMIT ?`,
    [storeCode, mostTillsOfShop],
  );
  const past = await sql.rows<{ terminal_id: string; public_key: string }>(
    "SELECT terminal_id, public_key FROM terminal_keys WHERE store_code = ? ORDER BY terminal_id, public_key",
    [storeCode],
  );
  const keys = Map.groupBy(past, (row) => row.terminal_id);
  return rows.map(({ terminal_id: terminalId, public_key: publicKey, state }) => {
    const earlier = (keys.get(terminalId) ?? []).map((row) => row.public_key);
    const publicKeys = [...new Set([publicKey, ...earlier])].slice(0, mostKeys);
    return { terminalKey: terminalKeyOf({ storeCode, terminalId }), publicKeys, state };
  });
}
