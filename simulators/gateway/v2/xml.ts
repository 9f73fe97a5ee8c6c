/*
 * The flat XML of protocol V2: one <xml> element with text in its children and nothing deeper. Read by hand, because a
 * whole parser would bring what must not work here: DTDs, entities of the sender's own, nesting.
 */

const element = /^\s*<([A-Za-z_][\w.-]*)>(?:<!\[CDATA\[([\s\S]*?)\]\]>|([^<]*))<\/\1>/;
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The children of `<xml>` by name, or null for anything else: a DTD, attributes, a name twice, bytes not UTF-8. */
export function readXml(bytes: Uint8Array): ReadonlyMap<string, string> | null {
  const text = decode(bytes);
  if (text === null || /<!DOCTYPE|<!ENTITY/i.test(text)) return null;
  const whole = /^\s*(?:<\?xml[^?]*\?>\s*)?<xml>([\s\S]*)<\/xml>\s*$/.exec(text);
  if (whole?.[1] === undefined) return null;
  const found = new Map<string, string>();
  let rest = whole[1];
  while (rest.trim() !== "") {
    const match = element.exec(rest);
    if (match?.[1] === undefined || found.has(match[1])) return null;
    const value = match[2] ?? unescaped(match[3] ?? "");
    if (value === null) return null;
    found.set(match[1], value);
    rest = rest.slice(match[0].length);
  }
  return found;
}

/** `fields` as the gateway writes them: everything in CDATA but numbers. */
export function writeXml(fields: Readonly<Record<string, string>>): string {
  const children = Object.entries(fields).map(([name, value]) => {
    const inner = /^\d+$/.test(value) && value.length < 16 ? value : `<![CDATA[${value.replaceAll("]]>", "]] >")}]]>`;
    return `<${name}>${inner}</${name}>`;
  });
  return `<xml>${children.join("\n")}</xml>`;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The five entities of XML and characters by number; null for any other. */
function unescaped(text: string): string | null {
  let isBad = false;
  const plain = text.replaceAll(/&([^;\s&]*);?/g, (whole, name: string) => {
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const number =
      code === null ? Number.NaN : Number.parseInt(code[1] ?? code[2] ?? "", code[1] === undefined ? 10 : 16);
    const value = number <= 0x10_ffff ? String.fromCodePoint(number) : entities[name];
    if (value === undefined || !whole.endsWith(";")) isBad = true;
    return value ?? "";
  });
  return isBad ? null : plain;
}
