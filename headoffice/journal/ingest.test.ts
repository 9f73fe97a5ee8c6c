import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { engines, type OfficeBench } from "#tests/support/office-bench.ts";
import { officePerTest } from "#tests/support/office-per-test.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import type { OfficeTill } from "#tests/support/office-till.ts";

const zeros = "0".repeat(64);

describe.each(engines)("uploads into %s", (engine) => {
  const office = officePerTest(engine);
  let bench: OfficeBench;
  let till: OfficeTill;
  beforeEach(async () => {
    bench = office();
    till = await bench.enrolledTill();
  });

  const count = async (table: string) =>
    (await bench.office.sql.first<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))?.n;
  const reviews = async () =>
    (await bench.office.sql.rows<{ reason: string }>("SELECT reason FROM review_items ORDER BY seq, reason")).map(
      ({ reason }) => reason,
    );
  const positionOf = ({ epoch, seq, hash }: { epoch: string; seq: number; hash: string }) => ({ epoch, seq, hash });
  const last = () => {
    const entry = till.entries.at(-1);
    if (entry === undefined) throw new Error("a till with entries");
    return entry;
  };

  it("are acknowledged up to their last entry, with the clock and the feeds' heads", async () => {
    openDay(till);
    sell(till, 3);
    const { status, json } = await till.upload(till.entries);
    expect(status).toBe(200);
    expect(json).toEqual({
      acked: positionOf(last()),
      serverTime: new Date(bench.now()).toISOString(),
      maxBatch: 100,
      feedHead: { catalog: 0, people: 0, settings: 0 },
    });
    expect(await count("sales")).toBe(3);
    expect(await count("sale_lines")).toBe(15);
    expect(await count("tenders")).toBe(3);
    expect(await count("shifts")).toBe(1);
    expect(await reviews()).toEqual([]);
  });

  it("come back byte for byte, with bodies no database would keep as JSON", async () => {
    till.append("epoch-opened", '{ "previous" : null }');
    till.append("signed-in", '{"b":1,"a":1.0,"b":2,"é":"\\u0000\u{1f600}"}', { isSigned: true });
    till.append("signed-in", "no JSON at all \0 with a U+0000");
    expect((await till.upload(till.entries)).status).toBe(200);
    const { json } = await till.request("GET", `/v1/terminals/${till.key}/journal?epoch=epoch-1&after=0&limit=100`);
    expect(json).toEqual({ entries: till.entries });
    const after = await till.request("GET", `/v1/terminals/${till.key}/journal?epoch=epoch-1&after=2&limit=1`);
    expect(after.json).toEqual({ entries: till.entries.slice(2) });
  });

  it("come back from several uploads, and from rows that were written before bodies were packed", async () => {
    openDay(till);
    sell(till, 3);
    await till.upload(till.entries.slice(0, 3));
    // Two of them are known.
    expect((await till.upload(till.entries.slice(1))).status).toBe(200);
    const all = () => till.request("GET", `/v1/terminals/${till.key}/journal?epoch=epoch-1&after=0&limit=100`);
    expect((await all()).json).toEqual({ entries: till.entries });
    await bench.office.sql.transaction(async (tx) => {
      for (const { seq, body } of till.entries.slice(0, 2)) {
        const set = "UPDATE journal_events SET body = ?, body_at = NULL, body_length = NULL WHERE seq = ?";
        await tx.run(set, [Buffer.from(body), seq]);
      }
    });
    expect((await all()).json).toEqual({ entries: till.entries });
  });

  it("whose answer was lost are taken once and acknowledged again (odoo#40567)", async () => {
    openDay(till);
    sell(till, 4);
    const first = await till.upload(till.entries);
    const again = await till.upload(till.entries);
    expect(again.status).toBe(200);
    expect(again.json.acked).toEqual(first.json.acked);
    expect(await count("sales")).toBe(4);
    expect(await count("journal_events")).toBe(6);
  });

  it("that overlap what is stored are accepted and continued, not refused by a unique key (odoo#258304)", async () => {
    openDay(till);
    sell(till, 4);
    await till.upload(till.entries.slice(0, 4));
    const { status, json } = await till.upload(till.entries.slice(2));
    expect([status, json.acked]).toEqual([200, positionOf(last())]);
    expect(await count("journal_events")).toBe(6);
    expect(await count("sales")).toBe(4);
  });

  it("that are asked for again from the middle keep the acknowledgement at the end of what is held", async () => {
    openDay(till);
    sell(till, 4);
    await till.upload(till.entries);
    const { json } = await till.upload(till.entries.slice(0, 2));
    expect(json.acked).toEqual(positionOf(last()));
  });

  it("with a gap are acknowledged only as far as they are whole (odoo#211216)", async () => {
    openDay(till);
    sell(till, 4);
    const [one, two, three, , five, six] = till.entries;
    if (!one || !two || !three || !five || !six) throw new Error("six entries");
    const { status, json } = await till.upload([one, two, three, five, six]);
    expect([status, json.acked]).toEqual([200, positionOf(three)]);
    expect(await count("journal_events")).toBe(3);
    const beyond = await till.upload([five, six]);
    expect([beyond.status, beyond.json.acked]).toEqual([200, positionOf(three)]);
    expect(await count("journal_events")).toBe(3);
  });

  it("that begin after a gap in an epoch nobody began are acknowledged at nothing", async () => {
    openDay(till);
    sell(till, 1);
    const { status, json } = await till.upload(till.entries.slice(1));
    expect([status, json.acked]).toEqual([200, { epoch: "epoch-1", seq: 0, hash: zeros }]);
    expect(await count("epochs")).toBe(0);
  });

  it("with one changed entry are refused from there, and keep what is whole before it", async () => {
    openDay(till);
    sell(till, 3);
    const spoilt = till.entries.map((entry) => (entry.seq === 4 ? { ...entry, body: `${entry.body} ` } : entry));
    const { status, json } = await till.upload(spoilt);
    const good = till.entries[2];
    if (good === undefined) throw new Error("a third entry");
    expect([status, json.kind, json.at]).toEqual([422, "broken-chain", positionOf(good)]);
    expect(await count("journal_events")).toBe(3);
    expect((await till.upload(till.entries)).json.acked).toEqual(positionOf(last()));
  });

  it("whose first entry is changed, or hangs on no beginning, are refused at what is held", async () => {
    openDay(till);
    const at = { epoch: "epoch-1", seq: 0, hash: zeros };
    const [first] = till.entries;
    if (first === undefined) throw new Error("a first entry");
    const changed = await till.upload([{ ...first, kind: "signed-in" }]);
    expect([changed.status, changed.json.kind, changed.json.at]).toEqual([422, "broken-chain", at]);
    // Sealed rightly, on a past that is no beginning.
    const other = till.clone();
    other.openEpoch("epoch-2");
    const stranger = { ...first, epoch: "epoch-2", prev: "1".repeat(64) };
    expect((await till.upload([stranger])).status).toBe(422);
    expect(await count("journal_events")).toBe(0);
  });

  it("with a kind nobody knows or a body that cannot be read are stored, acknowledged and put before a person", async () => {
    openDay(till);
    till.append("invented-tomorrow", { anything: true });
    till.append("sale-completed", { saleId: "no sale" });
    till.append("sale-completed", "}{");
    till.append("shift-closed", { shiftId: "shift-1" }, { v: 2 });
    sell(till, 1);
    sell(till, 1, { cashierName: "a \0 that PostgreSQL cannot store" });
    sell(till, 1, { cashierName: "half a character \ud83d" });
    sell(till, 1, { totalFen: 999_999_999_999 as never });
    sell(till, 1);
    const { status, json } = await till.upload(till.entries);
    expect([status, json.acked]).toEqual([200, positionOf(last())]);
    expect(await count("sales")).toBe(2);
    expect(await reviews()).toEqual([
      ...["unknown-kind", "unreadable-body", "unreadable-body", "unknown-version"],
      ...["unreadable-body", "unreadable-body", "unreadable-body"],
    ]);
  });

  it("with a sale that does not add up, or of another till, are stored and put before a person", async () => {
    openDay(till);
    const [sale] = sell(till, 1);
    if (sale === undefined) throw new Error("a sale");
    sell(till, 1, { totalFen: (sale.totalFen - 1) as never });
    sell(till, 1, { terminalId: "T09" });
    sell(till, 1, { lines: [...sale.lines, ...sale.lines] });
    expect((await till.upload(till.entries)).status).toBe(200);
    expect(await reviews()).toEqual(["sums-differ", "other-terminal", "unreadable-body"]);
    expect(await count("sales")).toBe(2);
  });

  it("that bring a sale again in another epoch keep both entries and the first sale, and say so", async () => {
    openDay(till);
    const [sale] = sell(till, 1);
    await till.upload(till.entries);
    const before = till.entries.length;
    till.openEpoch("epoch-2");
    till.append("epoch-opened", { previous: positionOf(last()) });
    till.append("sale-completed", { ...sale, cashierName: "somebody else" });
    till.append("sale-completed", { ...sale, saleId: "another", cashierName: "somebody else" });
    expect((await till.upload(till.entries.slice(before))).status).toBe(200);
    expect(await reviews()).toEqual(["sale-id-repeated", "sale-number-repeated"]);
    expect(await count("journal_events")).toBe(before + 3);
    const names = await bench.office.sql.rows("SELECT sale_id, cashier_name FROM sales ORDER BY sale_id");
    expect(names).toEqual([
      { sale_id: "another", cashier_name: "somebody else" },
      { sale_id: sale?.saleId, cashier_name: "王芳" },
    ]);
  });

  it("of new epochs are compared with what they say they follow", async () => {
    openDay(till);
    sell(till, 2);
    await till.upload(till.entries);
    const end = positionOf(last());
    const earlier = till.entries[2];
    if (earlier === undefined) throw new Error("a third entry");
    const openings: readonly (readonly [epoch: string, kind: string, previous: object | null])[] = [
      ["right", "epoch-opened", end],
      ["none", "epoch-opened", null],
      ["unknown", "epoch-opened", { ...end, epoch: "never-seen" }],
      ["beyond", "epoch-opened", { ...end, seq: 99 }],
      ["other", "epoch-opened", { ...end, hash: "1".repeat(64) }],
      ["leaves", "epoch-opened", positionOf(earlier)],
      ["unopened", "signed-in", null],
    ];
    for (const [epoch, kind, previous] of openings) {
      till.openEpoch(epoch);
      expect((await till.upload([till.append(kind, { previous })])).status).toBe(200);
    }
    const notes = await bench.office.sql.rows("SELECT epoch, reason FROM review_items ORDER BY epoch");
    expect(notes).toEqual([
      { epoch: "beyond", reason: "epoch-past-missing" },
      { epoch: "leaves", reason: "epoch-leaves-entries" },
      { epoch: "none", reason: "epoch-without-past" },
      { epoch: "other", reason: "epoch-past-differs" },
      { epoch: "unknown", reason: "epoch-past-missing" },
      { epoch: "unopened", reason: "epoch-not-opened" },
    ]);
    const { json } = await till.request("GET", `/v1/terminals/${till.key}/positions`);
    expect(json).toMatchObject({ positions: [end, ...openings.map(([epoch]) => ({ epoch, seq: 1 }))] });
  });

  it("with a signed entry are checked against the till's key, and one of a former key is flagged", async () => {
    const other = await bench.enrolledTill("T02");
    openDay(till);
    till.append("shift-closed", { shiftId: "shift-1" }, { isSigned: true });
    other.append("epoch-opened", { previous: null }, { isSigned: true });
    const [foreign] = other.entries;
    const closing = till.append("signed-out", {}, { isSigned: true });
    const spoilt = till.entries.map((entry) => (entry === closing ? { ...entry, sig: foreign?.sig ?? null } : entry));
    expect((await till.upload(spoilt)).status).toBe(200);
    expect(await reviews()).toEqual(["unreadable-body", "signature-of-other-key"]);
  });

  it("that are compressed are taken; a bomb, a lie about the encoding and a foreign encoding are not", async () => {
    openDay(till);
    const path = `/v1/terminals/${till.key}/journal`;
    const body = Buffer.from(JSON.stringify({ entries: till.entries }));
    expect((await till.request("POST", path, gzipSync(body), { encoding: "gzip" })).status).toBe(200);
    const bomb = gzipSync(Buffer.alloc(40_000_000, " "));
    expect(await till.request("POST", path, bomb, { encoding: "gzip" })).toMatchObject({
      status: 413,
      json: { kind: "too-large" },
    });
    expect(await till.request("POST", path, body, { encoding: "gzip" })).toMatchObject({
      status: 400,
      json: { kind: "bad-request" },
    });
    expect(await till.request("POST", path, body, { encoding: "br" })).toMatchObject({
      status: 400,
      json: { kind: "bad-request" },
    });
    const large = Buffer.alloc(2 * 1_048_576 + 1, " ");
    expect(await till.request("POST", path, large)).toMatchObject({ status: 413, json: { kind: "too-large" } });
  });

  it.each([
    ["no JSON", "{"],
    ["no entries", '{"entries":[]}'],
    ["a word too many", '{"entries":[],"more":1}'],
    ["something else", "[]"],
  ])("of %s are answered as a fault of a program", async (_name, text) => {
    const answer = await till.request("POST", `/v1/terminals/${till.key}/journal`, Buffer.from(text));
    expect(answer).toMatchObject({ status: 400, json: { kind: "bad-request" } });
  });

  it("of two epochs at once, too many entries or half a character are answered as a fault of a program", async () => {
    openDay(till);
    till.openEpoch("epoch-2");
    const opened = till.append("epoch-opened", { previous: null });
    expect(await till.upload(till.entries)).toMatchObject({ status: 400, json: { kind: "bad-request" } });
    const many = Array.from({ length: 101 }, () => opened);
    expect(await till.upload(many)).toMatchObject({ status: 400, json: { kind: "bad-request" } });
    expect(await till.upload([{ ...opened, body: '"\ud83d"' }])).toMatchObject({
      status: 400,
      json: { kind: "bad-request" },
    });
    expect(await till.upload([{ ...opened, atWall: "a\0b" }])).toMatchObject({
      status: 400,
      json: { kind: "bad-request" },
    });
    expect(await count("journal_events")).toBe(0);
  });

  it("of several tills at the same moment stand each for itself: a fork beside them takes nothing from them", async () => {
    const others = [await bench.enrolledTill("T02"), await bench.enrolledTill("T03")];
    openDay(till);
    const clone = till.clone();
    sell(till, 2);
    sell(clone, 2, { cashierName: "somebody else" });
    await till.upload(till.entries);
    for (const other of others) {
      openDay(other);
      sell(other, 30);
    }
    const uploads = [others[0], clone, others[1]].map((one) => one?.upload(one.entries));
    const answers = await Promise.all(uploads);
    expect(answers.map((answer) => answer?.status)).toEqual([200, 409, 200]);
    expect(answers.map((answer) => answer?.json.acked?.seq)).toEqual([32, undefined, 32]);
    expect([await count("journal_events"), await count("sales")]).toEqual([4 + 64, 2 + 60]);
  });

  it("of one till at the same moment are taken one after another", async () => {
    openDay(till);
    sell(till, 30);
    const answers = await Promise.all([5, 12, 20, 32, 32, 9].map((to) => till.upload(till.entries.slice(0, to))));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await count("journal_events")).toBe(32);
    expect(await count("sales")).toBe(30);
    const day = await bench.office.sql.first("SELECT sale_count FROM day_totals");
    expect(day).toEqual({ sale_count: 30 });
  });

  it("of several tills at the same moment do not meet", async () => {
    const tills = [till, await bench.enrolledTill("T02"), await bench.enrolledTill("T03")];
    for (const each of tills) {
      openDay(each);
      sell(each, 10);
    }
    const answers = await Promise.all(tills.map((each) => each.upload(each.entries)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await count("sales")).toBe(30);
  });

  it("of a revoked till are refused, and kept apart where it sends them then", async () => {
    openDay(till);
    sell(till, 2);
    const { revokeTerminal } = await import("#headoffice/terminals/revoke.ts");
    expect(await revokeTerminal(bench.office, { storeCode: "BJ01", terminalId: "T01" })).toBe(true);
    expect(await till.upload(till.entries)).toMatchObject({ status: 403, json: { kind: "revoked" } });
    const path = `/v1/terminals/${till.key}/quarantine`;
    const body = Buffer.from(JSON.stringify({ entries: till.entries }));
    const kept = await till.request("POST", path, body);
    expect(kept).toMatchObject({ status: 200, json: { acked: positionOf(last()) } });
    expect(await till.request("POST", path, body)).toMatchObject({ status: 200, json: { acked: positionOf(last()) } });
    expect(await count("quarantined_entries")).toBe(4);
    expect([await count("sales"), await count("journal_events")]).toEqual([0, 0]);
    const spoilt = Buffer.from(
      JSON.stringify({ entries: till.entries.map((entry) => ({ ...entry, kind: "signed-in" })) }),
    );
    expect(await till.request("POST", path, spoilt)).toMatchObject({ status: 422, json: { kind: "broken-chain" } });
  });
});
