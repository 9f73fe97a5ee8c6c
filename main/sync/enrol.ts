import type { SyncFault } from "#contract/ipc/sync-intents.ts";
import { enrolmentCodeSchema } from "#contract/wire/enrolment.ts";
import type { WireFaultKind } from "#contract/wire/fault.ts";
import type { TerminalName } from "#contract/wire/terminal-key.ts";
import type { Cashier } from "#core/access/role.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import type { DeviceKey, DeviceKeys } from "#main/secret/device-key.ts";
import type { Outbox, SyncStore } from "#main/till/ports/outbox.ts";
import type { OfficeClient } from "./office-client.ts";
import type { OfficeAnswer } from "./signed-wire.ts";

export interface EnrolDeps {
  readonly terminal: TerminalName;
  readonly client: Pick<OfficeClient, "enrol">;
  readonly keys: DeviceKeys;
  readonly outbox: Outbox;
  readonly store: SyncStore;
  readonly log: Log;
}

export interface Enrolment {
  readonly key: DeviceKey;
  readonly officeName: string;
}

/**
 * Makes this till known to head office by a one-time code. The key is on the disk before the request leaves, so that the
 * same request again, after an answer that was lost, is the same till asking.
 */
export async function enrolTill(deps: EnrolDeps, typed: string, by: Cashier): Promise<Result<Enrolment, SyncFault>> {
  const { terminal, client, keys, outbox, store, log } = deps;
  const code = enrolmentCodeSchema.safeParse(typed.replaceAll(/[\s\-–—]/gu, "").toUpperCase());
  if (!code.success) return fail("enrolment-code-malformed");
  let key: DeviceKey;
  try {
    key = await keys.make();
  } catch (cause) {
    log.error("the till's key cannot be kept", { cause });
    return fail("device-key-not-kept");
  }
  const keyid = `${terminal.storeCode}-${terminal.terminalId}`;
  const { storeCode, terminalId } = terminal;
  const epoch = outbox.positions().at(-1)?.epoch ?? "";
  const request = { code: code.data, storeCode, terminalId, publicKey: key.publicKey, epoch };
  const ask = (): Promise<OfficeAnswer<{ readonly officeKey: string; readonly officeName: string }>> =>
    client.enrol(request, { privateKey: key.privateKey, keyid });
  let answer = await ask();
  // Head office said what time it is: signed once more by its clock.
  if (answer.kind === "refused" && answer.fault.kind === "wrong-clock") answer = await ask();
  if (answer.kind !== "ok") return fail(faultFor(answer, log));
  const { officeKey, officeName } = answer.value;
  const body = { officeName, officeKey, publicKey: key.publicKey, by: by.id };
  store.noteEnrolled({ key: officeKey, name: officeName }, { kind: "enrolled", body });
  return ok({ key, officeName });
}

const faultOf: Partial<Record<WireFaultKind, SyncFault>> = {
  "code-unknown": "enrolment-code-unknown",
  "code-used": "enrolment-code-used",
  "code-expired": "enrolment-code-expired",
  "already-enrolled": "enrolment-terminal-taken",
  "wrong-clock": "office-clock-differs",
  busy: "office-out-of-reach",
  internal: "office-out-of-reach",
};

function faultFor(answer: Exclude<OfficeAnswer<unknown>, { kind: "ok" }>, log: Log): SyncFault {
  if (answer.kind === "refused") {
    log.warn("head office did not enrol this till", { kind: answer.fault.kind });
    return faultOf[answer.fault.kind] ?? "office-not-understood";
  }
  log.warn("head office did not enrol this till", { kind: answer.kind, detail: answer.detail });
  return answer.kind === "no-answer" ? "office-out-of-reach" : "office-not-understood";
}
