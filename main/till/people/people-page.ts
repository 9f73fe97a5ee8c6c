import type { PeoplePageView } from "#contract/ipc/people-intents.ts";
import { hasManager, withPerson, type Colleague } from "#core/access/people.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { permissionFor } from "#main/till/permission.ts";
import { hasPrinter } from "#main/till/view/status-view.ts";
import { lockMinutes } from "./lock.ts";

/** Who works here, with what they may do; for whoever may change it. */
export function readPeoplePage(till: TillContext): Outcome<PeoplePageView> {
  const allowed = mayManagePeople(till);
  return allowed.ok ? ok(peoplePage(till)) : allowed;
}

export function mayManagePeople(till: TillContext): Outcome {
  if (till.state.cashier === null) return refuse("not-signed-in");
  return permissionFor(till, { kind: "manage-cashiers" }) === "yes" ? ok(null) : refuse("not-allowed");
}

export function peoplePage(till: TillContext): PeoplePageView {
  const { store } = till.deps;
  const people = store.listPeople();
  return {
    people: people.map((person) => {
      const { cashier, isOffice, isActive, hasPin, badgeSinceMs } = person;
      return { ...cashier, isOffice, isActive, hasPin, badgeSinceMs, isLastManager: isLastManager(person, people) };
    }),
    rights: store.rights(),
    lockMinutes: lockMinutes(till),
    badgeNeedsPin: store.accessSettings().badgeNeedsPin,
    canPrint: hasPrinter(till) && till.deps.devices.print !== undefined && till.deps.isTraining !== true,
  };
}

function isLastManager(person: Colleague, people: readonly Colleague[]): boolean {
  return hasManager(people) && !hasManager(withPerson(people, { ...person, isActive: false }));
}
