/** `lead` is the 领班: a cashier to whom the shop gives a few of a manager's rights. */
export type Role = "cashier" | "lead" | "manager";

export interface Cashier {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}
