import type { WireFault } from "#contract/wire/fault.ts";
import { mostTillsOfShop, type Relayed, relayShopSchema } from "#contract/wire/relay.ts";
import { terminalKeySchema } from "#contract/wire/terminal-key.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { ingest } from "../journal/ingest.ts";
import { quarantine } from "../journal/quarantine.ts";
import type { Office, OfficeRoutes } from "../office.ts";
import { faultOf } from "../service/faults.ts";
import { type SignedRequest, signedRoute, takeRawBodies } from "../service/signed-route.ts";
import { findTerminal, placeOf, type Terminal, type TerminalPlace, terminalKeyOf } from "../terminals/terminal.ts";
import { certify } from "./certificate.ts";
import { judgeVouched } from "./vouched-batch.ts";

/** Head office's side of a relay: whom it serves, and what it brings. A relay speaks for the tills of its own shop only. */
export const fromRelayRoutes: OfficeRoutes = (scope, office) => {
  takeRawBodies(scope);
  signedRoute(scope, office, {
    ...{ method: "GET", url: "/v1/relay/shop", by: "relay" },
    async handle({ terminal: relay }) {
      return ok(
        relayShopSchema.parse({ certificate: certify(office, relay), tills: await tillsOf(office, relay.storeCode) }),
      );
    },
  });
  signedRoute(scope, office, {
    ...{ method: "POST", url: "/v1/relay/tills/:tillKey/journal", by: "relay" },
    async handle(request) {
      const brought = await readBrought(office, request);
      if (!brought.ok) return brought;
      const { till, upload } = brought.value;
      if (till.state === "revoked") return fail(faultOf("revoked", "this till was revoked at head office"));
      return relayed(await ingest(office, till, upload));
    },
  });
  signedRoute(scope, office, {
    ...{ method: "POST", url: "/v1/relay/tills/:tillKey/quarantine", by: "relay" },
    async handle(request) {
      const brought = await readBrought(office, request);
      if (!brought.ok) return brought;
      return relayed(await quarantine(office, brought.value.till, brought.value.upload));
    },
  });
};

/** Entries for which their till vouches, whatever the relay says. */
async function readBrought(office: Office, { terminal: relay, params, body, contentEncoding }: SignedRequest) {
  const key = terminalKeySchema.safeParse(params["tillKey"]);
  if (!key.success) return fail(faultOf("bad-request", "the path names no till"));
  const place = placeOf(key.data);
  if (place.storeCode !== relay.storeCode) return fail(faultOf("not-allowed", "a till of another shop"));
  const till = await findTerminal(office.sql, place);
  if (till?.role !== "till") return fail(faultOf("unknown-terminal", `${key.data} is not enrolled`));
  const upload = await office.readers.read({ terminalId: till.terminalId, body, contentEncoding });
  if (!upload.ok) return upload;
  const { entries, checked } = upload.value;
  const vouched = judgeVouched(await keysOf(office, till), checked, entries.length);
  return vouched.ok ? ok({ till, upload: upload.value }) : vouched;
}

function relayed(taken: Result<Relayed["acked"], WireFault>): Result<Relayed, WireFault> {
  return taken.ok ? ok({ acked: taken.value }) : taken;
}

/** Every key the till had: what it signed with one and lost since is still its word, and flagged as of another key. */
async function keysOf({ sql }: Office, { storeCode, terminalId }: TerminalPlace): Promise<readonly string[]> {
  const rows = await sql.rows<{ public_key: string }>(
    "SELECT public_key FROM terminal_keys WHERE store_code = ? AND terminal_id = ?",
    [storeCode, terminalId],
  );
  return rows.map(({ public_key: raw }) => raw);
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
