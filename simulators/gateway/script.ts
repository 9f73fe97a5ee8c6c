import { z } from "zod";
import { ControlError } from "../control/route.ts";
import type { Call, OperationName } from "./operation.ts";
import { operationNames } from "./operation.ts";
import { outcomeNames, outcomesOf } from "./outcomes.ts";
import { signatureFaults } from "./signature-fault.ts";

const ms = z
  .int()
  .min(0)
  .max(8 * 24 * 3_600_000);

/** Fine tuning of a scripted behaviour; every field may be combined with every outcome it means something for. */
export const scriptParams = z.strictObject({
  /** An accepted pay is unknown to queries (ORDER_NOT_EXIST) for this long, by the simulator's clock. */
  queryDelayMs: ms.optional(),
  /** When the customer's password comes, or the slow charge lands, by the simulator's clock. */
  settleAfterMs: ms.optional(),
  /** How long the answer is held back, in real time: the till's timeout is real too. */
  answerAfterMs: z.int().min(0).max(120_000).optional(),
  signature: z.enum(signatureFaults).optional(),
  /** `plain` drops the underscores of error codes: ORDERNOTEXIST, as some page generations spell them. */
  spelling: z.enum(["underscored", "plain"]).optional(),
  /** How a 202 of codepay says that the customer is busy: by trade_state, or by an error code alone. */
  userPayingAs: z.enum(["trade-state", "code"]).optional(),
});
export type ScriptParams = z.infer<typeof scriptParams>;

/** Body of `POST /gateway/script`. Exactly one of authCode, amountFen, outTradeNo, outRefundNo, next says which request it is for. */
export const scriptRequest = z
  .strictObject({
    outcome: z.enum(outcomeNames),
    operation: z.enum(operationNames).default("codepay"),
    authCode: z.string().min(1).max(32).optional(),
    amountFen: z.int().min(1).optional(),
    outTradeNo: z.string().min(1).max(32).optional(),
    outRefundNo: z.string().min(1).max(64).optional(),
    next: z.literal(true).optional(),
    times: z.int().min(1).max(1_000_000).default(1),
    params: scriptParams.default({}),
  })
  .refine(
    ({ authCode, amountFen, outTradeNo, outRefundNo, next }) =>
      [authCode, amountFen, outTradeNo, outRefundNo, next].filter((match) => match !== undefined).length === 1,
    "give exactly one of authCode, amountFen, outTradeNo, outRefundNo, next",
  );
export type Script = z.output<typeof scriptRequest>;

/** Scripted behaviours waiting for their requests, first come first served. */
export interface Scripts {
  /** Throws `ControlError` for an outcome that the operation cannot have, or when too many wait. */
  readonly add: (script: Script) => void;
  /** The first script for this call, used up once; null when the gateway should behave by itself. */
  readonly take: (operation: OperationName, call: Call) => Script | null;
  readonly clear: () => void;
  readonly waiting: () => number;
}

/** A day's chaos run scripts hundreds at most. */
const mostWaiting = 10_000;

export function createScripts(): Scripts {
  let queue: { readonly script: Script; readonly left: number }[] = [];

  return {
    add(script) {
      if (!outcomesOf(script.operation).includes(script.outcome)) {
        throw new ControlError(`${script.operation} cannot have the outcome "${script.outcome}"`);
      }
      if (queue.length >= mostWaiting) throw new ControlError(`more than ${mostWaiting} scripts are waiting`);
      queue.push({ script, left: script.times });
    },
    take(operation, call) {
      const at = queue.findIndex(({ script }) => script.operation === operation && isFor(script, call));
      const found = queue[at];
      if (found === undefined) return null;
      if (found.left > 1) queue[at] = { ...found, left: found.left - 1 };
      else queue.splice(at, 1);
      return found.script;
    },
    clear: () => {
      queue = [];
    },
    waiting: () => queue.length,
  };
}

function isFor(script: Script, call: Call): boolean {
  if (script.authCode !== undefined) return script.authCode === call.authCode;
  if (script.amountFen !== undefined) return script.amountFen === call.amountFen;
  if (script.outTradeNo !== undefined) return script.outTradeNo === call.outTradeNo;
  if (script.outRefundNo !== undefined) return script.outRefundNo === call.outRefundNo;
  return script.next === true;
}
