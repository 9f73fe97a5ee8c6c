import { mostTillsOfShop, type Relayed, relayShopSchema } from "#contract/wire/relay.ts";
import { terminalKeySchema } from "#contract/wire/terminal-key.ts";
import { fail, ok } from "#core/result.ts";
import type { Office, OfficeRoutes } from "../office.ts";
import { faultOf } from "../service/faults.ts";
import { type SignedRequest, signedRoute, takeRawBodies } from "../service/signed-route.ts";
import { findTerminal, placeOf, type Terminal, terminalKeyOf } from "../terminals/terminal.ts";
import { certify } from "./certificate.ts";
import { takeBrought } from "./take-brought.ts";

/** Head office's side of a relay: whom it serves, and what it brings. A relay speaks for the tills of its own shop only. */
export const fromRelayRoutes: OfficeRoutes = (scope, office) => {
  takeRawBodies(scope);
  signedRoute(scope, office, {
    ...{ method: "GET", url: "/v1/relay/shop", by: "relay" },
    async handle({ terminal: relay }) {
      await noteSeen(office, relay);
      return ok(
        relayShopSchema.parse({ certificate: certify(office, relay), tills: await tillsOf(office, relay.storeCode) }),
      );
    },
  });
  for (const goesTo of ["journal", "quarantine"] as const) {
    signedRoute(scope, office, {
      ...{ method: "POST", url: `/v1/relay/tills/:tillKey/${goesTo}`, by: "relay" },
      async handle(request) {
        const brought = await readBrought(office, request);
        if (!brought.ok) return brought;
        const taken = await takeBrought(office, brought.value.till, brought.value.upload, goesTo);
        return taken.ok ? ok({ acked: taken.value } satisfies Relayed) : taken;
      },
    });
  }
};

/** A relay asks every minute, whether it has anything to bring or not. */
async function noteSeen({ sql, clock }: Office, { storeCode, terminalId }: Terminal): Promise<void> {
  const nowMs = clock.now();
  await sql.transaction(
    async (tx) => {
      await tx.run("UPDATE terminals SET last_seen_ms = ? WHERE store_code = ? AND terminal_id = ?", [
        ...[nowMs, storeCode, terminalId],
      ]);
    },
    { mayBeLost: true },
  );
}

async function readBrought(office: Office, { terminal: relay, params, body, contentEncoding }: SignedRequest) {
  const key = terminalKeySchema.safeParse(params["tillKey"]);
  if (!key.success) return fail(faultOf("bad-request", "the path names no till"));
  const place = placeOf(key.data);
  if (place.storeCode !== relay.storeCode) return fail(faultOf("not-allowed", "a till of another shop"));
  const till = await findTerminal(office.sql, place);
  if (till?.role !== "till") return fail(faultOf("unknown-terminal", `${key.data} is not enrolled`));
  const upload = await office.readers.read({ terminalId: till.terminalId, body, contentEncoding });
  return upload.ok ? ok({ till, upload: upload.value }) : upload;
}

async function tillsOf({ sql }: Office, storeCode: string) {
  const rows = await sql.rows<{ terminal_id: string; public_key: string; state: Terminal["state"] }>(
    `SELECT terminal_id, public_key, state FROM terminals WHERE store_code = ? AND role = 'till'
     ORDER BY terminal_id LIMIT ?`,
    [storeCode, mostTillsOfShop],
  );
  return rows.map(({ terminal_id: terminalId, public_key: publicKey, state }) => {
    return { terminalKey: terminalKeyOf({ storeCode, terminalId }), publicKey, state };
  });
}
