import { z } from "zod";
import { terminalConfigSchema } from "#contract/config/terminal.ts";

/** The JSON Schema that editors check terminal.json with. */
export function terminalJsonSchema(): string {
  const schema = z.toJSONSchema(terminalConfigSchema, { io: "input", target: "draft-2020-12" });
  return `${JSON.stringify({ title: "Tillway terminal.json", ...schema }, null, 2)}\n`;
}

interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
}

/** One row of docs/CONFIG.md for every key, in the order of the schema. */
export function configTable(): string {
  // Our own schema, printed by zod: it has just these fields.
  const root = JSON.parse(terminalJsonSchema()) as Node;
  const rows = rowsOf(root, "");
  return ["| key | type and limits | default | what it is |", "|---|---|---|---|", ...rows].join("\n");
}

function rowsOf(node: Node, path: string): readonly string[] {
  const choices = variantsOf(node);
  if (choices.length > 0) return choices.flatMap((choice) => rowsOf(choice, `${path}${variantName(choice)}`));
  if (node.items !== undefined) return rowsOf(node.items, `${path}[]`);
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const childPath = path === "" ? key : `${path}.${key}`;
    const isRequired = node.required?.includes(key) === true;
    const inner = rowsOf(child, childPath);
    return [rowOf(childPath, child, isRequired), ...inner];
  });
}

function variantsOf(node: Node): readonly Node[] {
  return (node.oneOf ?? node.anyOf ?? []).filter((choice) => choice.properties !== undefined);
}

/** Which of several shapes, told by its `kind`. */
function variantName(node: Node): string {
  const kind = node.properties?.["kind"]?.const;
  return typeof kind === "string" ? `(${kind})` : "";
}

function rowOf(path: string, node: Node, isRequired: boolean): string {
  const fallback = node.default === undefined ? (isRequired ? "required" : "–") : `\`${JSON.stringify(node.default)}\``;
  return `| \`${path}\` | ${typeOf(node)} | ${fallback} | ${node.description ?? ""} |`;
}

function typeOf(node: Node): string {
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``;
  const values = node.enum ?? node.anyOf?.map((choice) => choice.const).filter((value) => value !== undefined) ?? [];
  if (values.length > 0) return values.map((value) => `\`${JSON.stringify(value)}\``).join(" or ");
  if (variantsOf(node).length > 0) return `one of ${variantsOf(node).map(variantName).join(", ")}`;
  return [node.type ?? "", ...limitsOf(node)]
    .filter((part) => part !== "")
    .join(", ")
    .replaceAll("|", "\\|");
}

function limitsOf(node: Node): readonly string[] {
  return [
    node.minimum === undefined ? "" : `${node.minimum}…${node.maximum ?? ""}`,
    node.maxLength === undefined ? "" : `${node.minLength ?? 0}–${node.maxLength} characters`,
    node.maxItems === undefined ? "" : `at most ${node.maxItems}`,
    node.pattern === undefined || node.format !== undefined ? "" : `\`${node.pattern}\``,
    node.format ?? "",
  ];
}
