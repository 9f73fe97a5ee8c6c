import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "@swc/core";
import { projectRoot } from "#scripts/electron-runtime.ts";

/** A text in head office's sources that a database is sent. */
export interface Statement {
  readonly file: string;
  /** One line; `§` stands where a part is put in. */
  readonly text: string;
}

const verbs = /^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|WITH)\b/;

/** Every text of head office that begins as SQL does. */
export function readStatements(): readonly Statement[] {
  const files = readdirSync(join(projectRoot, "headoffice"), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.startsWith("web"))
    .flatMap((file) => {
      const source = readFileSync(join(projectRoot, "headoffice", file), "utf8");
      const texts: string[] = [];
      collect(parseSync(source, { syntax: "typescript", target: "es2024" }), texts);
      return texts
        .filter((text) => verbs.test(text))
        .map((text) => ({ file, text: text.replaceAll(/\s+/g, " ").trim() }));
    });
}

function collect(node: unknown, texts: string[]): void {
  if (Array.isArray(node)) {
    for (const one of node) collect(one, texts);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  if ("type" in node && node.type === "StringLiteral" && "value" in node) texts.push(String(node.value));
  if ("type" in node && node.type === "TemplateLiteral" && "quasis" in node && Array.isArray(node.quasis)) {
    texts.push(node.quasis.map((quasi: { readonly cooked?: string }) => quasi.cooked ?? "").join("§"));
  }
  for (const value of Object.values(node)) collect(value, texts);
}
