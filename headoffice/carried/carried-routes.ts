import { carriedQuestionSchema, carriedSecretRequestSchema } from "#contract/wire/carried.ts";
import { fail, ok } from "#core/result.ts";
import type { OfficeRoutes } from "../office.ts";
import { faultOf } from "../service/faults.ts";
import { readBody } from "../service/read-body.ts";
import { signedRoute, takeRawBodies } from "../service/signed-route.ts";
import { ordersOfTill } from "./answer-till.ts";
import { exchangeSecret } from "./secrets.ts";

/** What a till asks about payments that customers carry. */
export const carriedRoutes: OfficeRoutes = (scope, office) => {
  takeRawBodies(scope);
  signedRoute(scope, office, {
    ...{ method: "POST", url: "/v1/terminals/:terminalKey/carried-secret" },
    async handle({ terminal, body, contentEncoding }) {
      const asked = await readBody(carriedSecretRequestSchema, body, contentEncoding);
      if (!asked.ok) return asked;
      const { carried } = office;
      if (carried === null) return fail(faultOf("carried-not-offered", "no merchant is set up at head office"));
      const publicKey = await exchangeSecret(office.sql, terminal, asked.value.publicKey, office.clock.now());
      if (publicKey === null) return fail(faultOf("bad-request", "publicKey: no X25519 key"));
      return ok({ publicKey, payUrl: carried.gateway.payUrl });
    },
  });
  signedRoute(scope, office, {
    ...{ method: "POST", url: "/v1/terminals/:terminalKey/carried" },
    async handle({ terminal, body, contentEncoding }) {
      const asked = await readBody(carriedQuestionSchema, body, contentEncoding);
      if (!asked.ok) return asked;
      return ok({ orders: await ordersOfTill(office.sql, office.key, terminal, asked.value.outTradeNos) });
    },
  });
};
