import type { NodeOf, Rule, RuleContext } from "./rule.ts";

/**
 * A cast silences the compiler, so a sentence must say why it is right: a comment inside the statement, at its end or
 * on the line above it. `as const` and casts to `unknown` lose nothing and need none.
 */
export const reasonedCasts: Rule = {
  create: (context) => ({
    TSAsExpression(node) {
      if (!isHarmless(node) && !hasReason(node, context))
        context.report({ node, message: "Say in a comment why this cast is right." });
    },
  }),
};

function isHarmless({ typeAnnotation }: NodeOf<"TSAsExpression">): boolean {
  if (typeAnnotation.type === "TSUnknownKeyword") return true;
  return (
    typeAnnotation.type === "TSTypeReference" &&
    typeAnnotation.typeName.type === "Identifier" &&
    typeAnnotation.typeName.name === "const"
  );
}

function hasReason(node: NodeOf<"TSAsExpression">, { sourceCode }: RuleContext): boolean {
  let statement: { readonly type: string; readonly parent?: unknown; readonly loc: { start: { line: number } } } = node;
  while (statement.parent && !/Statement$|Declaration$|^PropertyDefinition$|^Property$/.test(statement.type))
    statement = statement.parent as typeof statement; // a node's parent is a node
  const from = statement.loc.start.line - 1;
  const to = node.loc.end.line;
  return sourceCode.getAllComments().some(({ loc }) => loc.end.line >= from && loc.start.line <= to);
}
