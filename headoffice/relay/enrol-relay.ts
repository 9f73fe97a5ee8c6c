import { enrolledSchema, type Enrol } from "#contract/wire/enrolment.ts";
import type { WireFaultKind } from "#contract/wire/fault.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Office } from "../office.ts";
import { type TerminalPlace, terminalKeyOf } from "../terminals/terminal.ts";
import { type RelayState, writeRelay } from "./relay-state.ts";
import { createUpstream } from "./upstream.ts";

export type EnrolRelayFault = { readonly kind: WireFaultKind | "no-answer"; readonly detail: string };

/** Makes this relay known to head office by a code made for a relay, and pins head office's key. */
export async function enrolRelay(
  { sql, key, clock }: Pick<Office, "sql" | "key" | "clock">,
  upstream: string,
  place: TerminalPlace,
  code: string,
): Promise<Result<RelayState, EnrolRelayFault>> {
  const relayKey = terminalKeyOf(place);
  const { storeCode, terminalId } = place;
  // A relay keeps no journal; the wire's shape has an epoch.
  const asked: Enrol = { code, storeCode, terminalId, publicKey: key.publicKey, epoch: "relay" };
  const client = createUpstream(new URL(upstream), { privateKey: key.privateKey, keyid: relayKey }, clock);
  const question = {
    ...({ method: "POST", path: "/v1/enrolments", schema: enrolledSchema } as const),
    body: Buffer.from(JSON.stringify(asked)),
  };
  let answer = await client.ask(question, null);
  // Head office said what time it is: signed once more by its clock.
  if (answer.kind === "refused" && answer.fault.kind === "wrong-clock") answer = await client.ask(question, null);
  if (answer.kind === "no-answer") return fail({ kind: "no-answer", detail: answer.detail });
  if (answer.kind === "refused") return fail({ kind: answer.fault.kind, detail: answer.fault.detail });
  const state = { relayKey, upstream, officeKey: answer.value.officeKey };
  await writeRelay(sql, state);
  return ok(state);
}
