import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Databases,
  engines,
  type OfficeBench,
  openDatabases,
  openOfficeBench,
} from "#tests/support/office-bench.ts";
import type { OfficeTill } from "#tests/support/office-till.ts";
import { revokeTerminal } from "../terminals/revoke.ts";
import { putRows } from "./put-rows.ts";

describe.each(engines)("the newest revs of a shop's feeds, with %s", (engine) => {
  let databases: Databases;
  let bench: OfficeBench;
  let till: OfficeTill;
  beforeAll(async () => {
    databases = await openDatabases(engine);
    bench = await openOfficeBench(await databases.create());
    till = await bench.enrolledTill();
  });
  afterAll(async () => {
    await bench.close();
    await databases.close();
  });

  it("are told in one answer, and are those of the pages", async () => {
    expect(await till.request("GET", "/v1/feeds")).toMatchObject({
      status: 200,
      json: { feedHead: { catalog: 0, people: 0, settings: 0 } },
    });
    const person = { kind: "person", id: "c1", value: { name: "林小雨", role: "cashier" } } as const;
    await bench.office.sql.transaction((tx) => putRows(tx, "BJ01", [person], bench.now()));
    const { json } = await till.request("GET", "/v1/feeds");
    expect(json).toEqual({ feedHead: { catalog: 0, people: 1, settings: 0 } });
    expect((await till.request("GET", "/v1/feed/people?after=0")).json).toMatchObject({ head: 1 });
  });

  it("are told to enrolled tills alone", async () => {
    await revokeTerminal(bench.office, { storeCode: "BJ01", terminalId: "T01" });
    expect(await till.request("GET", "/v1/feeds")).toMatchObject({ status: 403, json: { kind: "revoked" } });
    expect((await fetch(`${bench.url}/v1/feeds`)).status).toBe(401);
  });
});
