import type { ConnectionStage, ConnectionTestView, ConnectionVerdict, TestedSetup } from "#contract/ipc/setup-view.ts";
import { ok, type Result } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import type { MerchantSetup, SetupFault } from "#main/till/ports/merchant-setup.ts";

/**
 * Runs a connection test and says how far it is. A test that is cancelled, or begun anew, is left behind: what it asked
 * charges nobody, and what it hears is told to nobody.
 */
export async function runTest(
  till: TillContext,
  setup: MerchantSetup,
  of: TestedSetup,
): Promise<Result<null, SetupFault>> {
  const startedAtMs = till.deps.clock.now();
  let mine = show(till, { kind: "running", of, stage: "asking", startedAtMs });
  const isMine = (): boolean => till.state.connectionTest === mine;
  const onStage = (stage: ConnectionStage): void => {
    if (isMine()) mine = show(till, { kind: "running", of, stage, startedAtMs });
  };
  const found = await setup.test(of, onStage);
  if (!isMine()) return ok(null);
  if (found.ok) noteClock(till, found.value);
  if (found.ok) show(till, { kind: "done", of, verdict: found.value, endedAtMs: till.deps.clock.now() });
  else cancelTest(till);
  return found.ok ? ok(null) : found;
}

/** Whichever merchant asked: it is this till's clock that was measured. */
function noteClock(till: TillContext, verdict: ConnectionVerdict): void {
  if ((verdict.kind !== "ok" && verdict.kind !== "clock") || verdict.offsetMs === null) return;
  till.state.gateway = { ...till.state.gateway, clockOffsetMs: verdict.offsetMs };
  till.changed("status");
}

export function cancelTest(till: TillContext): void {
  show(till, { kind: "none" });
}

/** What was tried is not what stands there now. */
export function forgetDraftTest(till: TillContext): void {
  const test = till.state.connectionTest;
  if (test.kind !== "none" && test.of === "draft") cancelTest(till);
}

function show(till: TillContext, test: ConnectionTestView): ConnectionTestView {
  till.state.connectionTest = test;
  till.changed("connectionTest");
  return test;
}
