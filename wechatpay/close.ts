import type { CloseAnswer } from "#core/tender/gateway-answer.ts";
import { ask, type GatewayLine } from "./ask.ts";
import { isCode, unknownOf } from "./classify.ts";
import { merchantFields, orderTarget } from "./party.ts";

/** Ends a QR order so that nobody can pay it any more. May be asked again; a paid order stays paid and says so. */
export async function close(line: GatewayLine, outTradeNo: string): Promise<CloseAnswer> {
  const target = `${orderTarget(line, outTradeNo)}/close`;
  const reply = await ask(line, { method: "POST", target, body: merchantFields(line) });
  if (reply.kind === "unknown") return reply;
  const { status, code } = reply;
  if (status === 204) return { kind: "closed" };
  if (status === 202 || isCode(code, "USERPAYING")) return { kind: "user-paying" };
  if (status < 400 || status >= 500) return unknownOf(status, code);
  if (isCode(code, "ORDERPAID")) return { kind: "already-paid" };
  return isCode(code, "ORDERCLOSED") ? { kind: "closed" } : unknownOf(status, code);
}
