/** The gateway's limit for what the customer reads in the bill; it says 127 without a unit, and bytes are the safe one. */
const mostDescriptionBytes = 127;

/**
 * Text the gateway accepts: no character of four UTF-8 bytes (emoji, rare ideographs), no control characters, no
 * invisible joiner left over from an emoji, no backtick, cut between two characters at `mostBytes`. `fallback` stands in when nothing is left.
 */
export function billText(text: string, fallback: string, mostBytes = mostDescriptionBytes): string {
  let cut = "";
  let bytes = 0;
  for (const character of plainText(text)) {
    bytes += Buffer.byteLength(character);
    if (bytes > mostBytes) break;
    cut += character;
  }
  return cut.trimEnd() || fallback;
}

function plainText(text: string): string {
  return text
    .replaceAll(/[\u{10000}-\u{10FFFF}\p{Cs}\p{Cf}\p{Variation_Selector}]/gu, "")
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .replaceAll("`", "'") // the bill marks its cells with backticks and quotes nothing
    .trim();
}
