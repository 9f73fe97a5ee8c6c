import fc from "fast-check";
import { expect, it } from "vitest";
import { verifyChain } from "#core/journal/chain.ts";
import { entryOf, type WireEntry } from "#core/journal/wire-entry.ts";
import { officeTill, sha256 } from "#tests/support/office-till.ts";
import { checkBatch } from "./check-batch.ts";

const bodies = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 8 });

/** As they are checked: with the bytes of their bodies. */
const sound = (entries: readonly WireEntry[]) =>
  entries.map((entry) => ({ ...entry, body: new TextEncoder().encode(entry.body) }));

function chainOf(some: readonly string[]): readonly WireEntry[] {
  const till = officeTill({ url: "http://127.0.0.1", now: () => 0, storeCode: "BJ01", terminalId: "T01" });
  return some.map((body) => till.append("signed-in", body));
}

it("finds a whole chain sound, as core does with the same entries", () => {
  fc.assert(
    fc.property(bodies, (some) => {
      const entries = chainOf(some);
      expect(
        verifyChain(
          entries.map((entry) => entryOf("T01", entry)),
          sha256,
        ).ok,
      ).toBe(true);
      expect(checkBatch("T01", entries)).toEqual({
        ok: true,
        value: { epoch: "epoch-1", sound: sound(entries), broken: null },
      });
    }),
  );
});

it("keeps exactly what comes before a changed entry, whatever of it was changed", () => {
  const fields = fc.constantFrom<keyof WireEntry>("body", "kind", "atWall", "v", "atMono", "prev", "hash");
  fc.assert(
    fc.property(bodies, fc.nat(), fields, (some, which, field) => {
      const entries = chainOf(some);
      const at = which % entries.length;
      const changed = entries.map((entry, index) => (index === at ? change(entry, field) : entry));
      const checked = checkBatch("T01", changed);
      const broken = field === "prev" ? "wrong-prev" : "wrong-hash";
      const expected =
        at === 0
          ? { ok: false, fault: "broken-at-first" }
          : { ok: true, value: { epoch: "epoch-1", sound: sound(entries.slice(0, at)), broken } };
      expect(checked).toEqual(expected);
    }),
  );
});

it("ends without a fault before a gap, and refuses entries of another terminal", () => {
  const entries = chainOf(["1", "2", "3", "4"]);
  const gapped = checkBatch("T01", entries.toSpliced(2, 1));
  expect(gapped).toEqual({ ok: true, value: { epoch: "epoch-1", sound: sound(entries.slice(0, 2)), broken: null } });
  expect(checkBatch("T02", entries)).toEqual({ ok: false, fault: "broken-at-first" });
});

function change(entry: WireEntry, field: keyof WireEntry): WireEntry {
  const value = entry[field];
  if (typeof value === "number") return { ...entry, [field]: value + 1 };
  if (field === "hash" || field === "prev") {
    return { ...entry, [field]: (entry[field].startsWith("f") ? "0" : "f") + entry[field].slice(1) };
  }
  return { ...entry, [field]: `${String(value)}x` };
}
