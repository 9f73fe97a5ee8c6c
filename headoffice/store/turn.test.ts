import { once } from "node:events";
import { threadId, Worker } from "node:worker_threads";
import { expect, it } from "vitest";
import { turnOver } from "./turn.ts";

const turnModule = new URL("./turn.ts", import.meta.url).href;

/** A thread, kept alive by a timer, that has `turn` and two shared counters, of which it may only touch the second in its turn. */
function thread(work: string, cell: SharedArrayBuffer, counters: SharedArrayBuffer): Worker {
  const code = `(async () => {
    const { workerData } = require("node:worker_threads");
    const { turnOver } = await import(workerData.turnModule);
    const turn = turnOver(workerData.cell);
    const counters = new Int32Array(workerData.counters);
    const pause = () => new Promise((resolve) => setImmediate(resolve));
    const alive = setInterval(() => {}, 1_000);
    ${work}
    clearInterval(alive);
  })();`;
  return new Worker(code, { eval: true, workerData: { turnModule, cell, counters } });
}

it("is one thread's at a time, and everybody's at some time", async () => {
  const [cell, counters] = [new SharedArrayBuffer(4), new SharedArrayBuffer(8)];
  const work = `for (let count = 0; count < 300; count += 1) {
    await turn.take();
    const before = counters[1];
    await pause();
    counters[1] = before + 1;
    turn.give();
  }`;
  const ended = [1, 2].map(() => once(thread(work, cell, counters), "exit"));
  const turn = turnOver(cell);
  const mine = new Int32Array(counters);
  for (let count = 0; count < 100; count += 1) {
    await turn.take();
    const before = mine[1] ?? 0;
    await new Promise((resolve) => setImmediate(resolve));
    mine[1] = before + 1;
    turn.give();
  }
  await Promise.all(ended);
  expect(mine[1]).toBe(700);
});

it("of a thread that has ended is given for it, and of another thread it is not", async () => {
  const [cell, counters] = [new SharedArrayBuffer(4), new SharedArrayBuffer(8)];
  const holder = thread("await turn.take(); process.exit();", cell, counters);
  const { threadId: itsId } = holder;
  await once(holder, "exit");
  const turn = turnOver(cell);
  let isMine = false;
  const taken = turn.take().then(() => {
    isMine = true;
  });
  turn.giveFor(threadId);
  turn.giveFor(itsId + 1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(isMine).toBe(false);
  turn.giveFor(itsId);
  await taken;
  turn.give();
});
