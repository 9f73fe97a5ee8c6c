import type { FastifyInstance } from "fastify";
import { personAsking, type Api } from "./api-scope.ts";
import { notFound, parsed } from "./refusal.ts";
import { listReviews, markSeen } from "./reviews.ts";
import { listSales, readSale } from "./sales.ts";
import { reviewBody, reviewsQuery, saleParams, salesQuery } from "./shapes.ts";
import type { ReviewsAnswer, SaleAnswer, SalesAnswer } from "./shapes.ts";

const viewers = { config: { access: "viewer" } } as const;

/** Sales of all shops, and what of them a person should look at. */
export function salesRoutes(app: FastifyInstance, { office }: Api): void {
  const { sql, clock } = office;

  app.get("/sales", viewers, (request): Promise<SalesAnswer> => listSales(sql, parsed(salesQuery, request.query)));

  app.get("/sales/:store/:terminal/:sale", viewers, async (request): Promise<SaleAnswer> => {
    const { store, terminal, sale } = parsed(saleParams, request.params);
    const found = await readSale(sql, [store, terminal, sale]);
    if (found === null) throw notFound("sale");
    return found;
  });

  app.get("/reviews", viewers, (request): Promise<ReviewsAnswer> => {
    return listReviews(sql, parsed(reviewsQuery, request.query));
  });

  app.post("/reviews/seen", async (request, reply) => {
    const { store, terminal, ...entry } = parsed(reviewBody, request.body);
    const key = { storeCode: store, terminalId: terminal, ...entry };
    if (!(await markSeen(sql, personAsking(request).name, key, clock.now()))) throw notFound("open review");
    return reply.code(204).send();
  });
}
