import type { EntryLine } from "./written-line.ts";

/*
 * The tax that a shift's closing tells, beside that of its sales and of the goods that came back in it. A closing from before
 * taxes were recorded tells none, and is believed in what it tells.
 */

type Told = Readonly<Record<string, unknown>>;

/** By rate, as a closing tells them. */
type Sums = Record<"amountFen" | "taxFen" | "refundFen" | "refundTaxFen", number>;
const fields = ["amountFen", "taxFen", "refundFen", "refundTaxFen"] as const;

export interface ShiftTaxes {
  /** What is wrong with what an entry tells, in words; empty for nothing. */
  take(entry: EntryLine): readonly string[];
}

/** Adds up shift by shift, in the order of the file. Memory: one record a rate, at most 10,001. */
export function createShiftTaxes(): ShiftTaxes {
  let isOpen = false;
  const sums = new Map<number, Sums>();

  function add(share: Told, rateOf: string, names: readonly [amount: keyof Sums, tax: keyof Sums]): void {
    const { [rateOf]: rate, amountFen, taxFen } = share;
    if (!isRate(rate) || !isFen(amountFen) || !isFen(taxFen)) return;
    const sum = sums.get(rate) ?? { amountFen: 0, taxFen: 0, refundFen: 0, refundTaxFen: 0 };
    sum[names[0]] += amountFen;
    sum[names[1]] += taxFen;
    sums.set(rate, sum);
  }

  return {
    take({ kind, v, body }) {
      if (kind === "shift-opened") {
        isOpen = true;
        sums.clear();
      }
      if (!isOpen) return [];
      if (kind === "sale-completed" && (v === 3 || v === 4))
        for (const share of listOf(toldBy(body)["taxes"])) add(share, "basisPoints", ["amountFen", "taxFen"]);
      if (kind === "refund-settled") {
        const refund = toldBy(body);
        if (refund["given"] === null || refund["kind"] === "charge") return [];
        for (const goods of listOf(refund["goods"])) add(goods, "taxBasisPoints", ["refundFen", "refundTaxFen"]);
      }
      if (kind === "return-without-receipt")
        for (const { worthFen, ...line } of listOf(toldBy(body)["lines"]))
          add({ ...line, amountFen: worthFen }, "taxBasisPoints", ["refundFen", "refundTaxFen"]);
      if (kind !== "shift-closed") return [];
      isOpen = false;
      const totals = toldBy(body)["totals"];
      return isTold(totals) && "taxes" in totals ? differences(sums, listOf(totals["taxes"])) : [];
    },
  };
}

function differences(sums: ReadonlyMap<number, Sums>, closed: readonly Told[]): readonly string[] {
  const told = new Map(closed.map((one) => [one["basisPoints"], one]));
  return [...new Set([...sums.keys(), ...told.keys()])].flatMap((rate) =>
    fields.flatMap((field) => {
      const [said, found] = [told.get(rate)?.[field] ?? 0, sums.get(Number(rate))?.[field] ?? 0];
      return said === found
        ? []
        : [`the shift closes with ${field} ${JSON.stringify(said)} at ${String(rate)}, and it is ${found}`];
    }),
  );
}

function listOf(value: unknown): readonly Told[] {
  // Its members are looked at one by one.
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isTold) : [];
}

function toldBy(body: string): Told {
  try {
    const told: unknown = JSON.parse(body);
    return isTold(told) ? told : {};
  } catch {
    // That it is no JSON is said where its day is added up.
    return {};
  }
}

function isTold(value: unknown): value is Told {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isRate(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 10_000;
}

function isFen(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
