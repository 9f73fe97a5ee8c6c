/**
 * Replaces the value of one key of a JSON object's text, or adds it as the last, and leaves every other byte as a person
 * wrote it. `text` must be valid JSON whose top is an object.
 */
export function spliceKey(text: string, key: string, value: unknown): string {
  const indent = indentOf(text);
  const written = JSON.stringify(value, null, indent).replaceAll("\n", `\n${indent}`);
  const span = spanOf(text, key);
  if (span !== null) return `${text.slice(0, span.from)}${written}${text.slice(span.to)}`;
  const end = text.lastIndexOf("}");
  const before = text.slice(0, end).trimEnd();
  const comma = before.endsWith("{") ? "" : ",";
  return `${before}${comma}\n${indent}${JSON.stringify(key)}: ${written}\n${text.slice(end)}`;
}

/** What the first key stands behind; two blanks where the text has one line. */
function indentOf(text: string): string {
  return /^\s*\{\r?\n([ \t]+)"/u.exec(text)?.[1] ?? "  ";
}

/** Where the value of a key of the top object stands; the last one counts, as it does for JSON.parse. */
function spanOf(text: string, key: string): { readonly from: number; readonly to: number } | null {
  let depth = 0;
  let found: { from: number; to: number } | null = null;
  let isOurs = false;
  let from = -1;
  for (const { token, at } of tokensOf(text)) {
    const end = at + token.length;
    if (depth === 1 && (token === "," || token === "}")) {
      if (isOurs) found = { from, to: text.slice(from, at).trimEnd().length + from };
      isOurs = false;
      from = -1;
    }
    if (depth === 1 && token === ":" && from === -1) from = blanksEnd(text, end);
    else if (depth === 1 && from === -1 && token.startsWith('"')) isOurs = JSON.parse(token) === key;
    if (token === "{" || token === "[") depth += 1;
    if (token === "}" || token === "]") depth -= 1;
  }
  return found;
}

function blanksEnd(text: string, at: number): number {
  const blanks = /^\s*/u.exec(text.slice(at))?.[0].length ?? 0;
  return at + blanks;
}

function* tokensOf(text: string): Generator<{ readonly token: string; readonly at: number }> {
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/gu)) yield { token: match[0], at: match.index };
}
