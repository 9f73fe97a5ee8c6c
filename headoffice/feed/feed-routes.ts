import { z } from "zod";
import { feedScopes, mostFeedRows } from "#contract/wire/feed.ts";
import { fail, ok } from "#core/result.ts";
import type { OfficeRoutes } from "../office.ts";
import { faultOf } from "../service/faults.ts";
import { JsonText, signedRoute, takeRawBodies } from "../service/signed-route.ts";
import { feedHeads } from "../store/feed-heads.ts";
import { readPage } from "./read-page.ts";

const wholeNumber = (most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.int().min(0).max(most));
const ask = z.strictObject({
  scope: z.enum(feedScopes),
  after: wholeNumber(Number.MAX_SAFE_INTEGER).default(0),
  limit: wholeNumber(mostFeedRows).pipe(z.int().min(1)).default(mostFeedRows),
});

/** `GET /v1/feeds` and `GET /v1/feed/{scope}?after=rev&limit=n`, for the shop of whichever till signed. */
export const feedRoutes: OfficeRoutes = (app, office) => {
  takeRawBodies(app);
  signedRoute(app, office, {
    ...{ method: "GET", url: "/v1/feeds" },
    async handle({ terminal }) {
      return ok({ feedHead: await feedHeads(office.sql, terminal.storeCode) });
    },
  });

  signedRoute(app, office, {
    ...{ method: "GET", url: "/v1/feed/:scope", packs: true },
    async handle({ terminal, params, query }) {
      const read = ask.safeParse({ ...query, scope: params["scope"] });
      if (!read.success) return fail(faultOf("bad-request", read.error.issues[0]?.message ?? "not understood"));
      const { storeCode, terminalId } = terminal;
      const page = await readPage(office.sql, { storeCode, terminalId, ...read.data }, office.clock.now());
      if (page.ok) return ok(new JsonText(page.value));
      return fail(faultOf("feed-too-old", "rows that went since then are no longer told: after=0 begins again"));
    },
  });
};
