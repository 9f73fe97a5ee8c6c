import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, expect, it } from "vitest";
import { openDatabases, openOfficeBench } from "#tests/support/office-bench.ts";
import { openDay } from "#tests/support/office-sales.ts";
import { until } from "#tests/support/poll.ts";
import { mostWireBytes } from "./limits.ts";

const databases = await openDatabases("sqlite");
afterAll(() => databases.close());

it("turns requests away beyond 256 under way, says when to come back, and serves those it took", async () => {
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
  const answers = Array.from({ length: 300 }, async () => {
    const answer = await till.upload(till.entries);
    if (answer.status === 503) refusedCount += 1;
    return answer;
  });
  await until("those beyond are turned away at once", () => refusedCount === 300 - 256);
  letGo();
  await holding;
  const all = await Promise.all(answers);
  expect(all.filter(({ status }) => status === 200)).toHaveLength(256);
  for (const { status, json, headers } of all) {
    if (status === 200) continue;
    expect([status, json.kind]).toEqual([503, "busy"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(5);
  }
  expect((await till.upload(till.entries)).status).toBe(200);
  await bench.close();
});

it("turns requests away once those under way have announced 128 MiB, and takes them when those have gone", async () => {
  const bench = await openOfficeBench(await databases.create());
  const { hostname, port } = new URL(bench.url);
  const sockets: Socket[] = [];
  const answers: string[] = [];
  const announce = async (headers: string) => {
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    socket.on("data", (bytes: Buffer) => void answers.push(bytes.toString().slice(0, 12)));
    await once(socket, "connect");
    socket.write(
      `POST /v1/terminals/D001-T01/journal HTTP/1.1\r\nhost: office.test\r\ncontent-type: application/json\r\n${headers}\r\n\r\n`,
    );
  };

  for (let count = 0; count < 63; count += 1) await announce(`content-length: ${mostWireBytes}`);
  // Without a length it may be as long as any.
  await announce("transfer-encoding: chunked");
  await until("one more is turned away", async () => {
    await announce("content-length: 100");
    return answers.length > 0;
  });
  expect(new Set(answers)).toEqual(new Set(["HTTP/1.1 503"]));
  for (const socket of sockets) socket.destroy();
  const till = await bench.enrolledTill();
  openDay(till);
  await until("the next are taken", async () => (await till.upload(till.entries)).status === 200);
  await bench.close();
});
