import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RelayCertificate, relayCertificateSchema, type Relayed } from "#contract/wire/relay.ts";
import type { WireFault } from "#contract/wire/fault.ts";
import { signedText, type WireEntry } from "#core/journal/wire-entry.ts";
import { certificateText } from "#core/signing/relay-certificate.ts";
import { benchShop, engines, type OfficeBench } from "#tests/support/office-bench.ts";
import { officePerTest } from "#tests/support/office-per-test.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import { type Answer, officeTill, type OfficeTill } from "#tests/support/office-till.ts";
import { until } from "#tests/support/poll.ts";
import { openRelayBench, type RelayBench, vouched } from "#tests/support/relay-bench.ts";
import { isSignedBy, publicKeyOf, signText } from "../keys/ed25519.ts";
import { revokeTerminal } from "../terminals/revoke.ts";

describe.each(engines)("a shop's relay before a head office on %s", (engine) => {
  const office = officePerTest(engine);
  let bench: OfficeBench;
  let relay: RelayBench;
  let till: OfficeTill;
  beforeEach(async () => {
    bench = office();
    till = await bench.enrolledTill();
    openDay(till);
    sell(till, 4);
    relay = await openRelayBench(bench);
    await relay.sentOn();
    await until("it knows the shop's till", async () => (await certificate()) !== null);
    await relay.relay.sendOn.stop();
  });
  afterEach(async () => {
    await relay.close();
  });

  const count = async (sql: string) =>
    (await bench.office.sql.first<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`))?.n;
  const certificate = async (): Promise<RelayCertificate | null> => {
    const response = await fetch(`${relay.url}/v1/relay`);
    return response.ok ? relayCertificateSchema.parse(await response.json()) : null;
  };
  const placeOf = (entry: WireEntry | undefined) =>
    entry === undefined ? null : { epoch: entry.epoch, seq: entry.seq, hash: entry.hash };

  it("keeps what a till sends through its own end, and takes it to head office unchanged", async () => {
    const { status, json } = await relay.keep(till, vouched(till, till.entries));
    expect([status, json.kept]).toEqual([200, placeOf(till.entries.at(-1))]);
    expect(await count("journal_events")).toBe(0);
    relay = await relay.restart();
    const figures = async () => (await fetch(`${relay.url}/metrics`)).text();
    expect(await figures()).toContain("relay_waiting_uploads 1\n");
    await relay.sentOn();
    expect(await figures()).toContain("relay_waiting_uploads 0\n");
    const { json: stored } = await till.request("GET", `/v1/terminals/${till.key}/journal?epoch=epoch-1&after=0`);
    expect(stored).toEqual({ entries: vouched(till, till.entries) });
    expect(await count("sales")).toBe(4);
    expect(await count("review_items")).toBe(0);
  });

  it("keeps the same upload once, and head office what came by both ways once", async () => {
    const batch = vouched(till, till.entries);
    await relay.keep(till, batch);
    expect((await relay.keep(till, batch)).status).toBe(200);
    expect(await relay.waiting()).toBe(1);
    expect((await till.upload(till.entries)).status).toBe(200);
    await relay.sentOn();
    expect(await count("journal_events")).toBe(6);
    expect(await count("sales")).toBe(4);
    expect(await count("quarantined_entries")).toBe(0);
  });

  it("waits with entries whose past head office has not, until the till has sent that itself", async () => {
    await relay.keep(till, vouched(till, till.entries.slice(3)));
    relay.relay.sendOn.start();
    await until("it was offered", async () =>
      bench.log.some(({ route }) => String(route).startsWith("/v1/relay/tills")),
    );
    expect(await relay.waiting()).toBe(1);
    await till.upload(till.entries.slice(0, 3));
    relay.relay.sendOn.now();
    await relay.sentOn();
    expect(await count("journal_events")).toBe(6);
  });

  it("overwrites nothing with a cloned till's other future: it is kept apart", async () => {
    const clone = till.clone();
    sell(till, 1);
    sell(clone, 1, { totalFen: 1 as never });
    await till.upload(till.entries);
    await relay.keep(clone, vouched(clone, clone.entries.slice(6)));
    await relay.sentOn();
    expect(await count("journal_events")).toBe(7);
    expect(await count("quarantined_entries")).toBe(1);
    const { json } = await till.request("GET", `/v1/terminals/${till.key}/journal?epoch=epoch-1&after=6`);
    expect(json).toEqual({ entries: till.entries.slice(6) });
  });

  it("brings all of what a till sold on a copy of its past, though the till died before it knew of its fork", async () => {
    const restored = till.clone();
    sell(till, 3);
    await till.upload(till.entries);
    sell(restored, 9, { totalFen: 1 as never });
    const own = restored.entries.slice(6);
    // The first upload is the fork; the last lies beyond the end of what head office holds.
    for (const part of [own.slice(0, 2), own.slice(2, 5), own.slice(5)])
      await relay.keep(restored, vouched(restored, part));
    await relay.sentOn();
    expect(await count("journal_events")).toBe(9);
    expect(await count("quarantined_entries")).toBe(own.length);
  });

  it("brings a revoked till's entries into quarantine, so that none is lost", async () => {
    await revokeTerminal(bench.office, { storeCode: benchShop.storeCode, terminalId: "T01" });
    await relay.keep(till, vouched(till, till.entries));
    await relay.sentOn();
    expect(await count("journal_events")).toBe(0);
    expect(await count("quarantined_entries")).toBe(6);
  });

  it("that was revoked itself keeps what it has as it was, and brings it when it is enrolled again", async () => {
    const place = { storeCode: benchShop.storeCode, terminalId: "R1" };
    await relay.keep(till, vouched(till, till.entries));
    await revokeTerminal(bench.office, place);
    relay.relay.sendOn.start();
    const answered = (status: number) =>
      bench.log.some((line) => line["status"] === status && line.event === "answered");
    await until("it was refused", () => answered(403));
    await relay.relay.sendOn.stop();
    const shelf = await relay.relay.office.sql.rows("SELECT goes_to FROM relay_batches");
    expect(shelf).toEqual([{ goes_to: "journal" }]);
    relay = await relay.restart({ place, code: await bench.codeFor("R1", false, "relay") });
    await relay.sentOn();
    expect(await count("sales")).toBe(4);
    expect(await count("quarantined_entries")).toBe(0);
  });

  it("brings what a till signed before it died and another took its name, and a person is told", async () => {
    await relay.keep(till, vouched(till, till.entries));
    const next = officeTill({ url: bench.url, now: bench.now, storeCode: benchShop.storeCode, terminalId: "T01" });
    expect((await next.enrol(await bench.codeFor("T01", true))).status).toBe(201);
    await relay.sentOn();
    expect(await count("sales")).toBe(4);
    expect(await count("review_items WHERE reason = 'signature-of-other-key'")).toBe(1);
  });

  it("shows head office's word for itself, which names its shop, its key and an end", async () => {
    const shown = await certificate();
    if (shown === null) throw new Error("a certificate");
    const officeKey = publicKeyOf(bench.office.key.publicKey);
    if (officeKey === null) throw new Error("a key");
    expect(shown).toMatchObject({ relayKey: "BJ01-R1", publicKey: relay.relay.office.key.publicKey });
    expect(isSignedBy(officeKey, certificateText(shown), shown.sig, "base64url")).toBe(true);
    const longer = { ...shown, untilMs: shown.untilMs + 1 };
    expect(isSignedBy(officeKey, certificateText(longer), shown.sig, "base64url")).toBe(false);
  });

  describe("refuses, and keeps nothing of,", () => {
    const stranger = () =>
      officeTill({ url: bench.url, now: bench.now, storeCode: benchShop.storeCode, terminalId: "T09" });
    it.each([
      ["a batch without the till's word under its end", () => till.entries],
      ["a batch another till vouches for", () => vouched(stranger(), till.entries)],
      [
        "a batch with an entry left out",
        () =>
          vouched(
            till,
            till.entries.filter(({ seq }) => seq !== 3),
          ),
      ],
      [
        "a batch in another order",
        () => vouched(till, [...till.entries.slice(0, 2), ...till.entries.slice(3), ...till.entries.slice(2, 3)]),
      ],
      [
        "a batch with a changed body",
        () =>
          vouched(
            till,
            till.entries.map((entry) => (entry.seq === 3 ? { ...entry, body: `${entry.body} ` } : entry)),
          ),
      ],
    ])("%s", async (_name, entries) => {
      const { status, json } = await relay.keep(till, entries());
      expect([status, json.kind]).toEqual([401, "bad-signature"]);
      expect(await relay.waiting()).toBe(0);
    });

    it("the entries of a till that the shop does not have", async () => {
      const unknown = stranger();
      openDay(unknown);
      const { status, json } = await relay.keep(unknown, vouched(unknown, unknown.entries));
      expect([status, json.kind]).toEqual([404, "unknown-terminal"]);
    });
  });

  describe("that lies is not believed by head office:", () => {
    let liar: OfficeTill;
    const bring = async (entries: readonly WireEntry[], tillKey = till.key) =>
      (await liar.request(
        ...(["POST", `/v1/relay/tills/${tillKey}/journal`] as const),
        Buffer.from(JSON.stringify({ entries })),
      )) as Answer<Relayed & WireFault>;
    beforeEach(async () => {
      liar = officeTill({ url: bench.url, now: bench.now, storeCode: benchShop.storeCode, terminalId: "R2" });
      expect((await liar.enrol(await bench.codeFor("R2", false, "relay"))).status).toBe(201);
    });

    it("the control: what the till signed is taken from it", async () => {
      const { status, json } = await bring(vouched(till, till.entries));
      expect([status, json.acked]).toEqual([200, placeOf(till.entries.at(-1))]);
    });

    const forge = (entries: readonly WireEntry[]) => {
      // The relay seals a chain of its own, every hash of it right, and puts its own word under it.
      const forged = till.clone();
      sell(forged, 1);
      const last = forged.entries.at(-1);
      if (last === undefined) throw new Error("an entry");
      const sig = signText(liar.privateKey, signedText(last.hash), "base64url");
      return [...entries, { ...last, sig }];
    };
    it.each([
      ["an entry it made up", () => forge(till.entries)],
      [
        "a made-up end with the till's word for another entry",
        () => {
          const word = vouched(till, till.entries).at(-1)?.sig ?? null;
          return forge(till.entries).map((entry, index) => (index === 6 ? { ...entry, sig: word } : entry));
        },
      ],
      ["a batch the till did not sign", () => till.entries],
      [
        "entries in another order",
        () => vouched(till, [...till.entries.slice(0, 2), ...till.entries.slice(3), ...till.entries.slice(2, 3)]),
      ],
      [
        "entries with one left out",
        () =>
          vouched(
            till,
            till.entries.filter(({ seq }) => seq !== 4),
          ),
      ],
      [
        "a changed sale",
        () =>
          vouched(till, till.entries).map((entry) =>
            entry.seq === 4 ? { ...entry, body: entry.body.replace("Fen", "fen") } : entry,
          ),
      ],
    ])("%s", async (_name, entries) => {
      const { status, json } = await bring(entries());
      expect([status, json.kind]).toEqual([401, "bad-signature"]);
      expect(await count("journal_events")).toBe(0);
    });

    it("for another shop's till it may not speak, and a till may not speak as a relay nor a relay as a till", async () => {
      const elsewhere = await bring(vouched(till, till.entries), "SH01-T01");
      expect([elsewhere.status, elsewhere.json.kind]).toEqual([403, "not-allowed"]);
      const body = Buffer.from(JSON.stringify({ entries: vouched(till, till.entries) }));
      const asRelay = await till.request("POST", `/v1/relay/tills/${till.key}/journal`, body);
      expect([asRelay.status, asRelay.json]).toMatchObject([403, { kind: "not-allowed" }]);
      const asTill = await liar.upload(till.entries);
      expect([asTill.status, asTill.json.kind]).toEqual([403, "not-allowed"]);
    });

    it("a relay that was revoked brings nothing more", async () => {
      await revokeTerminal(bench.office, { storeCode: benchShop.storeCode, terminalId: "R2" });
      const { status, json } = await bring(vouched(till, till.entries));
      expect([status, json.kind]).toEqual([403, "revoked"]);
    });
  });

  it("a till's name is never given to a relay", async () => {
    await expect(bench.codeFor("T01", true, "relay")).rejects.toThrow("a code for a till of the shop");
  });
});
