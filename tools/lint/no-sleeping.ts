import type { NodeOf, Rule } from "./rule.ts";

const message = "Poll for what the test waits for (vi.waitFor, expect.poll) instead of sleeping.";

/**
 * A test that sleeps is slow on a fast machine and wrong on a slow one. Refuses Playwright's waitForTimeout, the promised
 * setTimeout of node:timers/promises and `new Promise` around a setTimeout that does nothing but resolve it. A limit on a
 * wait (a setTimeout that rejects) is fine.
 */
export const noSleeping: Rule = {
  create: (context) => ({
    CallExpression(node) {
      const { callee } = node;
      const name = callee.type === "MemberExpression" && callee.property.type === "Identifier" && callee.property.name;
      if (name === "waitForTimeout") context.report({ node, message });
    },
    ImportDeclaration(node) {
      if (/^(?:node:)?timers\/promises$/.test(node.source.value)) context.report({ node, message });
    },
    NewExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "Promise" && isSleep(node))
        context.report({ node, message });
    },
  }),
};

function isSleep(promise: NodeOf<"NewExpression">): boolean {
  const executor = promise.arguments[0];
  if (executor?.type !== "ArrowFunctionExpression" && executor?.type !== "FunctionExpression") return false;
  const resolve = executor.params[0];
  if (resolve?.type !== "Identifier" || executor.body === null) return false;
  const timer = onlyExpression(executor.body);
  if (timer?.type !== "CallExpression" || timer.callee.type !== "Identifier") return false;
  if (timer.callee.name !== "setTimeout") return false;
  const then = timer.arguments[0];
  if (then?.type === "Identifier") return then.name === resolve.name;
  if (then?.type !== "ArrowFunctionExpression" || then.body === null) return false;
  const call = onlyExpression(then.body);
  return call?.type === "CallExpression" && call.callee.type === "Identifier" && call.callee.name === resolve.name;
}

type Body = NonNullable<NodeOf<"ArrowFunctionExpression">["body"]>;

/** The expression a function consists of, whether written with or without braces. */
function onlyExpression(body: Body) {
  if (body.type !== "BlockStatement") return body.type === "UnaryExpression" ? body.argument : body;
  const [first, ...rest] = body.body;
  if (rest.length > 0) return undefined;
  if (first?.type === "ExpressionStatement") return first.expression;
  return first?.type === "ReturnStatement" ? (first.argument ?? undefined) : undefined;
}
