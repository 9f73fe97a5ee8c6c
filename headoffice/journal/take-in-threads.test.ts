import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assert } from "#core/result.ts";
import {
  type Databases,
  engines,
  openDatabases,
  type OfficeBench,
  openOfficeBench,
} from "#tests/support/office-bench.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import type { OfficeTill } from "#tests/support/office-till.ts";
import { until } from "#tests/support/poll.ts";
import { rebuildProjections } from "../projections/rebuild.ts";
import { StoreUnavailable } from "../store/sql.ts";
import { turnOver } from "../store/turn.ts";
import { findTerminal, placeOf } from "../terminals/terminal.ts";
import { openReaders, type UploadReaders } from "./upload-readers.ts";

describe.each(engines)("uploads taken in by threads of their own, into %s", (engine) => {
  let databases: Databases;
  let bench: OfficeBench;
  beforeAll(async () => {
    databases = await openDatabases(engine);
  });
  afterAll(() => databases.close());
  beforeEach(async () => {
    bench = await openOfficeBench(await databases.create(), 2);
  });
  afterEach(() => bench.close());

  const count = async (table: string) =>
    (await bench.office.sql.first<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))?.n;
  const everything = () =>
    Promise.all(
      ["sales", "sale_lines", "tenders", "day_totals"].map((table) =>
        bench.office.sql.rows<{ store_code: string }>(`SELECT * FROM ${table} ORDER BY 1, 2, 3, 4`),
      ),
    );
  const selling = async (terminalId: string): Promise<OfficeTill> => {
    const till = await bench.enrolledTill(terminalId);
    openDay(till);
    sell(till, 58);
    return till;
  };

  let nonces = 0;
  const takerOf = (readers: UploadReaders) => async (key: string, body: string) => {
    const { sql } = bench.office;
    const terminal = await findTerminal(sql, placeOf(key));
    assert(terminal !== undefined, "a till that was enrolled");
    const claim = { nonce: `nonce-${(nonces += 1)}`, created: bench.now() / 1_000 };
    const upload = { terminal, claim, nowMs: bench.now(), body: Buffer.from(body), contentEncoding: undefined };
    return readers.take(sql, upload);
  };

  it("are whole, in turn with one another and with what the first thread writes", async () => {
    const tills = [];
    for (const terminalId of ["T01", "T02", "T03", "T04"]) tills.push(await selling(terminalId));
    const shops = Array.from({ length: 30 }, (_, index) =>
      bench.office.sql.transaction((tx) =>
        tx.run("INSERT INTO shops (store_code, name_zh, name_en) VALUES (?, '', '')", [`S${index}`]),
      ),
    );
    // Each twice at once: whichever comes second finds what the first has stored.
    const answers = await Promise.all(tills.flatMap((till) => [till.upload(till.entries), till.upload(till.entries)]));
    expect(answers.map(({ status, json }) => [status, json.acked?.seq])).toEqual(answers.map(() => [200, 60]));
    await Promise.all(shops);
    expect([await count("journal_events"), await count("sales"), await count("shops")]).toEqual([240, 232, 31]);
    expect(await bench.office.metrics.registry.getSingleMetricAsString("office_entries_total")).toContain(
      'outcome="stored"} 240',
    );
    const before = await everything();
    await rebuildProjections(bench.office);
    expect(await everything()).toEqual(before);
  });

  it("are refused as without them, each nonce once", async () => {
    const till = await selling("T01");
    const path = `/v1/terminals/${till.key}/journal`;
    const send = async (entries: unknown, nonce: string) => {
      const answer = await till.request("POST", path, Buffer.from(JSON.stringify({ entries })), { nonce });
      return [answer.status, (answer.json as { readonly kind?: string }).kind];
    };
    const broken = till.entries.map((entry) => ({ ...entry, v: 2 }));
    const spoilt = till.entries.map((entry) => ({ ...entry, more: 1 }));
    const clone = till.clone();
    const nonces = ["a", "b", "c", "d"].map((letter) => letter.repeat(22));
    const [a = "", b = "", c = "", d = ""] = nonces;
    expect(await send(broken, a)).toEqual([422, "broken-chain"]);
    expect(await send(spoilt, b)).toEqual([400, "bad-request"]);
    expect(await send(till.entries, c)).toEqual([200, undefined]);
    clone.append("signed-in", { who: "b" });
    till.append("signed-in", { who: "a" });
    await till.upload(till.entries);
    expect(await send(clone.entries, d)).toEqual([409, "fork"]);
    for (const nonce of nonces) expect(await send(till.entries, nonce)).toEqual([401, "bad-signature"]);
    expect(bench.log.filter(({ event }) => event === "upload-refused").map(({ kind }) => kind)).toEqual([
      ...["broken-chain", "bad-request", "fork"],
      ...nonces.map(() => "bad-signature"),
    ]);
  });

  it("leave the database to others where they are ended in the middle of writing", async () => {
    const tills = [await selling("T01"), await selling("T02"), await selling("T03")];
    const cell = new SharedArrayBuffer(4);
    const place = { database: bench.database, turn: cell, turns: turnOver(cell) };
    const holder = new Int32Array(cell);
    for (const till of tills) {
      const readers = openReaders(place, 1);
      const taken = takerOf(readers)(till.key, JSON.stringify({ entries: till.entries }));
      let isAnswered = false;
      void taken.then(() => {
        isAnswered = true;
      });
      await until("the thread writes, or has written", () => isAnswered || Atomics.load(holder, 0) !== 0);
      await readers.close();
      const { taken: told } = await taken;
      expect(told.ok || told.fault.kind === "busy").toBe(true);
      await place.turns.take();
      expect((await till.upload(till.entries)).json).toMatchObject({ acked: { seq: 60 } });
      place.turns.give();
    }
    expect([await count("journal_events"), await count("sales")]).toEqual([180, 174]);
  });
});

it("carries it over that a database cannot be used, so that the till is told to come back", async () => {
  const turn = new SharedArrayBuffer(4);
  const database = { kind: "sqlite", path: "/nowhere/at/all.db" } as const;
  const readers = openReaders({ database, turn, turns: turnOver(turn) }, 1);
  const terminal = { storeCode: "BJ01", terminalId: "T01", publicKey: "", state: "active", role: "till" } as const;
  const upload = { terminal, claim: { nonce: "n", created: 1 }, nowMs: 1, contentEncoding: undefined };
  const never = { get: () => assert(false, "the database of this thread is not asked") };
  const sql = new Proxy({}, never) as never;
  await expect(readers.take(sql, { ...upload, body: Buffer.alloc(4_000, " ") })).rejects.toBeInstanceOf(
    StoreUnavailable,
  );
  await readers.close();
});
