import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { goodsOfRefunds, type WorthLine } from "./refunded-goods.ts";

const line = (sku: string | null, worthFen: number): WorthLine => ({
  ...{ sku, categoryId: sku === null ? null : "drinks", taxClass: "general" },
  worthFen: fen(worthFen),
});
const sum = (of: readonly number[]): number => of.reduce((total, one) => total + one, 0);

describe("the goods of a return's refunds", () => {
  it("are handed out in their order: the phone's part is of the first lines, the drawer's of the rest", () => {
    const goods = goodsOfRefunds([line("a", 350), line(null, 0), line("b", 350)], [fen(500), fen(200)]);
    expect(goods.map((of) => of.map(({ sku, amountFen }) => [sku, amountFen]))).toEqual([
      [
        ["a", 350],
        ["b", 150],
      ],
      [["b", 200]],
    ]);
  });

  it("share what goes back where money was given before without goods", () => {
    const [goods] = goodsOfRefunds([line("a", 300), line("b", 100)], [fen(200)]);
    expect(goods?.map(({ amountFen }) => amountFen)).toEqual([150, 50]);
  });

  it("cannot be of more than the goods were worth", () => {
    expect(() => goodsOfRefunds([line("a", 100)], [fen(101)])).toThrow("no more goes back");
  });

  it("sum to each refund and never beyond what a line was worth, however it is split", () => {
    const worths = fc.array(fc.nat(5_000), { minLength: 1, maxLength: 8 });
    const cuts = fc.array(fc.nat(100), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(worths, fc.nat(100), cuts, (worth, percent, weights) => {
        const lines = worth.map((one, index) => line(`s${index}`, one));
        const whole = Math.floor((sum(worth) * percent) / 100);
        let rest = whole;
        const refunds = weights.map((weight, index) => {
          const part = index === weights.length - 1 ? rest : Math.min(rest, Math.floor((whole * weight) / 100));
          rest -= part;
          return fen(part);
        });
        const goods = goodsOfRefunds(lines, refunds);
        expect(goods.map((of) => sum(of.map(({ amountFen }) => amountFen)))).toEqual(refunds);
        for (const { sku, worthFen } of lines) {
          const back = sum(goods.flat().flatMap((one) => (one.sku === sku ? [one.amountFen] : [])));
          expect(back).toBeLessThanOrEqual(worthFen);
          if (percent === 100) expect(back).toBe(worthFen);
        }
        expect(goods.flat().every(({ amountFen }) => amountFen > 0)).toBe(true);
      }),
    );
  });

  it("hold the tax of what came back, to the fen, however its money is split", () => {
    const worths = fc.array(fc.record({ worth: fc.nat(5_000), percent: fc.nat(100) }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(worths, fc.array(fc.nat(4_000), { maxLength: 4 }), (of, cuts) => {
        const lines = of.map(({ worth, percent }, index) => {
          const taxFen = fen(Math.floor((worth * percent) / 100));
          return { ...line(`s${index}`, worth), taxBasisPoints: 1_300, taxFen };
        });
        let left = sum(lines.map(({ worthFen }) => worthFen));
        const refunds = [...cuts, left].map((cut) => {
          const part = Math.min(cut, left);
          left -= part;
          return fen(part);
        });
        const goods = goodsOfRefunds(lines, refunds).flat();
        expect(goods.every(({ taxFen, amountFen }) => taxFen !== undefined && taxFen <= amountFen)).toBe(true);
        expect(sum(goods.map(({ taxFen }) => taxFen ?? 0))).toBe(sum(lines.map(({ taxFen }) => taxFen)));
      }),
    );
  });

  it("say no tax where their sale said none", () => {
    const [goods] = goodsOfRefunds([line("a", 300)], [fen(200)]);
    expect(goods).toEqual([{ sku: "a", categoryId: "drinks", taxClass: "general", amountFen: 200 }]);
  });
});
