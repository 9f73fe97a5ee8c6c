import { expect, it } from "vitest";
import { whenOpen } from "./when-tried.ts";

function bench() {
  let fire = (): void => {};
  const logged: unknown[] = [];
  const clock = {
    after(_ms: number, callback: () => void) {
      fire = callback;
      return () => {
        fire = () => {};
      };
    },
  };
  const log = { warn: (_what: string, facts?: object) => void logged.push(facts) };
  return { clock, log, logged, fire: () => fire() };
}

it("the till is told open when everything has come, and nothing is logged later", async () => {
  const { clock, log, logged, fire } = bench();
  await whenOpen({ window: Promise.resolve(), devices: Promise.resolve() }, { clock, log });
  fire();
  expect(logged).toEqual([]);
});

it("a device that never answers keeps the first PINs from nobody: the till is told open without it, by name", async () => {
  const { clock, log, logged, fire } = bench();
  const open = whenOpen({ window: Promise.resolve(), devices: new Promise(() => {}) }, { clock, log });
  // What has come is noticed before the time is over.
  await Promise.resolve()
    .then(() => {})
    .then(() => {});
  fire();
  await open;
  expect(logged).toEqual([{ missing: ["devices"] }]);
});
