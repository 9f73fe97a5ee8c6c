import { randomInt } from "node:crypto";
import type { Cashier } from "#core/access/role.ts";
import type { PinVault } from "#main/till/ports/pin-vault.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";

export interface FirstPerson {
  readonly cashier: Cashier;
  readonly pin: string;
}

/** The demo store's people; their PINs stand on the sign-in screen and on the console. */
export const demoPeople: readonly FirstPerson[] = [
  { cashier: { id: "cashier-1", name: "林小雨", role: "cashier" }, pin: "1234" },
  { cashier: { id: "manager-1", name: "王店长", role: "manager" }, pin: "8888" },
];

/** A real shop's first people: six random digits each, told once on the console of the first start. */
export function firstPeople(): readonly FirstPerson[] {
  const pin = (): string => String(randomInt(1_000_000)).padStart(6, "0");
  return [
    { cashier: { id: "cashier-1", name: "收银员 1", role: "cashier" }, pin: pin() },
    { cashier: { id: "manager-1", name: "店长", role: "manager" }, pin: pin() },
  ];
}

/** Puts `people` into a store that knows nobody yet. Returns those it added. */
export async function seedPeople(
  store: Pick<SalesStore, "listPinRecords" | "putCashier">,
  pins: PinVault,
  people: readonly FirstPerson[],
): Promise<readonly FirstPerson[]> {
  if (store.listPinRecords().length > 0) return [];
  for (const { cashier, pin } of people) store.putCashier(cashier, await pins.hash(pin));
  return people;
}
