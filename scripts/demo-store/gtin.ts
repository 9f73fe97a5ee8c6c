import { mod10CheckDigit } from "#core/barcode/check-digit.ts";

/** FNV-1a over UTF-16 code units: spreads names over a range without any randomness. */
export function spread(text: string, range: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash % range;
}

const MAKER_NUMBERS = 100_000;
/** Numbers are walked in steps so that neighbours on the shelf do not differ in one digit only. */
const NUMBER_STEP = 37;
const FIRST_NUMBER = 1013;
const EAN8_STEP = 7919;

/**
 * Hands out barcodes under the Chinese prefixes 690 to 699, never the same twice.
 * All goods of one brand share a seven-digit maker prefix, as on a real shelf. The numbers are invented: a real
 * product of that name has another barcode.
 */
export class BarcodeAllocator {
  readonly #makerOfBrand = new Map<string, number>();
  readonly #takenMakers = new Set<number>();
  readonly #issuedByBrand = new Map<string, number>();
  #issuedEan8 = 0;

  /** The brand's next EAN-13. Throws when the brand has used up its five-digit item numbers. */
  nextEan13(brand: string): string {
    const issued = this.#issuedByBrand.get(brand) ?? 0;
    this.#issuedByBrand.set(brand, issued + 1);
    const itemNumber = FIRST_NUMBER + issued * NUMBER_STEP;
    if (itemNumber >= MAKER_NUMBERS) throw new Error(`${brand}: no item numbers left`);
    return withCheckDigit(`69${pad5(this.#maker(brand))}${pad5(itemNumber)}`);
  }

  /** The next EAN-8, the short code of small packages. */
  nextEan8(): string {
    this.#issuedEan8 += 1;
    // The step is prime and no factor of the range, so 100 000 codes come before the first repeats.
    return withCheckDigit(`69${pad5((this.#issuedEan8 * EAN8_STEP) % MAKER_NUMBERS)}`);
  }

  #maker(brand: string): number {
    const known = this.#makerOfBrand.get(brand);
    if (known !== undefined) return known;
    let maker = spread(brand, MAKER_NUMBERS);
    while (this.#takenMakers.has(maker)) maker = (maker + 1) % MAKER_NUMBERS;
    this.#takenMakers.add(maker);
    this.#makerOfBrand.set(brand, maker);
    return maker;
  }
}

function withCheckDigit(body: string): string {
  return `${body}${mod10CheckDigit(body)}`;
}

function pad5(value: number): string {
  return String(value).padStart(5, "0");
}
