import fc from "fast-check";
import { expect, test } from "vitest";
import { redact } from "./redact.ts";

test("a payment code is masked wherever it stands", () => {
  const code = fc
    .tuple(fc.integer({ min: 10, max: 15 }), fc.stringMatching(/^\d{16}$/))
    .map(([head, tail]) => `${head}${tail}`);
  fc.assert(
    fc.property(code, fc.stringMatching(/^[a-z :]{0,10}$/), (secret, words) => {
      const written = JSON.stringify(
        redact({ message: `${words}${secret}${words}`, deep: [{ cause: new Error(secret) }] }),
      );
      return !written.includes(secret);
    }),
  );
});

test("values under the names of secrets are never written", () => {
  expect(redact({ pin: "1234", approvalPin: "9", nested: { authCode: "x", privateKeyPem: "y" } })).toEqual({
    pin: "***",
    approvalPin: "***",
    nested: { authCode: "***", privateKeyPem: "***" },
  });
});

test("other digits stay readable: barcodes, sale numbers, out_trade_no", () => {
  const facts = { barcode: "6920536012350", label: "261234501234017500", number: "S1T01261122193205AB" };
  expect(redact(facts)).toEqual(facts);
});
