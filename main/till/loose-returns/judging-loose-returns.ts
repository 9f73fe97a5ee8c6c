import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { readMemberCode } from "#core/members/member-code.ts";
import { readPhone } from "#core/members/phone.ts";
import { judgeLooseReturn, type LooseReturn } from "#core/returns/loose-return.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse } from "#main/till/outcome.ts";

type Asked = IntentArgs<"give-loose-return">;

/** What is given for the goods, and the member whose points go with them. */
export interface JudgedLooseReturn extends Pick<LooseReturn, "lines" | "amountFen"> {
  readonly memberId: string | null;
}

/** Whether so much may be taken back now, at what the goods cost now, and only what the cashier has seen. */
export function judgeAsShown(till: TillContext, args: Asked): Result<JudgedLooseReturn, IntentFault> {
  const { deps, state } = till;
  if (state.shift === null) return refuse("no-shift");
  const judged = judgeLooseReturn(args.lines, (sku) => deps.catalog.findBySku(sku), deps.config.taxes?.rates ?? null);
  if (!judged.ok) return fail(judged.fault);
  if (judged.value.amountFen !== args.amountFen) return refuse("return-changed");
  if (args.member === "") return ok({ ...judged.value, memberId: null });
  const member = memberBehind(till, args.member);
  return member === null ? refuse("member-unknown") : ok({ ...judged.value, memberId: member.memberId });
}

/** By a whole phone number or a card: four digits may be somebody else's. */
function memberBehind({ deps: { store } }: TillContext, text: string) {
  const code = readMemberCode(text);
  if (code !== null) return store.memberByCode(code);
  const phone = readPhone(text);
  return phone === null ? null : store.memberByPhone(phone);
}
