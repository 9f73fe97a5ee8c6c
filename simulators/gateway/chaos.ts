import { z } from "zod";
import { operationNames, type OperationName } from "./operation.ts";
import { outcomeNames, outcomesOf, type OutcomeName } from "./outcomes.ts";
import { signatureFaults } from "./signature-fault.ts";
import type { Script } from "./script.ts";

/** Body of `POST /gateway/chaos`: from now on every request is spoiled with the probability `rate`; 0 ends it. */
export const chaosRequest = z.strictObject({
  seed: z.int().min(0).max(0xffff_ffff),
  rate: z.number().min(0).max(1),
  /** Only these requests; all when left out. */
  operations: z.array(z.enum(operationNames)).min(1).optional(),
  /** Only these outcomes; all that the operation can have when left out. */
  outcomes: z.array(z.enum(outcomeNames)).min(1).optional(),
  /** Longest time a slow answer is held back, in ms of real time: a till under test has short time-outs. */
  answerAfterMs: z.int().min(0).max(120_000).default(35_000),
});
type Settings = z.output<typeof chaosRequest>;

/** Random faults that come again with the same seed and the same requests. */
export interface Chaos {
  readonly set: (settings: Settings) => void;
  /** A fault for this request, or null: the gateway behaves. */
  readonly strike: (operation: OperationName) => Script | null;
  readonly rate: () => number;
}

export function createChaos(): Chaos {
  let settings: Settings = { seed: 0, rate: 0, answerAfterMs: 0 };
  let random = randomFrom(0);

  return {
    set(next) {
      settings = next;
      random = randomFrom(next.seed);
    },
    strike(operation) {
      const { rate, operations } = settings;
      if (rate === 0 || (operations !== undefined && !operations.includes(operation))) return null;
      if (random() >= rate) return null;
      return scriptOf(operation, settings, random);
    },
    rate: () => settings.rate,
  };
}

/** One fault in three is of the signature or the wording alone, on an answer that is otherwise right. */
function scriptOf(operation: OperationName, settings: Settings, random: () => number): Script | null {
  const common = { operation, next: true, times: 1 } as const;
  const isWholeAnswer = settings.outcomes === undefined && random() < 0.33;
  if (isWholeAnswer) {
    const signature = pick(signatureFaults, random);
    return signature === undefined ? null : { ...common, outcome: "normal", params: { signature } };
  }
  const outcome = pick(namesFor(operation, settings), random);
  if (outcome === undefined) return null;
  const spelling = random() < 0.5 ? "plain" : "underscored";
  const slow = outcome.startsWith("slow") ? { answerAfterMs: settings.answerAfterMs } : {};
  return { ...common, outcome, params: { spelling, queryDelayMs: Math.floor(random() * 10_000), ...slow } };
}

function namesFor(operation: OperationName, { outcomes }: Settings): readonly OutcomeName[] {
  return outcomesOf(operation).filter((name) => name !== "normal" && (outcomes?.includes(name) ?? true));
}

function pick<T>(from: readonly T[], random: () => number): T | undefined {
  return from[Math.floor(random() * from.length)];
}

/** Mulberry32: small, even, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
