import { afterAll, expect, it } from "vitest";
import { openDatabases, openOfficeBench } from "#tests/support/office-bench.ts";
import { openDay } from "#tests/support/office-sales.ts";
import { until } from "#tests/support/poll.ts";

const databases = await openDatabases("sqlite");
afterAll(() => databases.close());

it("turns requests away beyond 64 under way, says when to come back, and serves those it took", async () => {
  const bench = await openOfficeBench(await databases.create());
  const till = await bench.enrolledTill();
  openDay(till);
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  // The one writer is busy: whoever comes now waits for it.
  const holding = bench.office.sql.transaction(() => held);
  let refusedCount = 0;
  const answers = Array.from({ length: 80 }, async () => {
    const answer = await till.upload(till.entries);
    if (answer.status === 503) refusedCount += 1;
    return answer;
  });
  await until("those beyond are turned away at once", () => refusedCount === 80 - 64);
  letGo();
  await holding;
  const all = await Promise.all(answers);
  expect(all.filter(({ status }) => status === 200)).toHaveLength(64);
  for (const { status, json, headers } of all) {
    if (status === 200) continue;
    expect([status, json.kind]).toEqual([503, "busy"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(5);
  }
  expect((await till.upload(till.entries)).status).toBe(200);
  await bench.close();
});
