/*
 * The little of XML that APIv2 needs: one root, one level of elements, text. No DTD, no entity but the five of XML
 * itself, no attribute, no comment: what is not understood is refused whole, so there is nothing to expand or fetch.
 */

const mostCharacters = 65_536;
const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Fields as `<xml><name>text</name>…</xml>`. Names are ours; texts are escaped. */
export function writeFlatXml(fields: Readonly<Record<string, string>>): string {
  const elements = Object.entries(fields).map(([name, text]) => `<${name}>${escaped(text)}</${name}>`);
  return `<xml>${elements.join("")}</xml>`;
}

/** The fields of such a text; null when it is anything else, or names a field twice. */
export function readFlatXml(text: string): ReadonlyMap<string, string> | null {
  if (text.length > mostCharacters) return null;
  const root = /^\uFEFF?\s*(?:<\?xml [^<>?]*\?>\s*)?<xml>([^]*)<\/xml>\s*$/u.exec(text);
  if (root === null) return null;
  const fields = new Map<string, string>();
  const element = /\s*<([A-Za-z_][0-9A-Za-z_.-]{0,63})>(?:<!\[CDATA\[([^]*?)\]\]>|([^<]*))<\/\1>\s*/uy;
  const inner = root[1] ?? "";
  while (element.lastIndex < inner.length) {
    const match = element.exec(inner);
    if (match === null) return inner.trim() === "" ? fields : null;
    const [, name = "", cdata, plain = ""] = match;
    const value = cdata ?? unescaped(plain);
    if (value === null || fields.has(name)) return null;
    fields.set(name, value);
  }
  return fields;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function unescaped(text: string): string | null {
  let isKnown = true;
  const plain = text.replaceAll(/&([^;&]*);?/gu, (whole, name: string) => {
    const character = Object.hasOwn(named, name) && whole.endsWith(";") ? named[name] : undefined;
    if (character === undefined) isKnown = false;
    return character ?? "";
  });
  return isKnown ? plain : null;
}
