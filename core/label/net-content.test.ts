import fc from "fast-check";
import { expect, test } from "vitest";
import { netContentOf } from "./net-content.ts";

test.each([
  ["可口可乐 500ml", 500_000, "ml"],
  ["农夫山泉饮用天然水 1.5L", 1_500_000, "ml"],
  ["伊利纯牛奶 250ml盒", 250_000, "ml"],
  ["金龙鱼大米5公斤", 5_000_000, "g"],
  ["Sea salt 350 g", 350_000, "g"],
  ["啤酒 330ml×6", 1_980_000, "ml"],
  ["啤酒 6x330ml 罐装", 1_980_000, "ml"],
  ["坚果 25g*30袋", 750_000, "g"],
  ["酱油５００毫升", 500_000, "ml"],
  ["洗衣液 2㎏", 2_000_000, "g"],
] as const)("what is in %s is read from its name", (name, thousandths, measure) => {
  expect(netContentOf(name)).toEqual({ thousandths, measure });
});

test.each([
  ["牙刷", "nothing is said"],
  ["组合装 100g+20g", "two amounts are said"],
  ["5G 手机卡", "it is no package"],
  ["USB 64GB", "it is another unit"],
  ["纸巾 3层100抽", "it is no amount"],
  ["啤酒 2×330ml×6", "it is multiplied twice"],
  ["桶装水 900L", "no shelf holds it"],
  ["v2.500ml", "the number belongs to a version"],
] as const)("nothing is read from %s: %s", (...[name]) => {
  expect(netContentOf(name)).toBeNull();
});

test("any amount a package says comes through to the thousandth, wherever it stands in the name", () => {
  const words = fc.stringMatching(/^[茶奶果盒装 ]{0,8}$/);
  const amount = fc.integer({ min: 10_000, max: 99_999_000 });
  fc.assert(
    fc.property(words, amount, fc.constantFrom("g", "ml"), words, (before, thousandths, measure, behind) => {
      const digits = String(thousandths).padStart(4, "0");
      const name = `${before}${digits.slice(0, -3)}.${digits.slice(-3)}${measure}${behind}`;
      expect(netContentOf(name)).toEqual({ thousandths, measure });
    }),
  );
});
