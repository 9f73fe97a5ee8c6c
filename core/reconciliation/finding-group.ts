import type { FindingKind } from "./finding.ts";

/** How the manager's page sorts findings: by what a person asks, not by how the till found it. */
export type FindingGroup = (typeof findingGroups)[number];

export const findingGroups = [
  "missing-here",
  "missing-there",
  "amount",
  "twice",
  "refunds",
  "midnight",
  "matched",
] as const;

export function groupOf(kind: FindingKind): FindingGroup {
  switch (kind) {
    case "matched":
    case "refund-matched":
      return "matched";
    case "missing-here":
      return "missing-here";
    case "missing-there":
    case "taken-back":
      return "missing-there";
    case "amount-differs":
      return "amount";
    case "charged-twice":
      return "twice";
    case "cross-midnight":
      return "midnight";
    case "refund-missing-here":
    case "refund-missing-there":
    case "refund-amount-differs":
    case "refunded-twice":
      return "refunds";
  }
}
