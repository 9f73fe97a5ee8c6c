import type { FastifyInstance } from "fastify";
import { type CodeFault, createEnrolmentCode, spacedCode } from "../enrolment/codes.ts";
import type { Terminal } from "../terminals/terminal.ts";
import { revokeTerminal } from "../terminals/revoke.ts";
import { personAsking, type Api } from "./api-scope.ts";
import { compareDays } from "./compare-days.ts";
import { noteDeed, type Deed } from "./deeds.ts";
import { conflict, notFound, parsed, type Refusal } from "./refusal.ts";
import { codeBody, shopBody, storeParams, terminalParams } from "./shapes.ts";
import type { CodeAnswer, DayAnswer, ShopsAnswer } from "./shapes.ts";
import { readDays } from "./both-sides.ts";
import { listShops, saveShop } from "./shops.ts";

const viewers = { config: { access: "viewer" } } as const;

/** Shops, their tills and relays, letting one in and putting one out. */
export function shopRoutes(app: FastifyInstance, { office }: Api): void {
  const { sql, clock } = office;
  const note = (deed: Deed) => sql.transaction((tx) => noteDeed(tx, deed, clock.now()));

  app.get("/shops", viewers, (): Promise<ShopsAnswer> => listShops(sql, clock.now()));

  app.put("/shops/:store", async (request, reply) => {
    const { store } = parsed(storeParams, request.params);
    const shop = { storeCode: store, ...parsed(shopBody, request.body) };
    const saved = await saveShop(sql, personAsking(request).name, shop, clock.now());
    if (saved.ok) return reply.code(204).send();
    if (saved.fault === "not-found") throw notFound("shop");
    throw conflict(saved.fault === "conflict" ? "a shop has this code" : "there are as many shops as there may be");
  });

  app.get("/shops/:store/terminals/:terminal/days", viewers, async (request): Promise<readonly DayAnswer[]> => {
    const { store, terminal } = parsed(terminalParams, request.params);
    return compareDays(await readDays(sql, store, terminal));
  });

  app.post("/shops/:store/terminals/:terminal/code", async (request): Promise<CodeAnswer> => {
    const { store, terminal } = parsed(terminalParams, request.params);
    const { replaces, role } = parsed(codeBody, request.body);
    const made = await createEnrolmentCode(office, { storeCode: store, terminalId: terminal }, { replaces, role });
    if (!made.ok) throw codeRefusal(made.fault, terminal, role);
    const { name } = personAsking(request);
    const detail = `${terminal}${role === "relay" ? " relay" : ""}${replaces ? " replaces" : ""}`;
    await note({ name, deed: "code-made", storeCode: store, detail });
    return { code: spacedCode(made.value.code), expiresMs: made.value.expiresAtMs, nowMs: clock.now() };
  });

  app.post("/shops/:store/terminals/:terminal/revoke", async (request, reply) => {
    const { store, terminal } = parsed(terminalParams, request.params);
    if (!(await revokeTerminal(office, { storeCode: store, terminalId: terminal }))) throw notFound("active till");
    await note({ name: personAsking(request).name, deed: "terminal-revoked", storeCode: store, detail: terminal });
    return reply.code(204).send();
  });
}

function codeRefusal(fault: CodeFault, terminal: string, role: Terminal["role"]): Refusal {
  if (fault === "no-such-shop") return notFound("shop");
  // The page words it by this sentence.
  if (fault === "other-role") return conflict(`${terminal} is the name of a ${role === "till" ? "relay" : "till"}`);
  return conflict(`a ${role} of this name is enrolled`);
}
