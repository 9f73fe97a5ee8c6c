import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openQueue, queueTrouble } from "#native/transport/spooler-link.ts";
import type { Link } from "#native/transport/transport.ts";
import { JOB, QUEUE, SpoolerTwin } from "./spooler-twin.ts";

const receipt = Buffer.from("\x1b@receipt\n");

let spooler: SpoolerTwin;
let ends: string[];

beforeEach(() => {
  vi.useFakeTimers();
  spooler = new SpoolerTwin("小票打印机");
  ends = [];
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(): Promise<Link> {
  const opened = await openQueue(spooler, "小票打印机", { onBytes: () => {}, onEnd: (reason) => ends.push(reason) });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.link;
}

/** How a write stands: it may be looked at again and again. */
function follow(writing: Promise<void>): () => string {
  let end = "waiting";
  writing.then(
    () => (end = "taken"),
    (error: Error) => (end = error.message),
  );
  return () => end;
}

describe("a queue of the Windows spooler", () => {
  it("is absent when there is none of that name", async () => {
    const opened = await openQueue(spooler, "another", { onBytes: () => {}, onEnd: () => {} });
    expect(opened).toEqual({ ok: false, absent: true, reason: "error 1801: The printer name is invalid" });
  });

  it("gets each write as one document of its own, done when the document has left the queue", async () => {
    const link = await open();
    const end = follow(link.send(receipt));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([end(), spooler.documents.map(({ name }) => name)]).toEqual(["waiting", ["Tillway"]]);
    expect(spooler.takeOne()).toEqual(receipt);
    await vi.advanceTimersByTimeAsync(500);
    expect(end()).toBe("taken");
    await link.close();
  });

  it("takes a document for printed that says so and stays, as a queue set to keep them does", async () => {
    const link = await open();
    const end = follow(link.send(receipt));
    await vi.advanceTimersByTimeAsync(1_000);
    for (const document of spooler.documents) document.status = JOB.printed;
    await vi.advanceTimersByTimeAsync(500);
    expect(end()).toBe("taken");
    await link.close();
  });

  it("does not take a document for printed that somebody deleted", async () => {
    const link = await open();
    const end = follow(link.send(receipt));
    await vi.advanceTimersByTimeAsync(1_000);
    for (const document of spooler.documents) document.status = JOB.deleting;
    await vi.advanceTimersByTimeAsync(500);
    spooler.documents = [];
    await vi.advanceTimersByTimeAsync(500);
    expect(end()).toBe("the document was deleted from the queue");
    await link.close();
  });

  it("says what holds the document up, by the job or by the queue", async () => {
    const link = await open();
    expect(await link.trouble?.()).toBe(null);
    follow(link.send(receipt));
    await vi.advanceTimersByTimeAsync(1_000);
    for (const document of spooler.documents) document.status = JOB.printing | JOB.paperOut;
    await vi.advanceTimersByTimeAsync(500);
    expect(await link.trouble?.()).toBe("paper-out");
    for (const document of spooler.documents) document.status = JOB.printing;
    spooler.status = QUEUE.doorOpen;
    await vi.advanceTimersByTimeAsync(500);
    expect(await link.trouble?.()).toBe("cover-open");
    await link.close();
  });

  it("takes back what still waits when it is closed: nothing comes out after a person has decided", async () => {
    const link = await open();
    const end = follow(link.send(receipt));
    await vi.advanceTimersByTimeAsync(1_000);
    await link.close();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([spooler.documents, end()]).toEqual([[], "the document was given up"]);
  });

  it("takes back a document that reached the spooler only as it was closed", async () => {
    const link = await open();
    const end = follow(link.send(receipt));
    await link.close();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([spooler.documents, end()]).toEqual([[], "the document was given up"]);
  });

  it("ends when the queue is gone", async () => {
    const link = await open();
    spooler.isThere = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(ends).toEqual(["error 1801: The printer name is invalid"]);
    await link.close();
  });
});

describe("queueTrouble", () => {
  it("puts the most useful cause first, and knows a queue that Windows works on without its printer", () => {
    expect([
      queueTrouble(0, 0),
      queueTrouble(QUEUE.paperOut | QUEUE.doorOpen, 0),
      queueTrouble(QUEUE.paperOut | QUEUE.offline, 0),
      queueTrouble(0x2, 0),
      queueTrouble(QUEUE.offline, 0),
      queueTrouble(0, 0x400),
    ]).toEqual([null, "cover-open", "paper-out", "error", "offline", "offline"]);
  });
});
