import type { Rule } from "./rule.ts";

/**
 * The business counts in whole fen, grams and thousandths: a fraction in its source is money about to be lost.
 * Refuses numeric literals that are no integers.
 */
export const wholeNumbers: Rule = {
  create: (context) => ({
    Literal(node) {
      if (typeof node.value === "number" && !Number.isSafeInteger(node.value))
        context.report({ node, message: `${node.raw} is no whole number: count in fen, grams or thousandths.` });
    },
  }),
};
