import { type FastifyError, type FastifyInstance, type FastifyReply, fastify } from "fastify";
import type { Office, OfficeRoutes } from "../office.ts";
import { codeOf } from "../store/retry.ts";
import { StoreUnavailable } from "../store/sql.ts";
import { refuseWhenBusy } from "./back-pressure.ts";
import { faultOf, sendFault } from "./faults.ts";
import { healthRoutes } from "./health.ts";
import { mostWireBytes } from "./limits.ts";
import { openApiRoutes } from "./open-api.ts";

/** A body that trickles in for longer holds a place others wait for. Milliseconds. */
const requestTimeoutMs = 30_000;
/** Longer than any proxy keeps its side open, so that it is the proxy that closes. Milliseconds. */
const keepAliveTimeoutMs = 75_000;
/** Of one part of a path: the request in the address of a customer's page. Characters. */
const mostParamLength = 256;
/** How often finished connections are closed while the last answers leave. Milliseconds. */
const betweenClosingMs = 50;

/** The HTTP side: limits, errors in the wire's words, one log line a request, then each part in its own scope. */
export async function openApp(office: Office, routes: readonly OfficeRoutes[]): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: mostWireBytes,
    routerOptions: { maxParamLength: mostParamLength },
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    // Closing waits for answers under way and for nothing else.
    forceCloseConnections: "idle",
    // A proxy on this machine says whom it speaks for and whether by https; nobody else is believed.
    trustProxy: "loopback",
  });
  closeConnectionsWhenDone(app);
  app.setNotFoundHandler((_request, reply) => sendFault(reply, faultOf("not-found", "there is no such address here")));
  app.setErrorHandler((error: FastifyError, _request, reply) => answerError(office, error, reply));
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "unknown";
    const [status, ms] = [reply.statusCode, Math.round(reply.elapsedTime)];
    office.metrics.answers.observe({ route, status: String(status) }, reply.elapsedTime * 0.001);
    office.log({ event: "answered", method: request.method, route, status, ms });
  });
  healthRoutes(app, office);
  openApiRoutes(app);
  await app.register(async (scope) => {
    await refuseWhenBusy(scope);
    for (const add of routes) await scope.register(async (own) => add(own, office));
  });
  return app;
}

/** A connection whose answer was under way when closing began stays open for the next request, which must not come. */
function closeConnectionsWhenDone(app: FastifyInstance): void {
  app.addHook("preClose", async () => {
    const timer = setInterval(() => app.server.closeIdleConnections(), betweenClosingMs);
    app.server.once("close", () => clearInterval(timer));
  });
}

function answerError(office: Office, error: FastifyError, reply: FastifyReply): FastifyReply {
  if (error instanceof StoreUnavailable) {
    office.log({ event: "store-unavailable", reason: error.reason, detail: error.message });
    return sendFault(reply, faultOf("busy", `the database is ${error.reason}`));
  }
  if (error.statusCode === 413) return sendFault(reply, faultOf("too-large", `at most ${mostWireBytes} bytes`));
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return sendFault(reply, faultOf("bad-request", `not understood: ${error.code}`));
  }
  // A database's message may quote what was to be stored: its code and where it happened say enough.
  const code = codeOf(error);
  const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  const message = code === "" ? error.message : "";
  office.log({ event: "internal-error", name: error.name, code, message, at: frames.slice(0, 8).join(" ") });
  return sendFault(reply, faultOf("internal", "an error of head office; its log tells more"));
}
