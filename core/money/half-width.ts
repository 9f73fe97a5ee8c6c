/**
 * What a Chinese input method makes of a number: full-width digits and signs, the ideographic full stop where the
 * decimal point was pressed, the true minus sign. A closed list on purpose: Unicode's own compatibility forms would
 * also turn "5²" into 52.
 */
const halfWidthOf: Readonly<Record<string, string>> = {
  "．": ".",
  "。": ".",
  "，": ",",
  "－": "-",
  "−": "-",
  "￥": "¥",
  "\u3000": " ",
};

/** The same text in the ASCII characters a number is written in; everything unknown stays as it is. */
export function toHalfWidth(text: string): string {
  return text.replaceAll(/[０-９．。，－−￥\u3000]/g, (character) => {
    return halfWidthOf[character] ?? String.fromCodePoint((character.codePointAt(0) ?? 0) - 0xfee0);
  });
}
