import type { FastifyInstance } from "fastify";
import type { Office } from "../office.ts";
import { faultOf, sendFault } from "./faults.ts";

/** For whoever runs the service: alive, able to take sales, and in figures. None of them needs a signature or tells of a till. */
export function healthRoutes(app: FastifyInstance, office: Office): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    try {
      await office.sql.first("SELECT version FROM office_schema WHERE id = 1");
      return { status: "ready" };
    } catch {
      return sendFault(reply, faultOf("busy", "the database does not answer"));
    }
  });
  app.get("/metrics", async (_request, reply) => {
    void reply.type(office.metrics.registry.contentType);
    return office.metrics.registry.metrics();
  });
}
