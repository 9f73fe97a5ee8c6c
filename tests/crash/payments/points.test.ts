import { expect, it } from "vitest";
import { seededRandom } from "#tests/support/random.ts";
import { courses } from "./courses.ts";
import { isAsk, points, visits } from "./points.ts";

const names = (seed: number, count: number) => visits(seededRandom(seed), count).map(({ point }) => point.name);

it("Every point has a name of its own and a course that leads to it", () => {
  expect(new Set(points.map(({ name }) => name)).size).toBe(points.length);
  expect(points.filter((point) => point.courses.length === 0)).toEqual([]);
});

it("Every course leads to some point", () => {
  const used = new Set<string>(points.flatMap((point) => point.courses));
  // Both protocols have the same courses; a customer who waits over a restart is met over one of them.
  expect(Object.keys(courses).filter((name) => !used.has(name))).toEqual(["v2 resumed, waiting"]);
});

it("Two hundred visits come to each point at least twice, by another course where there is one", () => {
  const planned = visits(seededRandom(1), 200);
  for (const point of points) {
    const ways = planned.filter((visit) => visit.point === point).map(({ course }) => course);
    expect(ways.length).toBeGreaterThanOrEqual(2);
    expect(new Set(ways).size).toBe(Math.min(ways.length, point.courses.length));
  }
});

it("The order is the seed's", () => {
  expect(names(7, 100)).toEqual(names(7, 100));
  expect(names(7, 100)).not.toEqual(names(8, 100));
  expect(new Set(names(7, points.length)).size).toBe(points.length);
});

it("A query counts as the confirmation of a reverse only after one", () => {
  const query = { operation: "query", protocol: "v3", outTradeNo: "S1", outRefundNo: null } as const;
  expect([isAsk("query", query, false), isAsk("query", query, true)]).toEqual([true, false]);
  expect([isAsk("confirm", query, false), isAsk("confirm", query, true)]).toEqual([false, true]);
  expect(isAsk("pay", { ...query, operation: "pay" }, true)).toBe(true);
});
