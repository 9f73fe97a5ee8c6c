/** What head office's process says on its standard output, as far as the demo store needs it; docs/HEADOFFICE.md. */
export type OfficeLine =
  | { readonly kind: "ready"; readonly url: string; readonly port: number }
  | { readonly kind: "first-password"; readonly name: string; readonly password: string };

/** Null for whatever else it says. */
export function readOfficeLine(line: string): OfficeLine | null {
  const ready = /^head office ready on (http:\/\/127\.0\.0\.1:(\d{1,5}))$/.exec(line);
  if (ready?.[1] !== undefined && isPort(Number(ready[2]))) {
    return { kind: "ready", url: ready[1], port: Number(ready[2]) };
  }
  const first = /^first sign-in, shown once: name (\S{1,80}), password (\S{1,80})$/.exec(line);
  if (first?.[1] === undefined || first[2] === undefined) return null;
  return { kind: "first-password", name: first[1], password: first[2] };
}

function isPort(number: number): boolean {
  return number >= 1 && number <= 65_535;
}

/** A line of its log, or null for one that tells nothing here: it has a line for every request. */
export function readOfficeLog(line: string): Readonly<Record<string, unknown>> | null {
  let facts: unknown;
  try {
    facts = JSON.parse(line);
  } catch {
    facts = null;
  }
  // A library's warning, or the reason why it could not start.
  if (typeof facts !== "object" || facts === null) return { said: line.slice(0, 500) };
  return "event" in facts && facts.event === "answered" ? null : { ...facts };
}
