import type { Rule } from "./rule.ts";

/**
 * Time, ids and random numbers are arguments of the business, so that a test or a replayed journal gives the same sale.
 * Refuses Date, performance, crypto and Math.random. (Timers, fetch and process do not exist in core's types at all.)
 */
export const timeAndChance: Rule = {
  create: (context) => ({
    Identifier(node) {
      if (!["Date", "performance", "crypto"].includes(node.name)) return;
      const parent = node.parent;
      const isMember = parent.type === "MemberExpression" && parent.property === node && !parent.computed;
      const isKey = parent.type === "Property" && parent.key === node && !parent.computed;
      if (!isMember && !isKey)
        context.report({ node, message: `${node.name}: take the time or the id as an argument.` });
    },
    MemberExpression(node) {
      const { object, property } = node;
      if (object.type === "Identifier" && object.name === "Math" && property.type === "Identifier")
        if (property.name === "random")
          context.report({ node, message: "Math.random: take random numbers as an argument." });
    },
  }),
};
