import type { AuditQuery } from "#contract/worker/audit-messages.ts";
import type { AuditGroup } from "#core/journal/audit-groups.ts";

/** The filters as they stand on the page; an empty one asks for nothing. */
export interface Filters {
  /** YYYY-MM-DD of the shop's clock; the whole of the last day is in it. */
  readonly from: string;
  readonly to: string;
  readonly personId: string;
  readonly group: AuditGroup | "";
  readonly amount: string;
  readonly saleNumber: string;
  readonly text: string;
}

export const noFilters: Filters = { from: "", to: "", personId: "", group: "", amount: "", saleNumber: "", text: "" };

const dayMs = 86_400_000;

/** What is asked of main; null where the amount is none. `utcOffsetMinutes`: the shop's clock, east of UTC. */
export function readQuery(filters: Filters, utcOffsetMinutes: number): AuditQuery | null {
  const amountFen = readAmount(filters.amount);
  if (amountFen === "bad") return null;
  const toMs = startOfDay(filters.to, utcOffsetMinutes);
  return {
    fromMs: startOfDay(filters.from, utcOffsetMinutes),
    toMs: toMs === null ? null : toMs + dayMs,
    personId: orNull(filters.personId),
    group: filters.group === "" ? null : filters.group,
    amountFen,
    saleNumber: orNull(filters.saleNumber.trim().toUpperCase()),
    text: orNull(filters.text.trim()),
  };
}

/** Yuan as typed, in fen. */
function readAmount(typed: string): number | null | "bad" {
  if (typed.trim() === "") return null;
  const digits = /^(\d{1,8})(?:\.(\d{0,2}))?$/.exec(typed.trim());
  return digits === null ? "bad" : Number(digits[1]) * 100 + Number((digits[2] ?? "").padEnd(2, "0"));
}

function startOfDay(date: string, utcOffsetMinutes: number): number | null {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) ? null : Math.max(ms - utcOffsetMinutes * 60_000, 0);
}

function orNull(text: string): string | null {
  return text === "" ? null : text;
}
