import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { createShopRefunds } from "./shop-refunds.ts";
import type { Nearest } from "./nearest.ts";
import type { OfficeAnswer } from "./signed-wire.ts";

const { privateKey } = generateKeyPairSync("ed25519");
const goods = { returnId: "r", lines: [{ lineNumber: 1, quantity: 1_000 }] };
const asked = { grantId: "g", sale: { terminalId: "T01", saleId: "s" }, tenderId: "t", amountFen: 1, receipt: null };
const own = "/v1/terminals/BJ01-T02";

/** Answers by the last part of the address; keeps what was asked. */
function office(answers: Readonly<Record<string, OfficeAnswer<unknown>>>) {
  const questions: { readonly path: string; readonly body: unknown }[] = [];
  const nearest: Pick<Nearest, "ask"> = {
    async ask<T>({ path, body }: Parameters<Nearest["ask"]>[0]) {
      questions.push({ path, body });
      const answer = answers[path.split("/").at(-1) ?? ""] ?? { kind: "no-answer", isTimeout: false, detail: "" };
      return { place: "office" as const, answer: answer as OfficeAnswer<T> }; // as the test wrote it
    },
  };
  const refunds = createShopRefunds({
    terminal: { storeCode: "BJ01", terminalId: "T02" },
    nearest: { ...nearest, places: ["office"], askAt: () => Promise.reject(new Error("nobody asks one place")) },
    store: { shopTills: () => [] },
    key: () => ({ privateKey, publicKey: "" }),
  });
  return { refunds, questions };
}

test("goods are asked for at their own address, and their lines may be over", async () => {
  const over = { kind: "over-line", lineNumber: 1, remaining: 0 } as const;
  const { refunds, questions } = office({ "return-grants": { kind: "ok", value: over } });
  expect(await refunds.grant({ ...asked, goods })).toEqual({ place: "office", answer: over });
  expect(questions).toEqual([{ path: `${own}/return-grants`, body: { ...asked, goods } }]);
});

test("a head office of before is asked for the money alone, in words it knows", async () => {
  const { refunds, questions } = office({
    "return-grants": { kind: "refused", fault: { kind: "not-found", detail: "" }, retryAfterMs: null },
    "refund-grants": { kind: "ok", value: { kind: "granted" } },
  });
  expect(await refunds.grant({ ...asked, goods })).toEqual({ place: "office", answer: { kind: "granted" } });
  expect(questions.at(-1)).toEqual({ path: `${own}/refund-grants`, body: asked });
});

test("where nobody answers, nobody is asked twice; a till that is not answered is told so", async () => {
  const none = office({});
  expect([await none.refunds.grant({ ...asked, goods }), none.questions.length]).toEqual([null, 1]);
  const fault = { kind: "revoked", detail: "" } as const;
  const revoked = office({ "return-grants": { kind: "refused", fault, retryAfterMs: null } });
  expect(await revoked.refunds.grant({ ...asked, goods })).toBe("refused");
});

test("money without goods is asked for as ever", async () => {
  const { refunds, questions } = office({ "refund-grants": { kind: "ok", value: { kind: "granted" } } });
  await refunds.grant(asked);
  expect(questions).toEqual([{ path: `${own}/refund-grants`, body: asked }]);
});
