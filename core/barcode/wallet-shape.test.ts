import { expect, it } from "vitest";
import { walletShapeOf } from "./wallet-shape.ts";

it.each([
  ["130612345678901234", null, "wechat"],
  ["130612345678901234", "]Q1", "wechat"],
  ["280612345678901234", "]C0", "alipay"],
  ["6212345678901234567", null, "unionpay"],
  // Twice in one go, and behind letters of a prefix.
  ["130612345678901234130612345678901234", null, "wechat"],
  ["QR:130612345678901234", null, "wechat"],
  // A product, a GS1 label, a label of 18 digits that the scanner read as ITF.
  ["6920536012350", null, null],
  ["010952123454321310LOT1", null, null],
  ["261234501234017500", "]I1", null],
  ["13061234567890123", null, null],
] as const)("%s read as %s looks like a code of %s", (text, aim, wallet) => {
  expect(walletShapeOf(text, aim)).toBe(wallet);
});
