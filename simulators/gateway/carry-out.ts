import { refusal, type Answer, type Json } from "./answer.ts";
import type { Chaos } from "./chaos.ts";
import type { OtherRequest, RefusedRequest } from "./ledger-view.ts";
import type { Call, Desk, OperationName, ScriptedCourse } from "./operation.ts";
import { planOf, type Form, type Plan } from "./outcomes.ts";
import type { Script, ScriptParams, Scripts } from "./script.ts";

/** How long a slow answer is held back in real time, unless the script says otherwise: past the till's 30 s. */
const usualAnswerAfterMs = 35_000;
const plain: Plan = { performs: true };

/** Everything one request needs, whatever its protocol; the same for all. */
export interface Api {
  readonly desk: Desk;
  readonly scripts: Scripts;
  readonly chaos: Chaos;
  /** The clock of signatures and `Date` headers; a test may set it apart from that of business. */
  readonly wireNow: () => number;
  readonly onRefused: (refused: RefusedRequest) => void;
  readonly onOther: (request: OtherRequest) => void;
  /** Runs `work` after `ms` of real time, unless the gateway is closed before. */
  readonly later: (ms: number, work: () => void) => void;
}

/** Writes an answer in the protocol of its request. */
export type Send = (answer: Answer, form: Form, params: ScriptParams) => void;

/** Carries a request out as its script, the chaos or nobody bends it, writes it into the book, and sends the answer. */
export function carryOut(api: Api, operation: OperationName, call: Call, send: Send): void {
  const script = api.scripts.take(operation, call) ?? api.chaos.strike(operation);
  const plan = script === null ? plain : planOf(operation, script.outcome);
  const params = script?.params ?? {};
  const own = plan.performs ? call.perform(courseOf(api, plan, params)) : null;
  const conclude = () => {
    // A refusal stays what it was; only an accepted order can have moved on while the answer was held back.
    const hasMovedOn = plan.isSlow === true && own !== null && own.status < 300;
    const now = hasMovedOn ? (call.restate?.() ?? own) : own;
    const form = plan.form ?? "whole";
    const answer = shape(plan, now);
    note(api, call, operation, answer, form, script);
    send(answer, form, params);
  };
  const holdMs = params.answerAfterMs ?? (plan.isSlow === true ? usualAnswerAfterMs : 0);
  if (holdMs === 0) {
    conclude();
    return;
  }
  api.later(holdMs, () => {
    api.desk.ledger.advance();
    conclude();
  });
}

function courseOf(api: Api, plan: Plan, { queryDelayMs, settleAfterMs }: ScriptParams): ScriptedCourse {
  return {
    ...(plan.phone === undefined ? {} : { phone: plan.phone(api.desk.now(), settleAfterMs) }),
    ...(plan.refundEnds === undefined ? {} : { refundEnds: plan.refundEnds }),
    ...(queryDelayMs === undefined ? {} : { queryDelayMs }),
    ...(settleAfterMs === undefined ? {} : { settleAfterMs }),
  };
}

function shape(plan: Plan, own: Answer | null): Answer {
  // What a reset or a held socket would have said is never seen; it still needs a shape.
  const base = plan.says?.() ?? own ?? refusal(500, "SYSTEM_ERROR", "系统异常");
  return plan.alters === undefined || base.body === null ? base : { ...base, body: plan.alters(base.body) };
}

/** Writes into the book what the till was told, before it is told. */
function note(api: Api, call: Call, operation: OperationName, answer: Answer, form: Form, script: Script | null): void {
  const { body } = answer;
  const code = word(body?.["code"] ?? body?.["trade_state"] ?? body?.["status"]);
  const told = form === "hold" || form === "reset" ? form : `${answer.status} ${code}`.trim();
  const by = script === null ? "" : ` (script ${script.outcome})`;
  const { outTradeNo } = call;
  const at = api.desk.now();
  if (outTradeNo === null) api.onOther({ at, operation, answer: `${told}${by}` });
  else api.desk.ledger.record({ kind: "request", at, outTradeNo, operation, answer: `${told}${by}` });
}

export function word(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
