/** The shop's own words on its papers, and how much of each a receipt takes. Characters. */
export const storeWordLimits = {
  nameZh: 40,
  nameEn: 60,
  address: 120,
  phone: 40,
  taxNumber: 32,
  headerZh: 200,
  headerEn: 200,
  footerZh: 200,
  footerEn: 200,
} as const;

export type StoreWord = keyof typeof storeWordLimits;
export type StoreWords = { readonly [Word in StoreWord]: string };

/** As many as a customer reads at the head or foot of a receipt. */
export const mostReceiptLines = 6;

const lined: ReadonlySet<StoreWord> = new Set(["headerZh", "headerEn", "footerZh", "footerEn"]);
const needed: ReadonlySet<StoreWord> = new Set(["nameZh", "nameEn"]);
export const taxNumberCharacters = /^[0-9A-Za-z ./-]*$/;

export type StoreWordProblem =
  /** A shop without a name would print papers that are nobody's. */
  "needed" | "too-long" | "too-many-lines" | "not-a-tax-number" | "odd-character";

/** What is wrong with a word of the shop's as it is typed; null where nothing is. */
export function storeWordProblem(word: StoreWord, text: string): StoreWordProblem | null {
  if (needed.has(word) && text.trim() === "") return "needed";
  if (text.length > storeWordLimits[word]) return "too-long";
  if (lined.has(word) && text.split("\n").length > mostReceiptLines) return "too-many-lines";
  if (/\p{Cc}/u.test(lined.has(word) ? text.replaceAll("\n", "") : text)) return "odd-character";
  return word === "taxNumber" && !taxNumberCharacters.test(text) ? "not-a-tax-number" : null;
}
