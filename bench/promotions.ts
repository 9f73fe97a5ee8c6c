import { type Cart, type CartLine, maxCartLines } from "#core/cart/cart.ts";
import { fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { evaluatePromotions } from "#core/promotion/evaluate.ts";
import { preparePromotions } from "#core/promotion/prepare.ts";
import { mostPromotions, type Deal, type Promotion } from "#core/promotion/promotion.ts";
import { always, type ShopMoment } from "#core/promotion/schedule.ts";
import { assert } from "#core/result.ts";
import { benchResult, distributionOf, type BenchResult, type Distribution } from "./result.ts";
import { sampleCart } from "./support/sample-sale.ts";

/** The fullest cart a till takes. */
const lineCount = maxCartLines;
const categoryCount = 20;
const measuredCount = 200;
/** The quietest is reported, by its p99: what else the machine does to a round says nothing of the till. */
const rounds = 5;
const warmUpCount = 100;

/** Of the 33 ms a scan has until it is painted. */
const scanBudget = { p99: 4 } as const;
/** A frame at 60 a second, as it happens once: after a start, or when a manager changes a promotion. */
const anewBudget = { p99: 16 } as const;
const noon: ShopMoment = { date: "2026-03-02", weekday: 1, minute: 720 };

/**
 * What promotions add to a scan: one line more in a cart whose others are known, and the whole cart worked out anew, as
 * after a start or when a manager changes a promotion. Beside each the bare sum of the same lines, which no till can do
 * without. Once with as many promotions as a till keeps, spread over categories as a leaflet does, and once with as many of
 * them wanting all of the goods as are ever tried in every order, which is the worst a manager can do.
 */
export async function run(): Promise<readonly BenchResult[]> {
  const cart = largeCart();
  const bare = timesOf(() => void priceCart(cart));
  return [
    { name: `promotions: 200 over ${lineCount} lines`, promotions: leaflet() },
    { name: `promotions: 6 that all want ${lineCount} lines`, promotions: rivals() },
  ].flatMap(({ name, promotions }) => {
    const prepared = preparePromotions(promotions);
    const scans = scansInto(cart);
    const byScan = timesOf(() => void evaluatePromotions(scans(), prepared, noon));
    const carts = anewOf(cart);
    const anew = timesOf(() => void evaluatePromotions(carts(), prepared, noon));
    const of = (what: string, times: Distribution, budget: BenchResult["budget"]): BenchResult =>
      benchResult({
        ...{ name: `${name}, ${what}`, unit: "ms", ...times },
        ...{ limit: bare.p50, ratio: times.p50 / bare.p50, budget },
      });
    return [of("one more scanned", byScan, scanBudget), of("all worked out anew", anew, anewBudget)];
  });
}

/** The cart with another last line each time: the one before is gone and the next is there. */
function scansInto(cart: Cart): () => Cart {
  const kept = cart.lines.slice(1);
  let turn = 0;
  return () => {
    const [line] = cart.lines.slice((turn += 1) % cart.lines.length);
    assert(line !== undefined, "a cart has lines");
    return { ...cart, lines: [...kept, { ...line, id: `scanned-${turn}` }] };
  };
}

/** The cart of lines that nobody has seen before; the same goods. */
function anewOf(cart: Cart): () => Cart {
  const copies = Array.from({ length: warmUpCount }, () => ({
    ...cart,
    lines: cart.lines.map((line) => ({ ...line })),
  }));
  let turn = 0;
  return () => copies[(turn += 1) % copies.length] ?? cart;
}

function timesOf(work: () => void): Distribution {
  for (let turn = 0; turn < warmUpCount; turn += 1) work();
  const measured = Array.from({ length: rounds }, () => {
    const samples = Array.from({ length: measuredCount }, () => {
      const began = performance.now();
      work();
      return performance.now() - began;
    });
    return distributionOf(samples);
  });
  const [quietest] = measured.toSorted((a, b) => a.p99 - b.p99);
  assert(quietest !== undefined, "there is a quietest round");
  return quietest;
}

function largeCart(): Cart {
  const cart = sampleCart("bench", 400);
  const lines = Array.from({ length: lineCount }, (_, index): CartLine => {
    const [line] = cart.lines.slice(index % cart.lines.length);
    assert(line !== undefined, "a sample cart has lines");
    const sku = `SKU${index}`;
    return { ...line, id: `line-${index}`, sku, categoryId: `category-${index % categoryCount}` };
  });
  return { ...cart, lines };
}

function leaflet(): readonly Promotion[] {
  const deals: readonly Deal[] = [
    { kind: "n-for-m", count: 3, payFor: 2 },
    { kind: "nth-off", every: 2, basisPoints: 5_000 },
    { kind: "percent-off", basisPoints: 1_000 },
    { kind: "n-for-price", count: 4, priceFen: fen(2_000) },
    { kind: "spend-off", thresholdFen: fen(10_000), amountFen: fen(500), isRepeated: true },
  ];
  return Array.from({ length: mostPromotions }, (_, index) => {
    const skus = Array.from({ length: 20 }, (_, place) => `SKU${(index * 37 + place * 11) % lineCount}`);
    const categoryIds = index % 10 === 0 ? [`category-${(index / 10) % categoryCount}`] : [];
    return promotion(index, deals[index % deals.length] ?? { kind: "percent-off", basisPoints: 100 }, {
      kind: "some",
      skus,
      categoryIds,
    });
  });
}

function rivals(): readonly Promotion[] {
  const deals: readonly Deal[] = [
    { kind: "n-for-m", count: 3, payFor: 2 },
    { kind: "n-for-m", count: 4, payFor: 3 },
    { kind: "nth-off", every: 2, basisPoints: 5_000 },
    { kind: "nth-off", every: 3, basisPoints: 9_000 },
    { kind: "percent-off", basisPoints: 1_500 },
    { kind: "n-for-price", count: 5, priceFen: fen(9_000) },
  ];
  return deals.map((deal, index) => promotion(index, deal, { kind: "all" }));
}

function promotion(index: number, deal: Deal, scope: Promotion["scope"]): Promotion {
  const id = `promotion-${String(index).padStart(3, "0")}`;
  return { id, nameZh: id, nameEn: id, deal, scope, schedule: always, isMemberOnly: false, coupon: null };
}
