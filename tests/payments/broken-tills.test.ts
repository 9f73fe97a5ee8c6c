import { afterEach, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import type { PaidFacts } from "#core/tender/gateway-answer.ts";
import type { Course } from "./course.ts";
import { course } from "./fault-courses.ts";
import { createScenes, type Scenes } from "./run-cell.ts";
import type { Port } from "./scene.ts";

/*
 * The control of the fault matrix: clients that break the rules, each one way. The till is driven by what it is told, so
 * it goes wrong with them, and the matrix has to say so.
 */

let scenes: Scenes | null = null;
afterEach(() => scenes?.close());

async function complaintsAbout(spoil: (port: Port) => Port, told: Course): Promise<string> {
  scenes = createScenes(spoil);
  const [ran] = await scenes.run({ way: told.way, stage: "story", fault: told.name, courses: [told] });
  return ran?.complaints.join("\n") ?? "";
}

const facts: PaidFacts = {
  ...{ transactionId: "4200000000000000000000000000", payerTotalFen: fen(1_000) },
  successTime: "2026-11-21T12:00:00+08:00",
};
const once = (operation: "codepay" | "refund", outcome: Course["wrongs"][number]["outcome"]): Partial<Course> => ({
  wrongs: [{ operation, outcome, times: 1 }],
});

it("a client that takes an unknown answer for paid is found out", async () => {
  const spoil = (port: Port): Port => ({
    ...port,
    async pay(order, code) {
      const answer = await port.pay(order, code);
      return answer.kind === "unknown" ? { kind: "paid", facts } : answer;
    },
  });
  const found = await complaintsAbout(spoil, course("v3", "story", "not charged", once("codepay", "system-error")));
  expect(found).toContain("the screen says paid, and the gateway holds no money");
  expect(found).toContain("the sale is complete and the gateway holds 0 fen");
});

it("a client that takes a time-out for a refusal is found out", async () => {
  const spoil = (port: Port): Port => ({
    ...port,
    async pay(order, code) {
      const answer = await port.pay(order, code);
      return answer.kind === "unknown" ? { kind: "refused", reason: "code-expired", code: "TIMEOUT" } : answer;
    },
  });
  const told = course("v3", "story", "charged, unheard", once("codepay", "never-answered-but-charged"));
  const found = await complaintsAbout(spoil, told);
  expect(found).toContain("the screen says not paid, and the gateway holds the money");
  expect(found).toContain("the sale is open and the gateway holds 1000 fen");
});

it("a client that posts a payment code again after an unknown answer is found out", async () => {
  const spoil = (port: Port): Port => ({
    ...port,
    async pay(order, code) {
      const answer = await port.pay(order, code);
      return answer.kind === "unknown" ? port.pay(order, code) : answer;
    },
  });
  const found = await complaintsAbout(spoil, course("v3", "story", "unheard", once("codepay", "reset-but-done")));
  expect(found).toContain("broke a rule of the gateway: codepay-sent-twice");
});

it("a client that takes its own wish for a reverse is found out", async () => {
  const spoil = (port: Port): Port => ({
    ...port,
    reverse: () => Promise.resolve({ kind: "accepted" }),
    async query(...asked) {
      const answer = await port.query(...asked);
      return answer.kind === "paid" || answer.kind === "user-paying" ? { kind: "revoked" } : answer;
    },
  });
  const told = course("v3", "story", "cancelled", {
    ...{ phone: "password", wrongs: [] },
    happenings: [
      { kind: "cancel", atMs: 3_000 },
      { kind: "password", accepts: true, atMs: 14_000 },
    ],
  });
  expect(await complaintsAbout(spoil, told)).toContain("the screen says not paid, and the gateway holds the money");
});

it("a client that takes its own wish for a close is found out when the customer pays after all", async () => {
  const spoil = (port: Port): Port => ({ ...port, close: () => Promise.resolve({ kind: "closed" }) });
  const told = course("native", "story", "cancelled", {
    ...{ happenings: [{ kind: "cancel", atMs: 5_000 }], qr: { paysAfterMs: 9_000 } },
  });
  expect(await complaintsAbout(spoil, told)).toContain("the screen says not paid, and the gateway holds the money");
});

it("a client that asks for a refund again under a new number is found out", async () => {
  const tries = new Map<string, number>();
  const renumber = (order: Parameters<Port["refund"]>[0]): Parameters<Port["refund"]>[0] => {
    const count = (tries.get(order.outRefundNo) ?? 0) + 1;
    tries.set(order.outRefundNo, count);
    return count === 1 ? order : { ...order, outRefundNo: `${order.outRefundNo}x${count}` };
  };
  const spoil = (port: Port): Port => ({ ...port, refund: (order) => port.refund(renumber(order)) });
  const told = course("refund", "story", "unheard", {
    wrongs: [
      { operation: "refund", outcome: "reset-but-done", times: 1 },
      { operation: "refund", outcome: "rate-limited", times: 8 },
    ],
  });
  expect(await complaintsAbout(spoil, told)).toMatch(/given back instead|booked \d+ fen/u);
});

it("a client that takes an unknown answer for a refund is found out", async () => {
  const spoil = (port: Port): Port => ({
    ...port,
    async refund(order) {
      const answer = await port.refund(order);
      if (answer.kind !== "unknown") return answer;
      const told = { refundId: "1", payerRefundFen: null, createTime: null, successTime: null };
      return { kind: "success", facts: told };
    },
  });
  const found = await complaintsAbout(spoil, course("refund", "story", "not done", once("refund", "system-error")));
  expect(found).toContain("the screen says given back, and it is not");
  expect(found).toContain("the till has booked 400 fen and the gateway gave 0");
});

it("a client that never hears of an undo leaves the cashier without a word, which is over the limit", async () => {
  const unknown = { kind: "unknown", cause: "unreadable", code: null } as const;
  const spoil = (port: Port): Port => ({
    ...port,
    pay: (order, code) => port.pay(order, code).then(() => unknown),
    query: () => Promise.resolve(unknown),
  });
  const found = await complaintsAbout(spoil, course("v3", "story", "deaf", {}));
  expect(found).toContain("an attempt never ended");
  expect(found).toContain("no word for ever, limit 180 s");
});
