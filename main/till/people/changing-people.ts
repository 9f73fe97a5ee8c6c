import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { PeoplePageView } from "#contract/ipc/people-intents.ts";
import { hasManager, mostPeople, withPerson } from "#core/access/people.ts";
import type { Cashier, Role } from "#core/access/role.ts";
import { ok } from "#core/result.ts";
import { approveByPin } from "#main/till/approval.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import type { PersonRecord } from "#main/till/ports/people-store.ts";
import { mayManagePeople, peoplePage } from "./people-page.ts";

/**
 * Runs a change of people or rights by a manager's PIN, also where a manager is signed in: whoever may change people could
 * let in anybody, and a manager's till may be left standing. `work` looks at the people as they are after the PIN.
 */
export async function byManager(
  till: TillContext,
  pin: string,
  work: (manager: Cashier) => Outcome<unknown> | Promise<Outcome<unknown>>,
): Promise<Outcome<PeoplePageView>> {
  const allowed = mayManagePeople(till);
  if (!allowed.ok) return allowed;
  const manager = await approveByPin(till, pin);
  if (!manager.ok) return manager;
  const done = await work(manager.value);
  if (!done.ok) return done;
  till.changed("people", "session", "status");
  return ok(peoplePage(till));
}

export function addPerson(till: TillContext, args: IntentArgs<"add-person">): Promise<Outcome<PeoplePageView>> {
  return byManager(till, args.approvalPin, (manager) => {
    const { store, newId } = till.deps;
    const people = store.listPeople();
    if (people.filter(({ isActive }) => isActive).length >= mostPeople) return refuse("people-full");
    if (isNameTaken(people, args.name, null)) return refuse("name-taken");
    const cashier: Cashier = { id: newId(), name: args.name, role: args.role };
    store.addPerson(cashier, {
      kind: "person-added",
      body: { cashierId: cashier.id, name: cashier.name, role: cashier.role, by: manager.id },
    });
    return ok(null);
  });
}

export function changePerson(till: TillContext, args: IntentArgs<"change-person">): Promise<Outcome<PeoplePageView>> {
  return byManager(till, args.approvalPin, (manager) =>
    change(till, manager, args.cashierId, (person) => ({ ...person, name: args.name, role: args.role })),
  );
}

export function setPersonActive(
  till: TillContext,
  args: IntentArgs<"set-person-active">,
): Promise<Outcome<PeoplePageView>> {
  return byManager(till, args.approvalPin, (manager) =>
    change(till, manager, args.cashierId, (person) => ({ ...person, isActive: args.isActive })),
  );
}

/** What may be changed of somebody here; whoever comes from head office is head office's but for PIN and badge. */
interface Changeable {
  readonly name: string;
  readonly role: Role;
  readonly isActive: boolean;
}

function change(
  till: TillContext,
  manager: Cashier,
  cashierId: string,
  wanted: (now: Changeable) => Changeable,
): Outcome {
  const { store } = till.deps;
  const people = store.listPeople();
  const person = people.find(({ cashier }) => cashier.id === cashierId);
  if (person === undefined) return refuse("no-such-person");
  if (person.isOffice) return refuse("person-of-office");
  const before: Changeable = { name: person.cashier.name, role: person.cashier.role, isActive: person.isActive };
  const after = wanted(before);
  const cashier: Cashier = { id: cashierId, name: after.name, role: after.role };
  if (after.isActive && isNameTaken(people, after.name, cashierId)) return refuse("name-taken");
  if (!hasManager(withPerson(people, { ...person, cashier, isActive: after.isActive }))) return refuse("last-manager");
  store.changePerson(cashier, after.isActive, {
    kind: "person-changed",
    body: { cashierId, before, after, by: manager.id },
  });
  followSession(till, cashier, after.isActive);
  return ok(null);
}

/** Whoever is signed in is the person as they are now; one who was sent away is signed in no more. */
function followSession({ state, changed }: TillContext, cashier: Cashier, isActive: boolean): void {
  if (state.cashier?.id !== cashier.id) return;
  state.cashier = isActive ? cashier : null;
  if (!isActive) state.isLocked = false;
  changed("session", "sale");
}

/** Two of one name could not be told apart on the sign-in screen. */
function isNameTaken(people: readonly PersonRecord[], name: string, except: string | null): boolean {
  return people.some((one) => one.isActive && one.cashier.id !== except && one.cashier.name === name);
}
