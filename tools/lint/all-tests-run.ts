import type { Rule } from "./rule.ts";

const suites = new Set(["it", "test", "describe", "suite", "bench"]);
const waysOut = new Set(["skip", "only", "todo"]);

/** A test that is skipped proves nothing and one that runs alone hides the rest. Refuses skip, only and todo. */
export const allTestsRun: Rule = {
  create: (context) => ({
    MemberExpression(node) {
      if (node.property.type !== "Identifier" || !waysOut.has(node.property.name)) return;
      let owner = node.object;
      // it.concurrent.only, describe.each(…).skip: what the chain starts with.
      while (owner.type === "MemberExpression" || owner.type === "CallExpression")
        owner = owner.type === "MemberExpression" ? owner.object : owner.callee;
      if (owner.type === "Identifier" && suites.has(owner.name))
        context.report({ node, message: `Every test runs every time: no ${node.property.name}.` });
    },
    Identifier(node) {
      if (/^(?:x(?:it|test|describe)|f(?:it|describe))$/.test(node.name) && node.parent.type === "CallExpression")
        context.report({ node, message: `Every test runs every time: no ${node.name}.` });
    },
  }),
};
