import type { FastifyInstance, FastifyReply } from "fastify";
import { clearSessionCookie, personAsking, setSessionCookie, type Api } from "./api-scope.ts";
import { changePassword, listPeople, putPerson, removePerson, type PeopleFault } from "./people.ts";
import { conflict, notFound, parsed, Refusal } from "./refusal.ts";
import { endSession } from "./sessions.ts";
import { passwordBody, personBody, personParams, signInBody } from "./shapes.ts";
import type { OfficePerson, OneTimePasswordAnswer, SessionAnswer } from "./shapes.ts";
import { signIn } from "./sign-in.ts";

const msPerSecond = 1_000;
const busy = () => new Refusal(503, "busy", "too many passwords are being looked at", 1);

/** Signing in and out, one's own password, and who else may. */
export function sessionRoutes(app: FastifyInstance, { office, passwords }: Api): void {
  const { sql, clock } = office;
  const ownDoor = { config: { access: "viewer", beforeChange: true } } as const;

  app.post("/session", { config: { access: "anyone" } }, async (request, reply): Promise<FastifyReply> => {
    const { name, password } = parsed(signInBody, request.body);
    const signedIn = await signIn(sql, passwords, { name, password, address: request.ip }, clock.now());
    if (signedIn.ok) {
      setSessionCookie(request, reply, signedIn.value);
      return reply.code(204).send();
    }
    office.log({ event: "sign-in-refused", why: signedIn.fault.kind });
    if (signedIn.fault.kind === "busy") throw busy();
    if (signedIn.fault.kind === "wrong-password") throw new Refusal(403, "not-allowed", "wrong name or password");
    throw new Refusal(429, "busy", "too many wrong passwords", Math.ceil(signedIn.fault.waitMs / msPerSecond));
  });

  app.get("/session", ownDoor, (request): SessionAnswer => {
    const { name, role, mustChange } = personAsking(request);
    return { name, role, mustChange, officeName: office.name };
  });

  app.delete("/session", ownDoor, async (request, reply) => {
    await endSession(sql, personAsking(request).token);
    clearSessionCookie(request, reply);
    return reply.code(204).send();
  });

  app.post("/password", ownDoor, async (request, reply) => {
    const changed = await changePassword(
      ...([sql, passwords, personAsking(request), parsed(passwordBody, request.body), clock.now()] as const),
    );
    if (changed.ok) return reply.code(204).send();
    if (changed.fault === "busy") throw busy();
    if (changed.fault === "wrong-password") throw new Refusal(403, "not-allowed", "wrong password");
    throw new Refusal(400, "bad-request", `the new password is ${changed.fault}`);
  });

  app.get("/people", (): Promise<readonly OfficePerson[]> => listPeople(sql));

  app.put("/people/:name", async (request): Promise<OneTimePasswordAnswer> => {
    const { name } = parsed(personParams, request.params);
    const person = { name, ...parsed(personBody, request.body) };
    const made = await putPerson(sql, passwords, personAsking(request), person, clock.now());
    if (!made.ok) throw refusalOf(made.fault);
    return { name, password: made.value };
  });

  app.delete("/people/:name", async (request, reply) => {
    const { name } = parsed(personParams, request.params);
    const removed = await removePerson(sql, personAsking(request), name, clock.now());
    if (!removed.ok) throw refusalOf(removed.fault);
    return reply.code(204).send();
  });
}

function refusalOf(fault: PeopleFault): Refusal {
  switch (fault) {
    case "busy":
      return busy();
    case "not-found":
      return notFound("person");
    case "conflict":
      return conflict("somebody has this name");
    case "last-admin":
      return conflict("the last admin stays");
    case "too-many":
      return conflict("there are as many people as there may be");
  }
}
