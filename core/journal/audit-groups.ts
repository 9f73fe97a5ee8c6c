import type { JournalKind } from "./entry.ts";

export const auditGroups = ["sales", "taken-back", "drawer", "people", "settings", "system"] as const;
export type AuditGroup = (typeof auditGroups)[number];

/** What somebody who looks for something looks under. `taken-back`: what makes a sale smaller, or the customer richer. */
const groupOfKind: Partial<Readonly<Record<JournalKind, AuditGroup>>> = {
  "sale-completed": "sales",
  "sale-held": "sales",
  "sale-recalled": "sales",
  "held-sale-given": "sales",
  "held-sale-taken": "sales",
  "attempt-created": "sales",
  "attempt-settled": "sales",
  "static-code-matched": "sales",
  "receipt-reprinted": "sales",
  "print-cancelled": "sales",
  "line-voided": "taken-back",
  "sale-voided": "taken-back",
  "discount-granted": "taken-back",
  "expired-pack-sold": "taken-back",
  "static-code-never-received": "taken-back",
  "static-code-dropped": "taken-back",
  "return-without-receipt": "taken-back",
  "refund-created": "taken-back",
  "refund-retried": "taken-back",
  "refund-settled": "taken-back",
  "refund-handled": "taken-back",
  "refund-grant-returned": "taken-back",
  "short-stock-sold": "sales",
  "stock-corrected": "taken-back",
  "goods-receipt-reversed": "taken-back",
  "stock-item-set": "settings",
  "stock-policy-set": "settings",
  "shift-opened": "drawer",
  "shift-closed": "drawer",
  "drawer-opened": "drawer",
  "drawer-kick-ended": "drawer",
  "signed-in": "people",
  "signed-out": "people",
  "sign-in-refused": "people",
  "screen-locked": "people",
  "screen-unlocked": "people",
  "pin-set": "people",
  "person-added": "people",
  "person-changed": "people",
  "badge-made": "people",
  "badge-revoked": "people",
  "member-enrolled": "people",
  "member-changed": "people",
  "member-deleted": "people",
  "point-rates-changed": "settings",
  "rights-changed": "settings",
  "access-changed": "settings",
  "merchant-set-up": "settings",
  "device-changed": "settings",
  "head-office-changed": "settings",
  "relay-changed": "settings",
  "settings-changed": "settings",
  "training-entered": "settings",
  "training-left": "settings",
  "backup-restored": "settings",
  "legacy-asked": "sales",
  "legacy-answered": "sales",
  "legacy-paired": "settings",
  "legacy-unpaired": "settings",
};

/** A kind that is in no group is the system's: nobody at the till did it. */
export function auditGroupOf(kind: string): AuditGroup {
  // A kind of another version of the till has no group either.
  return groupOfKind[kind as JournalKind] ?? "system";
}
