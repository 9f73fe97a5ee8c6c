/*
 * The tax in the lines of a sale, beside what the sale says of its rates; docs/JOURNAL.md says how they belong together.
 */

type Told = Readonly<Record<string, unknown>>;

/**
 * What is wrong with it, in words; empty for nothing. A sale from before lines told their tax has none in any of them.
 * @param sale whose `taxes` were found to be of their form
 */
export function wrongLineTaxes({ lines, taxes }: Told): readonly string[] {
  const told = listOf(lines);
  const taxed = told.filter((line) => line["taxFen"] !== undefined || line["taxBasisPoints"] !== undefined);
  if (taxed.length === 0) return [];
  if (taxed.length < told.length || !taxed.every(isTaxed)) return ["the tax of its lines is not of its form"];
  const shares = listOf(taxes);
  const rates = new Set([
    ...shares.map((share) => share["basisPoints"]),
    ...taxed.map((line) => line["taxBasisPoints"]),
  ]);
  return [...rates].flatMap((rate) => {
    const said = sumOf(shares.filter((share) => share["basisPoints"] === rate));
    const found = sumOf(taxed.filter((line) => line["taxBasisPoints"] === rate));
    return said === found ? [] : [`its lines hold ${found} fen of tax at ${String(rate)} and its rates say ${said}`];
  });
}

function listOf(value: unknown): readonly Told[] {
  // Its members are looked at one by one.
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isTold) : [];
}

function sumOf(of: readonly Told[]): number {
  return of.reduce((sum, { taxFen }) => sum + Number(taxFen), 0);
}

function isTaxed({ taxFen, taxBasisPoints, netFen }: Told): boolean {
  return isWhole(taxFen) && isWhole(taxBasisPoints) && isWhole(netFen) && Number(taxFen) <= Number(netFen);
}

function isWhole(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isTold(value: unknown): value is Told {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
