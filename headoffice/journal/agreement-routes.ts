import { agreementSchema, toldDay } from "#contract/wire/agreement.ts";
import { ok } from "#core/result.ts";
import type { OfficeRoutes } from "../office.ts";
import { readBody } from "../service/read-body.ts";
import { signedRoute, takeRawBodies } from "../service/signed-route.ts";
import { keepTillDays, officeDays } from "./agreement.ts";

/** Whether till and head office have the same days: each tells its side, each keeps both. */
export const agreementRoutes: OfficeRoutes = (scope, office) => {
  takeRawBodies(scope);
  signedRoute(scope, office, {
    ...{ method: "POST", url: "/v1/terminals/:terminalKey/agreement" },
    async handle({ terminal, body, contentEncoding }) {
      const told = await readBody(agreementSchema, body, contentEncoding);
      if (!told.ok) return told;
      // The newest word where a day is told twice.
      const days = [...new Map(told.value.days.map((day) => [day.businessDate, day])).values()];
      await keepTillDays(office, terminal, days);
      const dates = days.map(({ businessDate }) => businessDate);
      return ok({ days: (await officeDays(office.sql, terminal, dates)).map(toldDay) });
    },
  });
};
