import { giveSchema, mostHeldBytes, takeSchema } from "#contract/wire/held.ts";
import { fail, ok } from "#core/result.ts";
import type { OfficeRoutes } from "../office.ts";
import { faultOf } from "../service/faults.ts";
import { readBody } from "../service/read-body.ts";
import { signedRoute, takeRawBodies } from "../service/signed-route.ts";
import { giveSale } from "./give-sale.ts";
import { listHeld } from "./list-held.ts";
import { takeSale } from "./take-sale.ts";

/** Sales held for every till, at head office and at a relay: each till sees and takes those of its own shop. */
export const heldRoutes: OfficeRoutes = (scope, office) => {
  takeRawBodies(scope);
  signedRoute(scope, office, {
    ...{ method: "GET", url: "/v1/held" },
    handle: async ({ terminal }) => ok(await listHeld(office.sql, terminal.storeCode)),
  });
  signedRoute(scope, office, {
    ...{ method: "POST", url: "/v1/held" },
    async handle({ terminal, body, contentEncoding }) {
      const give = await readBody(giveSchema, body, contentEncoding);
      if (!give.ok) return give;
      if (Buffer.byteLength(give.value.body) > mostHeldBytes) {
        return fail(faultOf("too-large", `a held sale has at most ${mostHeldBytes} bytes`));
      }
      return ok(await giveSale(office.sql, terminal, give.value, office.clock.now()));
    },
  });
  signedRoute(scope, office, {
    ...{ method: "POST", url: "/v1/held/takes" },
    async handle({ terminal, body, contentEncoding }) {
      const take = await readBody(takeSchema, body, contentEncoding);
      if (!take.ok) return take;
      return ok(await takeSale(office.sql, terminal, take.value, office.clock.now()));
    },
  });
};
