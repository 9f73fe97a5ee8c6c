/** Headers as lines of `name: value`; a name that comes twice has its last value. */
export function headersIn(text: string): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  for (const line of text.split("\n")) {
    const at = line.indexOf(": ");
    if (at > 0 && line[0] !== "_") headers[line.slice(0, at).toLowerCase()] = line.slice(at + 2);
  }
  return headers;
}

export function headerText(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}
