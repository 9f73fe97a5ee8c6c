import type { NodeOf, Rule } from "./rule.ts";

type Division = NodeOf<"BinaryExpression">;

const moneyNames = /(?:fen|price|amount|total|gross|change)$/i;
const wholeDivision = new Set(["floor", "ceil", "trunc"]);

/**
 * Dividing money needs a named rounding of core/money, where this rule is off. Refuses `/` and `/=` on anything named
 * as money, and with the option `{ whole: true }` (core) every `/` that is not the argument of Math.floor, ceil or trunc.
 */
export const namedDivision: Rule = {
  meta: { schema: [{ type: "object", properties: { whole: { type: "boolean" } }, additionalProperties: false }] },
  create: (context) => {
    // The configuration hands options through as JSON.
    const { whole } = (context.options[0] ?? {}) as { readonly whole?: boolean };
    return {
      BinaryExpression(node) {
        if (node.operator !== "/") return;
        if (speaksOfMoney(node.left) || speaksOfMoney(node.right))
          context.report({ node, message: "Money is divided by the named roundings of core/money only." });
        else if (whole && !isWholeDivision(node))
          context.report({
            node,
            message: "Say how a division rounds: Math.floor, Math.ceil or Math.trunc around it.",
          });
      },
      AssignmentExpression(node) {
        if (node.operator === "/=" && (whole || speaksOfMoney(node.left)))
          context.report({ node, message: "Say how a division rounds: no `/=`." });
      },
    };
  },
};

function speaksOfMoney(node: { readonly type: string }): boolean {
  // Every node has a type; which others it has follows from the case below.
  const part = node as Division["left"] | NodeOf<"AssignmentExpression">["left"];
  switch (part.type) {
    case "Identifier":
      return moneyNames.test(part.name);
    case "MemberExpression":
      return part.property.type === "Identifier" && moneyNames.test(part.property.name);
    case "BinaryExpression":
      return speaksOfMoney(part.left) || speaksOfMoney(part.right);
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSNonNullExpression":
      return speaksOfMoney(part.expression);
    default:
      return false;
  }
}

function isWholeDivision(node: Division): boolean {
  const call = node.parent.type === "ParenthesizedExpression" ? node.parent.parent : node.parent;
  if (call?.type !== "CallExpression" || call.callee.type !== "MemberExpression") return false;
  const { object, property } = call.callee;
  return (
    object.type === "Identifier" &&
    object.name === "Math" &&
    property.type === "Identifier" &&
    wholeDivision.has(property.name)
  );
}
