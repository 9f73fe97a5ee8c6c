import type { FastifyInstance } from "fastify";
import { personAsking, type Api } from "./api-scope.ts";
import { listCarried, refundCarried } from "./carried.ts";
import { conflict, parsed } from "./refusal.ts";
import { carriedRefundBody, type CarriedAnswer } from "./shapes.ts";

/** Payments that customers' phones carried and that need a person. */
export function carriedAdminRoutes(app: FastifyInstance, { office }: Api): void {
  const { sql, clock } = office;

  app.get("/carried", { config: { access: "viewer" } }, (): Promise<CarriedAnswer> => listCarried(sql, clock.now()));

  app.post("/carried/refund", async (request, reply) => {
    const { store, outTradeNo } = parsed(carriedRefundBody, request.body);
    const asked = { storeCode: store, outTradeNo };
    const isAsked = await refundCarried(sql, personAsking(request).name, asked, clock.now());
    if (!isAsked) throw conflict("this payment is not to be given back here");
    return reply.code(204).send();
  });
}
