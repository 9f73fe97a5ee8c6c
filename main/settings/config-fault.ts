import type { z } from "zod";

/** One thing that is wrong in terminal.json, for a person who edits it by hand. */
export interface ConfigProblem {
  /** Path of the key, such as `devices.printer.transport.baudRate`; empty for the file as a whole. */
  readonly path: string;
  readonly zh: string;
  readonly en: string;
}

/** At most so many problems are worth reading at once. */
const problemsShown = 12;

export function problemsOf(error: z.ZodError, input: unknown): readonly ConfigProblem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue, input)).slice(0, problemsShown);
}

function problemsOfIssue(issue: z.core.$ZodIssue, input: unknown): readonly ConfigProblem[] {
  const path = issue.path.map(String).join(".");
  const got = show(valueAt(input, issue.path));
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: path === "" ? key : `${path}.${key}`,
        zh: "不认识的键；请检查拼写，或删除它",
        en: "unknown key; check its spelling or remove it",
      }));
    case "invalid_type": {
      const isMissing = valueAt(input, issue.path) === undefined;
      if (isMissing) return [{ path, zh: `缺少；应为 ${issue.expected}`, en: `missing; expected ${issue.expected}` }];
      return [expected(path, issue.expected, got)];
    }
    case "invalid_value":
      return [expected(path, issue.values.map((value) => JSON.stringify(value)).join(" | "), got)];
    case "too_small":
      return [expected(path, `≥ ${issue.minimum}${lengthOf(issue.origin)}`, got)];
    case "too_big":
      return [expected(path, `≤ ${issue.maximum}${lengthOf(issue.origin)}`, got)];
    case "invalid_format":
      return [expected(path, issue.pattern ?? issue.format, got)];
    default:
      return [{ path, zh: `${issue.message}；现在是 ${got}`, en: `${issue.message}; got ${got}` }];
  }
}

function expected(path: string, what: string, got: string): ConfigProblem {
  return { path, zh: `应为 ${what}，现在是 ${got}`, en: `expected ${what}, got ${got}` };
}

function lengthOf(origin: string): string {
  return origin === "string" ? " characters" : origin === "array" ? " entries" : "";
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function show(value: unknown): string {
  if (value === undefined) return "(nothing)";
  try {
    return JSON.stringify(value).slice(0, 80);
  } catch {
    return Array.isArray(value) ? "[…]" : "{…}"; // nested deeper than can be written down
  }
}
