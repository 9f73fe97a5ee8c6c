export interface KnownHole {
  readonly name: string;
  readonly severity: string;
  readonly isShipped: boolean;
}

export type Advisories =
  | { readonly kind: "answered"; readonly found: readonly KnownHole[] }
  /** Not every registry has the service, and not every machine a way to one. */
  | { readonly kind: "not-asked"; readonly why: string };

/** What `npm audit --json` says; anything that is not its report is no answer, and never "nothing known". */
export function advisoriesIn(report: unknown, shipped: ReadonlySet<string>): Advisories {
  if (!isObject(report)) return { kind: "not-asked", why: "npm gave no report" };
  const { vulnerabilities } = report;
  if (!isObject(vulnerabilities)) return { kind: "not-asked", why: whyOf(report) };
  const found = Object.entries(vulnerabilities).map(([name, told]) => {
    const severity = isObject(told) && typeof told["severity"] === "string" ? told["severity"] : "unknown";
    return { name, severity, isShipped: shipped.has(name) };
  });
  return { kind: "answered", found };
}

function whyOf(report: Readonly<Record<string, unknown>>): string {
  const error = isObject(report["error"]) ? report["error"] : {};
  const words = [error["summary"], report["message"], error["message"], error["code"]];
  const said = words.find(isSaid) ?? "npm gave no reason";
  // The message may name a registry, which is this machine's own business.
  return said.replaceAll(/https?:\/\/\S+/g, "(registry)").slice(0, 200);
}

function isSaid(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
