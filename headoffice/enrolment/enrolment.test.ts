import { generateKeyPairSync } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { engines, type OfficeBench } from "#tests/support/office-bench.ts";
import { officePerTest } from "#tests/support/office-per-test.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import { type Answer, officeTill } from "#tests/support/office-till.ts";
import { enrolmentCodeSchema } from "#contract/wire/enrolment.ts";
import { revokeTerminal } from "../terminals/revoke.ts";
import { createEnrolmentCode } from "./codes.ts";

describe.each(engines)("enrolling, with %s", (engine) => {
  const office = officePerTest(engine);
  let bench: OfficeBench;
  beforeEach(async () => {
    bench = office();
  });

  const newTill = (terminalId = "T01") => officeTill({ url: bench.url, now: bench.now, storeCode: "BJ01", terminalId });
  const refused = (answer: Answer, status: number, kind: string) =>
    expect(answer).toMatchObject({ status, json: { kind } });

  it("with the code of its terminal gives a till its name and the office's key", async () => {
    const code = await bench.codeFor("T01");
    expect(enrolmentCodeSchema.safeParse(code).success).toBe(true);
    const { status, json } = await newTill().enrol(code);
    expect([status, json]).toEqual([
      201,
      { officeKey: bench.office.key.publicKey, officeName: "Tillway", storeNameZh: "朝阳店", storeNameEn: "Chaoyang" },
    ]);
  });

  it("again by the same till, whose answer was lost, is answered the same, also when the code has expired", async () => {
    const till = newTill();
    const code = await bench.codeFor("T01");
    const first = await till.enrol(code);
    bench.setNow(bench.now() + 3_600_000);
    const again = await till.enrol(code);
    expect([again.status, again.json]).toEqual([201, first.json]);
  });

  it("by a second till with a used code is refused, and the first one goes on", async () => {
    const [till, thief] = [newTill(), newTill()];
    const code = await bench.codeFor("T01");
    await till.enrol(code);
    refused(await thief.enrol(code), 403, "code-used");
    openDay(till);
    expect((await till.upload(till.entries)).status).toBe(200);
  });

  it("of two tills at the same moment with one code gives it to one", async () => {
    const code = await bench.codeFor("T01");
    const answers = await Promise.all([newTill(), newTill(), newTill()].map((till) => till.enrol(code)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 403, 403]);
  });

  it("after ten minutes is refused", async () => {
    const code = await bench.codeFor("T01");
    bench.setNow(bench.now() + 600_001);
    refused(await newTill().enrol(code), 403, "code-expired");
  });

  it("with wrong codes kills the right one after five, until there is a new one", async () => {
    const till = newTill();
    const code = await bench.codeFor("T01");
    for (let count = 0; count < 5; count += 1) refused(await till.enrol("2222222222"), 403, "code-unknown");
    refused(await till.enrol(code), 403, "code-expired");
    expect((await till.enrol(await bench.codeFor("T01"))).status).toBe(201);
  });

  it("with another terminal's code, or where no code was made, is refused", async () => {
    const code = await bench.codeFor("T02");
    refused(await newTill("T01").enrol(code), 403, "code-unknown");
    expect((await newTill("T02").enrol(code)).status).toBe(201);
  });

  it("by an address that tries too often is put off, whatever it tries", async () => {
    for (let count = 0; count < 20; count += 1) refused(await newTill("T09").enrol("2222222222"), 403, "code-unknown");
    const code = await bench.codeFor("T01");
    const answer = await newTill().enrol(code);
    refused(answer, 429, "busy");
    expect(answer.headers.get("retry-after")).toBe("600");
    bench.setNow(bench.now() + 600_000);
    expect((await newTill().enrol(await bench.codeFor("T01"))).status).toBe(201);
  });

  it("without proof of its key, under another name or by a wrong clock is refused", async () => {
    const code = await bench.codeFor("T01");
    const { privateKey } = generateKeyPairSync("ed25519");
    refused(await newTill().enrol(code, { key: privateKey }), 401, "bad-signature");
    refused(await newTill().enrol(code, { keyid: "BJ01-T02" }), 401, "bad-signature");
    refused(await newTill().enrol(code, { created: 1 }), 401, "wrong-clock");
    refused(await newTill().enrol("no code"), 400, "bad-request");
    expect((await newTill().enrol(code)).status).toBe(201);
  });

  it("is not offered for a till that is enrolled unless it is to be replaced, and then the old key is refused", async () => {
    const old = await bench.enrolledTill();
    const place = { storeCode: "BJ01", terminalId: "T01" };
    expect(await createEnrolmentCode(bench.office, place, { replaces: false })).toEqual({
      ok: false,
      fault: "terminal-active",
    });
    const successor = newTill();
    expect((await successor.enrol(await bench.codeFor("T01", true))).status).toBe(201);
    refused(await old.request("GET", `/v1/terminals/${old.key}/positions`), 401, "bad-signature");
    openDay(successor);
    expect((await successor.upload(successor.entries)).status).toBe(200);
  });

  it("that was begun while the name was free is refused when another till has taken it since", async () => {
    const { sql } = bench.office;
    const code = await bench.codeFor("T01");
    // Another instance's doing in between.
    await sql.transaction((tx) =>
      tx.run(
        `INSERT INTO terminals (store_code, terminal_id, public_key, state, enrolled_ms, last_seen_ms)
         VALUES ('BJ01', 'T01', 'x', 'active', 1, 1)`,
      ),
    );
    refused(await newTill().enrol(code), 409, "already-enrolled");
  });

  it("again after being revoked goes on where the journal stood", async () => {
    const till = await bench.enrolledTill();
    openDay(till);
    sell(till, 1);
    await till.upload(till.entries);
    await revokeTerminal(bench.office, { storeCode: "BJ01", terminalId: "T01" });
    refused(await till.request("GET", `/v1/terminals/${till.key}/positions`), 403, "revoked");
    expect((await till.enrol(await bench.codeFor("T01"))).status).toBe(201);
    sell(till, 1);
    const { status, json } = await till.upload(till.entries.slice(-1));
    expect([status, json.acked.seq]).toEqual([200, 4]);
  });

  it("is not offered in a shop nobody knows", async () => {
    const made = await createEnrolmentCode(bench.office, { storeCode: "XX", terminalId: "T01" }, { replaces: false });
    expect(made).toEqual({ ok: false, fault: "no-such-shop" });
  });
});
