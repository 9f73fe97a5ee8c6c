/**
 * What one byte stands for outside Chinese mode: the code page chosen by ESC t for 0x80–0xFF, and the international set
 * chosen by ESC R for a dozen ASCII places. Page numbers are Epson's; pages that are not here count as unknown.
 */

/** The pages of the PC world that have no web encoding: characters 0x80 to 0xFF in order. */
const spelledPages: ReadonlyMap<number, string> = new Map([
  [
    0,
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0",
  ],
  [
    2,
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0",
  ],
  [
    19,
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0",
  ],
]);

/** The pages the platform decodes itself (WHATWG names), by Epson's number. */
const platformPages: ReadonlyMap<number, string> = new Map([
  [16, "windows-1252"],
  [17, "ibm866"],
  [39, "iso-8859-2"],
  [40, "iso-8859-15"],
  [45, "windows-1250"],
  [46, "windows-1251"],
  [47, "windows-1253"],
  [48, "windows-1254"],
  [49, "windows-1255"],
  [50, "windows-1256"],
  [51, "windows-1257"],
  [52, "windows-1258"],
]);

/** The ASCII places an international set may replace, in the order of the strings below. */
const replacedPlaces = "#$@[\\]^`{|}~";

/** ESC R 0–15 (Epson reference, "Character Code Tables, International character sets"). */
const internationalSets: readonly string[] = [
  "#$@[\\]^`{|}~", // USA
  "#$à°ç§^`éùè¨", // France
  "#$§ÄÖÜ^`äöüß", // Germany
  "£$@[\\]^`{|}~", // United Kingdom
  "#$@ÆØÅ^`æøå~", // Denmark I
  "#¤ÉÄÖÅÜéäöåü", // Sweden
  "#$@°\\é^ùàòèì", // Italy
  "₧$@¡Ñ¿^`¨ñ}~", // Spain I
  "#$@[¥]^`{|}~", // Japan
  "#¤ÉÆØÅÜéæøåü", // Norway
  "#$ÉÆØÅÜéæøåü", // Denmark II
  "#$á¡Ñ¿é`íñóú", // Spain II
  "#$á¡Ñ¿éüíñóú", // Latin America
  "#$@[₩]^`{|}~", // Korea
  "#$ŽŠĐĆČžšđćč", // Slovenia and Croatia
  "#¥@[\\]^`{|}~", // China: this is how ESC R 15 turns a dollar into a yuan sign
];

export function isKnownCodePage(page: number): boolean {
  return spelledPages.has(page) || platformPages.has(page);
}

export function isKnownInternationalSet(set: number): boolean {
  return set < internationalSets.length;
}

/** The character of a byte 0x80–0xFF on a known page, or undefined where the page has a hole. */
export function characterOnPage(page: number, byte: number): string | undefined {
  const spelled = spelledPages.get(page);
  if (spelled !== undefined) return spelled[byte - 0x80];
  const encoding = platformPages.get(page);
  if (encoding === undefined) return undefined;
  const character = new TextDecoder(encoding).decode(Uint8Array.of(byte));
  // The web encodings fill their holes with C1 controls or U+FFFD; a printer has no glyph for either.
  return character === "\ufffd" || (character >= "\u0080" && character <= "\u009f") ? undefined : character;
}

/** The character of a byte 0x20–0x7E under a known international set. */
export function asciiCharacter(set: number, byte: number): string {
  const ascii = String.fromCharCode(byte);
  const place = replacedPlaces.indexOf(ascii);
  return (place >= 0 ? internationalSets[set]?.[place] : undefined) ?? ascii;
}
