import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { PeoplePageView } from "#contract/ipc/people-intents.ts";
import type { Cashier } from "#core/access/role.ts";
import { badgeSlip } from "#core/receipt/badge-slip.ts";
import { layOut } from "#core/receipt/layout.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { columnsOf, slipHeader, slipLanguage } from "#main/till/receipt/lay-out-receipt.ts";
import { printAlone } from "#main/till/receipt/print-alone.ts";
import { receiptTexts } from "#main/till/receipt/receipt-texts.ts";
import { today } from "#main/till/today.ts";
import { hasPrinter } from "#main/till/view/status-view.ts";
import { byManager } from "./changing-people.ts";

/**
 * Prints a badge for somebody; the one they had ends with it. What is on it goes to the printer alone: past the print queue,
 * whose papers lie in the books, and into them as a keyed hash.
 */
export function makeBadge(till: TillContext, args: IntentArgs<"make-badge">): Promise<Outcome<PeoplePageView>> {
  return byManager(till, args.approvalPin, async (manager) => {
    const { deps } = till;
    // It would open training alone, and look like one that opens the till.
    if (deps.isTraining === true) return refuse("not-in-training");
    const cashier = activePerson(till, args.cashierId);
    if (cashier === null) return refuse("no-such-person");
    if (!hasPrinter(till) || deps.devices.print === undefined) return refuse("no-printer");
    const badge = deps.pins.newBadge();
    if (!(await printBadge(till, cashier, badge))) return refuse("badge-not-printed");
    // Sent away while it was printing: what came out opens nothing.
    if (activePerson(till, cashier.id) === null) return refuse("no-such-person");
    deps.store.setBadge(
      cashier.id,
      { hash: deps.pins.badgeHash(badge), sinceMs: deps.clock.now() },
      { kind: "badge-made", body: { cashierId: cashier.id, by: manager.id } },
    );
    return ok(null);
  });
}

/** A lost badge: nobody signs in with it any more. */
export function revokeBadge(till: TillContext, args: IntentArgs<"revoke-badge">): Promise<Outcome<PeoplePageView>> {
  return byManager(till, args.approvalPin, (manager) => {
    const { store } = till.deps;
    const person = store.listPeople().find(({ cashier }) => cashier.id === args.cashierId);
    if (person === undefined) return refuse("no-such-person");
    if (person.badgeSinceMs === null) return refuse("no-badge");
    store.setBadge(args.cashierId, null, {
      kind: "badge-revoked",
      body: { cashierId: args.cashierId, by: manager.id },
    });
    return ok(null);
  });
}

function activePerson(till: TillContext, cashierId: string): Cashier | null {
  const person = till.deps.store.listPeople().find(({ cashier }) => cashier.id === cashierId);
  return person?.isActive === true ? person.cashier : null;
}

/** True once it is on paper, or may be: then it is somebody's, and can be taken back. */
function printBadge(till: TillContext, { name, role }: Cashier, code: string): Promise<boolean> {
  const labels = receiptTexts(slipLanguage(till)).badge;
  const words = { name, role: labels.role[role], code, date: today(till) };
  return printAlone(till, layOut(badgeSlip(words, labels, slipHeader(till)), columnsOf(till)));
}
