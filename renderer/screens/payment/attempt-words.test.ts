import { expect, test } from "vitest";
import type { AttemptView } from "#contract/ipc/till-view.ts";
import { fen } from "#core/money/fen.ts";
import { tillTextOf } from "../../i18n/till-texts.ts";
import { attemptSentence, causeSentence } from "./attempt-words.ts";

const text = tillTextOf("en");
const cancelling: AttemptView = {
  outTradeNo: "T01261122143207k3",
  saleId: "sale-1",
  kind: "codepay",
  amountFen: fen(2650),
  word: "not-known",
  phase: "cancelling",
  refusedReason: null,
  unknownCause: null,
  wasRefunded: false,
  startedAtMs: 0,
  deadlineAtMs: null,
  canAsk: true,
  canGiveBack: false,
  canCancel: false,
  codeUrl: null,
};

test("tells why the money was refused while the order is still being reversed, and still not to charge again", () => {
  const refused = { ...cancelling, refusedReason: "not-enough-money" } as const;
  expect(attemptSentence(refused, text)).toBe(text("attempt.phase.cancelling"));
  expect(causeSentence(refused, text)).toBe(text("attempt.refused.not-enough-money"));
});

test("says the reason before what went wrong while reversing", () => {
  const both = { ...cancelling, refusedReason: "not-enough-money", unknownCause: "timeout" } as const;
  expect(causeSentence(both, text)).toBe(text("attempt.refused.not-enough-money"));
});

test("says nothing of a reason where nobody refused", () => {
  expect(causeSentence(cancelling, text)).toBeNull();
  expect(causeSentence({ ...cancelling, unknownCause: "network" }, text)).toBe(text("attempt.cause.network"));
});
