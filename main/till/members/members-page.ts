import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { MembersView, MemberView, PointEntryView } from "#contract/ipc/member-intents.ts";
import { readPhone } from "#core/members/phone.ts";
import { judgeRates, type PointRates } from "#core/members/points.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { permissionFor } from "#main/till/permission.ts";
import { canPrintAlone } from "#main/till/receipt/print-alone.ts";
import { readTypedPhone } from "./enrolling.ts";
import { memberView } from "./member-view.ts";
import { activeMember, takeOff } from "./putting-members.ts";

/** How long between two tries to empty the log while somebody reads it, and how many there are: after them the next start. */
const wipeAgainMs = 10_000;
const mostWipes = 60;

/** The members of this till, newest first. For a manager, as everything here. */
export function readMembers(till: TillContext, page: IntentArgs<"members">): Outcome<MembersView> {
  if (!mayManage(till)) return refuse("not-allowed");
  const { store } = till.deps;
  // A number is looked for as it is kept, however it was typed.
  const search = readPhone(page.search) ?? page.search;
  const rows = store.listMembers({ ...page, search }).map((record) => {
    return { ...memberView(record), position: record.position };
  });
  return ok({ rows, count: store.memberCount(), rates: store.pointRates(), canPrint: canPrintAlone(till) });
}

export function readMemberPoints(
  till: TillContext,
  { memberId, before, limit }: IntentArgs<"member-points">,
): Outcome<readonly PointEntryView[]> {
  if (!mayManage(till)) return refuse("not-allowed");
  return ok(till.deps.store.memberPoints(memberId, before, limit));
}

/** Another name or number. The one before is overwritten. */
export function changeMember(till: TillContext, args: IntentArgs<"change-member">): Outcome<MemberView> {
  if (!mayManage(till)) return refuse("not-allowed");
  const { store } = till.deps;
  const record = activeMember(till, args.memberId);
  if (record === null) return refuse("no-such-member");
  const phone = args.phone === null ? ok(record.phone) : readTypedPhone(till, args.phone, record.memberId);
  if (!phone.ok) return phone;
  store.changeMember(
    record.memberId,
    { name: args.name, phone: phone.value },
    { kind: "member-changed", body: { memberId: record.memberId, cashierId: till.state.cashier?.id } },
  );
  till.changed("sale", "status");
  if (phone.value !== record.phone || args.name !== record.name) wipe(till);
  const changed = store.member(record.memberId) ?? record;
  return ok(memberView(changed));
}

/** 个人信息保护法: who they are goes for good. What they bought stays, under an id that leads to nobody. */
export function deleteMember(till: TillContext, { memberId }: IntentArgs<"delete-member">): Outcome {
  if (!mayManage(till)) return refuse("not-allowed");
  if (activeMember(till, memberId) === null) return refuse("no-such-member");
  till.deps.store.deleteMember(memberId, {
    kind: "member-deleted",
    body: { memberId, cashierId: till.state.cashier?.id },
  });
  till.changed("sale", "status");
  wipe(till);
  takeOff(till, memberId);
  return done;
}

export function savePointRates(till: TillContext, rates: IntentArgs<"save-point-rates">): Outcome<PointRates> {
  if (!mayManage(till)) return refuse("not-allowed");
  const { store } = till.deps;
  const judged = judgeRates(rates);
  if (!judged.ok) return refuse(judged.fault);
  store.savePointRates(rates, {
    kind: "point-rates-changed",
    body: { before: store.pointRates(), after: rates, cashierId: till.state.cashier?.id },
  });
  till.changed("sale", "status");
  return ok(rates);
}

function mayManage(till: TillContext): boolean {
  return permissionFor(till, { kind: "manage-members" }) === "yes";
}

/** A report that reads at this moment keeps the log open: tried again until it is gone. Closing the file empties it too. */
function wipe(till: TillContext, triesLeft = mostWipes): void {
  if (triesLeft === 0 || isWiped(till)) return;
  till.deps.clock.after(wipeAgainMs, () => wipe(till, triesLeft - 1));
}

/** The member is deleted whatever becomes of the log: what goes wrong with that is logged, and tried again. */
function isWiped({ deps }: TillContext): boolean {
  try {
    return deps.store.wipeTraces();
  } catch (cause) {
    deps.logFault("empty the log after a member was deleted", cause);
    return false;
  }
}
