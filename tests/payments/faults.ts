import type { OperationName } from "#simulators/gateway/operation.ts";
import { outcomesOf, type OutcomeName } from "#simulators/gateway/outcomes.ts";
import { signatureFaults, type SignatureFault } from "#simulators/gateway/signature-fault.ts";
import type { Stage, Way, Wrong } from "./course.ts";

/** A fault as the simulator knows it: an outcome, or an answer that is right but badly signed. */
export interface Fault {
  readonly name: string;
  readonly outcome: OutcomeName;
  readonly signature?: SignatureFault;
}

/** The requests of each way, stage by stage. A refund has no undo. */
const requests: Readonly<Record<Way, Readonly<Partial<Record<Exclude<Stage, "all">, OperationName>>>>> = {
  v3: { first: "codepay", query: "query", undo: "reverse" },
  v2: { first: "codepay", query: "query", undo: "reverse" },
  native: { first: "native", query: "query", undo: "close" },
  refund: { first: "refund", query: "refund-query" },
};

/** Answers of V2 carry no time and no key's name: these two cannot be wrong there. */
const v3Only: ReadonlySet<SignatureFault> = new Set<SignatureFault>(["stale", "future"]);

export function operationsOf(way: Way, stage: Stage): readonly OperationName[] {
  const known = requests[way];
  if (stage !== "all") return known[stage] === undefined ? [] : [known[stage]];
  return Object.values(known);
}

/**
 * Every fault that can strike this stage of this way, from the simulator's own tables: one that is added there is in
 * here, and has no row in docs/TESTING.md until its courses have been run.
 */
export function faultsOf(way: Way, stage: Stage): readonly Fault[] {
  const operations = operationsOf(way, stage);
  const [first, ...others] = operations.map(outcomesOf);
  const outcomes = (first ?? []).filter((name) => name !== "normal" && others.every((one) => one.includes(name)));
  const signatures = operations.length === 0 ? [] : signatureFaults;
  return [
    ...outcomes.map((outcome) => ({ name: outcome, outcome })),
    ...signatures
      .filter((signature) => way !== "v2" || !v3Only.has(signature))
      .map((signature) => ({ name: `signature ${signature}`, outcome: "normal" as const, signature })),
  ];
}

/** The fault on every request of the stage. */
export function strike(way: Way, stage: Stage, fault: Fault, times: Wrong["times"]): readonly Wrong[] {
  const { outcome, signature } = fault;
  const params = signature === undefined ? {} : { params: { signature } };
  return operationsOf(way, stage).map((operation) => ({ operation, outcome, times, ...params }));
}

/** Answers that never come, or come too late: each costs the till a time-out. */
export function isHeldBack(outcome: OutcomeName): boolean {
  return outcome.startsWith("never-answered") || outcome.startsWith("slow");
}
