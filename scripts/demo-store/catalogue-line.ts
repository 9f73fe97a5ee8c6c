import type { DemoTaxClass } from "./item.ts";
import { readPackageSize } from "./package-size.ts";
import type { PackageSize } from "./package-size.ts";

/** One product in one flavour and one size, before it has a number or a barcode. */
export type CatalogueEntry = {
  readonly brand: string;
  readonly zh: string;
  readonly en: string;
  readonly size: PackageSize;
  readonly priceFen: number;
  readonly taxClass: DemoTaxClass;
  readonly barcode: "ean13" | "ean8" | "none";
  /** How many pieces each carton or multi-pack with a barcode of its own holds. */
  readonly packCounts: readonly number[];
  readonly isFavourite: boolean;
};

const PRICE = /^(?<yuan>\d+)\.(?<fen>\d\d)(?<favourite>!?)$/;
const PACK_FLAG = /^pack(\d+)$/;
/** What a carton of large packages holds, whatever the line says of its small ones. */
const LARGE_PACKAGE_CARTON = 6;
/** How many flavours of a line are on the shelf in every size. */
const BEST_SELLERS = 1;

/**
 * Reads one line of a catalogue file:
 *
 *     brand/name | English name | flavour=Flavour, … | size price, … | flags
 *
 * and returns the first flavour in every size, the others in the usual size only (the first, or the second of
 * three and more), since no shop stocks everything. `*` in a name marks where the flavour goes (else it follows the name),
 * `-` stands for nothing, `!` after a price puts the item among the favourites. Flags: `food` and `exempt` (tax),
 * `ean8`, `tap` (no barcode), `packN` (a carton of N has its own barcode). Throws, naming what it could not read.
 */
export function readCatalogueLine(line: string): readonly CatalogueEntry[] {
  const [names, english, flavours, sizes, flags = ""] = line.split("|").map((part) => part.trim());
  if (!names || !english || !flavours || !sizes) throw new Error(`a field is missing in "${line}"`);
  const slash = names.indexOf("/");
  const brand = slash === -1 ? names : names.slice(0, slash);
  const name = names.slice(slash + 1);
  const options = readFlags(flags);
  return readList(flavours).flatMap((flavour, rank) => {
    const [zhFlavour = "", enFlavour = ""] = flavour === "-" ? [] : flavour.split("=");
    return stockedSizes(readList(sizes), rank).map((sized) => {
      const { size, priceFen, isFavourite } = readSizeAndPrice(sized);
      return {
        brand,
        zh: words(fill(name, zhFlavour, ""), size.zh),
        en: words(fill(english === "-" ? "*" : english, enFlavour, " "), size.en),
        size,
        priceFen,
        taxClass: options.taxClass,
        barcode: size.isWeighed ? "none" : options.barcode,
        packCounts: packsFor(size, options.packCounts),
        isFavourite,
      };
    });
  });
}

function stockedSizes(sizes: readonly string[], rank: number): readonly string[] {
  if (rank < BEST_SELLERS) return sizes;
  const usual = sizes.length > 2 ? 1 : 0;
  return sizes.slice(usual, usual + 1);
}

function readList(text: string): readonly string[] {
  return text.split(",").map((part) => part.trim());
}

function readFlags(text: string): Pick<CatalogueEntry, "taxClass" | "barcode" | "packCounts"> {
  const flags = text.split(/\s+/).filter((flag) => flag !== "");
  const unknown = flags.find((flag) => !["food", "exempt", "ean8", "tap"].includes(flag) && !PACK_FLAG.test(flag));
  if (unknown !== undefined) throw new Error(`unknown flag "${unknown}"`);
  return {
    taxClass: flags.includes("food") ? "food" : flags.includes("exempt") ? "exempt" : "general",
    barcode: flags.includes("tap") ? "none" : flags.includes("ean8") ? "ean8" : "ean13",
    packCounts: flags.flatMap((flag) => PACK_FLAG.exec(flag)?.[1] ?? []).map(Number),
  };
}

function readSizeAndPrice(text: string): { size: PackageSize; priceFen: number; isFavourite: boolean } {
  const [size = "", price = "", ...rest] = text.split(/\s+/);
  const { yuan, fen, favourite } = PRICE.exec(price)?.groups ?? {};
  if (yuan === undefined || fen === undefined || rest.length > 0) throw new Error(`cannot read "${text}"`);
  // Digits are joined, never multiplied as a fraction: money is an integer of fen from the first character on.
  return { size: readPackageSize(size), priceFen: Number(yuan + fen), isFavourite: favourite === "!" };
}

function packsFor(size: PackageSize, counts: readonly number[]): readonly number[] {
  if (size.carton === "none" || counts.length === 0) return [];
  return size.carton === "small" ? [LARGE_PACKAGE_CARTON] : counts;
}

function fill(name: string, flavour: string, joint: string): string {
  return name.includes("*") ? name.replace("*", () => flavour) : name + joint + flavour;
}

function words(...parts: readonly string[]): string {
  return parts.join(" ").replace(/\s+/g, " ").trim();
}
