export type Role = "cashier" | "manager";

export interface Cashier {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}
