import { type BillTrouble, retryAfterMs } from "#core/reconciliation/bill-trouble.ts";
import { dayAfter } from "#core/reconciliation/bill-day.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { BillRoom, DayBills } from "#main/till/ports/bill-room.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { BillAnswer, BillFault } from "#main/till/ports/payment-gateway.ts";
import type { ReconciliationStore } from "#main/till/ports/reconciliation-store.ts";

export interface Step {
  readonly step: "fetching" | "comparing";
  readonly share: number | null;
}

interface RunParts {
  readonly store: ReconciliationStore;
  readonly room: BillRoom;
  readonly clock: Clock;
}

interface RunWatch {
  readonly signal: AbortSignal;
  readonly onStep: (step: Step) => void;
}

type Trouble = { readonly trouble: BillTrouble; readonly detail: string };

/**
 * One day: its bills from the gateway or from what is kept, the comparison, the findings on disk. What goes wrong is
 * stored as the day's trouble with the time of the next try. Rejects only where the store refuses.
 */
export async function runDay(
  parts: RunParts,
  day: string,
  from: "gateway" | "kept",
  watch: RunWatch,
): Promise<"compared" | "in-trouble"> {
  const { store, room, clock } = parts;
  const before = store.reconciledDay(day)?.compared ?? null;
  const kept = from === "kept" && before !== null ? room.kept(day, before) : null;
  if (kept !== null && before !== null) {
    const end = await compareInto(parts, day, kept, before.fetchedAtMs, watch);
    if (end.ok) return "compared";
    // What is kept was harmed: the gateway still has the bill.
    if (end.fault.trouble !== "damaged") return noteTrouble(parts, day, end.fault);
  }
  watch.onStep({ step: "fetching", share: null });
  const bills = await fetchBoth(room, day);
  if (!bills.ok) return noteTrouble(parts, day, bills.fault);
  const end = await compareInto(parts, day, bills.value, clock.now(), watch);
  return end.ok ? "compared" : noteTrouble(parts, day, end.fault);
}

async function compareInto(
  { store, room, clock }: RunParts,
  day: string,
  bills: DayBills,
  fetchedAtMs: number,
  { signal, onStep }: RunWatch,
): Promise<Result<null, Trouble>> {
  onStep({ step: "comparing", share: 0 });
  const run = store.beginRun(day);
  const compared = await room.compare(day, bills, store.awaitedAfter(dayAfter(day, -1)), {
    signal,
    onProgress: (share) => onStep({ step: "comparing", share }),
    onFindings: (findings) => store.stageFindings(day, run, findings),
  });
  if (compared.ok) {
    // What the kept file was read as is not what the gateway signed; its own hash stays the day's.
    const result = bills.isKept ? { ...compared.value, ...hashesOf(store, day) } : compared.value;
    store.finishRun(day, run, result, { fetchedAtMs, comparedAtMs: clock.now() });
    return ok(null);
  }
  const { fault } = compared;
  if (fault.kind === "damaged") return fail({ trouble: "damaged", detail: fault.detail });
  return fail({ trouble: "failed", detail: fault.kind === "failed" ? fault.detail : "" });
}

function hashesOf(store: ReconciliationStore, day: string) {
  const compared = store.reconciledDay(day)?.compared;
  return { trade: compared?.trade ?? null, fundFlow: compared?.fundFlow ?? null };
}

/** Both, or the definite word that there is none; the account's movements may be closed to a merchant, the trade bill not. */
async function fetchBoth(room: BillRoom, day: string): Promise<Result<DayBills, Trouble>> {
  const trade = await room.fetch(day, "trade");
  if (trade.kind === "none") {
    const isNone = trade.fault.kind === "no-statement";
    return isNone ? ok({ trade: null, fundFlow: null, isKept: false }) : fail(troubleOf(trade.fault));
  }
  const fundFlow: BillAnswer = await room.fetch(day, "fund-flow");
  if (fundFlow.kind === "file") return ok({ trade: trade.file, fundFlow: fundFlow.file, isKept: false });
  const isClosed = fundFlow.fault.kind === "no-statement" || fundFlow.fault.kind === "refused";
  if (isClosed) return ok({ trade: trade.file, fundFlow: null, isKept: false });
  room.drop(trade.file);
  return fail(troubleOf(fundFlow.fault));
}

function troubleOf(fault: BillFault): Trouble {
  switch (fault.kind) {
    case "still-creating":
      return { trouble: "still-creating", detail: "" };
    case "refused":
      return { trouble: "refused", detail: fault.code };
    case "too-large":
      return { trouble: "damaged", detail: fault.kind };
    case "no-statement":
    case "unknown":
      return { trouble: "no-answer", detail: fault.kind === "unknown" ? (fault.code ?? "") : "" };
  }
}

function noteTrouble({ store, clock }: RunParts, day: string, { trouble, detail }: Trouble): "in-trouble" {
  const triedAtMs = clock.now();
  const tries = (store.reconciledDay(day)?.trouble?.tries ?? 0) + 1;
  const nextTryAtMs = triedAtMs + retryAfterMs(trouble, tries);
  store.saveBillTrouble(day, { trouble, detail: detail.slice(0, 200), tries, triedAtMs, nextTryAtMs });
  return "in-trouble";
}
