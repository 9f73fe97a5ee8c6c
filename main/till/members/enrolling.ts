import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { MemberView } from "#contract/ipc/member-intents.ts";
import { memberDigits, memberPrefix, readMemberCode } from "#core/members/member-code.ts";
import { readPhone } from "#core/members/phone.ts";
import { layOut } from "#core/receipt/layout.ts";
import { memberSlip } from "#core/receipt/member-slip.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { columnsOf, storeHeader } from "#main/till/receipt/lay-out-receipt.ts";
import { canPrintAlone, printAlone } from "#main/till/receipt/print-alone.ts";
import { receiptTexts } from "#main/till/receipt/receipt-texts.ts";
import { memberView } from "./member-view.ts";
import { activeMember, setMember } from "./putting-members.ts";

/** Members whose numbers end in the same four digits: as many as one can look through. */
const mostFound = 20;

/** Finds members for the sale on the screen. */
export function findMembers(till: TillContext, { text }: IntentArgs<"find-members">): Outcome<readonly MemberView[]> {
  const { store } = till.deps;
  const one = (record: ReturnType<typeof store.member>) => ok(record === null ? [] : [memberView(record)]);
  const code = readMemberCode(text);
  if (code !== null) return one(store.memberByCode(code));
  const phone = readPhone(text);
  if (phone !== null) return one(store.memberByPhone(phone));
  if (!/^\d{4}$/.test(text)) return refuse("member-search-unclear");
  return ok(store.membersByLastFour(text, mostFound).map(memberView));
}

/** Somebody new, by their number, or by a card where they give none; the sale on the screen is theirs. */
export function enrolMember(till: TillContext, args: IntentArgs<"enrol-member">): Outcome<MemberView> {
  const { store, newId, clock } = till.deps;
  const phone = readTypedPhone(till, args.phone, null);
  if (!phone.ok) return phone;
  // Nobody would ever find them again.
  if (phone.value === null && !canPrintAlone(till)) return refuse("no-printer");
  const memberId = newId();
  const code = freshCode(till);
  if (code === null) return refuse("internal");
  store.enrolMember(
    { memberId, code, name: args.name, phone: phone.value, enrolledAtMs: clock.now() },
    { kind: "member-enrolled", body: { memberId, cashierId: till.state.cashier?.id } },
  );
  till.changed("status");
  // Enrolled all the same where no sale can be theirs at this moment.
  setMember(till, { memberId });
  const record = activeMember(till, memberId);
  return record === null ? refuse("no-such-member") : ok(memberView(record));
}

/** A code that is nobody's; twelve digits by chance are hardly ever somebody's already, and five times in a row never. */
function freshCode({ deps }: TillContext): string | null {
  for (let tries = 0; tries < 5; tries += 1) {
    // The vault has the till's chance: a badge's random digits under another prefix.
    const code = memberPrefix + deps.pins.newBadge().slice(-memberDigits);
    if (deps.store.memberByCode(code) === null) return code;
  }
  return null;
}

/** Prints what a member shows from then on. */
export async function printMemberCard(
  till: TillContext,
  { memberId }: IntentArgs<"print-member-card">,
): Promise<Outcome> {
  const { deps } = till;
  // It would be nobody's at the real till.
  if (deps.isTraining === true) return refuse("not-in-training");
  const record = activeMember(till, memberId);
  if (record === null || record.code === null) return refuse("no-such-member");
  if (!canPrintAlone(till)) return refuse("no-printer");
  const labels = receiptTexts(deps.config.locale).memberCard;
  const lines = layOut(memberSlip(record.code, labels, storeHeader(till)), columnsOf(till));
  return (await printAlone(till, lines)) ? done : refuse("card-not-printed");
}

/** What was typed as a number, which must be nobody else's; null where nothing was. */
export function readTypedPhone(till: TillContext, typed: string, ownId: string | null): Outcome<string | null> {
  if (typed === "") return ok(null);
  const phone = readPhone(typed);
  if (phone === null) return refuse("phone-not-valid");
  const holder = till.deps.store.memberByPhone(phone);
  return holder !== null && holder.memberId !== ownId ? refuse("phone-taken") : ok(phone);
}
