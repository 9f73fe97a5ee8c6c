import type { Cashier } from "./role.ts";

/** More than a shop has; the sign-in screen stays one of names. */
export const mostPeople = 100;

/** Somebody as the rules about people see them. */
export interface Colleague {
  readonly cashier: Cashier;
  readonly isActive: boolean;
  readonly hasPin: boolean;
}

/** Whether somebody is left who may manage people and can sign in: the last one can neither be demoted nor sent away. */
export function hasManager(people: readonly Colleague[]): boolean {
  return people.some(({ cashier, isActive, hasPin }) => cashier.role === "manager" && isActive && hasPin);
}

/** The list with one person as they are to be from now on. */
export function withPerson(people: readonly Colleague[], changed: Colleague): readonly Colleague[] {
  return people.map((one) => (one.cashier.id === changed.cashier.id ? changed : one));
}
