import type { RuleTester } from "oxlint/plugins-dev";

/** A lint rule by ESLint's interface, which oxlint's JavaScript plugins follow. */
export type Rule = Extract<Parameters<RuleTester["run"]>[1], { readonly create: unknown }>;
export type RuleContext = Parameters<Rule["create"]>[0];
export type Visitor = ReturnType<Rule["create"]>;

/** The nodes a visitor is given, by the name it visits them under. */
export type NodeOf<Kind extends keyof Visitor> =
  NonNullable<Visitor[Kind]> extends (node: infer Node) => void ? Node : never;
