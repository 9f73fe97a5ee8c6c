import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalHeader } from "./canonical.ts";
import { chainStart, sealEntry, verifyChain } from "./chain.ts";
import type { JournalEntry, JournalHeader, Sha256 } from "./entry.ts";
import { encodeUtf8 } from "./utf8.ts";

const sha256: Sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

const header: JournalHeader = {
  ...{ terminalId: "T01", epoch: "9f2c", seq: 1, kind: "sale-completed", v: 1 },
  ...{ atWall: "2026-11-22T19:32:05+08:00", atMono: 1_234.5 },
};

function chainOf(bodies: readonly Uint8Array[], hash: Sha256 = sha256): readonly JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const [index, body] of bodies.entries()) {
    const prev = entries.at(-1)?.hash ?? chainStart().hash;
    entries.push(sealEntry({ ...header, seq: index + 1, atMono: index * 10 }, body, prev, hash));
  }
  return entries;
}

const bodies = fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 8 });

/** Changes one thing about one header, every field in its turn. */
const headerChanges: readonly ((entry: JournalEntry) => JournalEntry)[] = [
  (entry) => ({ ...entry, terminalId: `${entry.terminalId}1` }),
  (entry) => ({ ...entry, epoch: "" }),
  (entry) => ({ ...entry, kind: "sale-voided" }),
  (entry) => ({ ...entry, v: entry.v + 1 }),
  (entry) => ({ ...entry, atWall: entry.atWall.replace("19", "18") }),
  (entry) => ({ ...entry, atMono: entry.atMono + 1 }),
  // A field's last character moved into the next one: lengths tell them apart.
  (entry) => ({ ...entry, terminalId: "T0", epoch: `1${entry.epoch}` }),
];

describe("canonical header bytes", () => {
  it("are the documented ones, byte for byte", () => {
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).replaceAll("\0", "·");
    expect(text(canonicalHeader(header))).toBe(
      "···\u0011tillway.journal.1···\u0003T01···\u00049f2c···\u00011···\u000esale-completed···\u00011" +
        "···\u00192026-11-22T19:32:05+08:00···\u00061234.5",
    );
  });

  it("are the same for the same header and different for any other", () => {
    const texts = fc.record({
      ...{ terminalId: fc.string({ unit: "grapheme" }), epoch: fc.string({ unit: "grapheme" }) },
    });
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const isSame = a.terminalId === b.terminalId && a.epoch === b.epoch;
        const bytesOf = (fields: typeof a) => canonicalHeader({ ...header, ...fields }).join();
        expect(bytesOf(a) === bytesOf(b)).toBe(isSame);
      }),
    );
  });

  it.each([{ seq: 0 }, { seq: 1.5 }, { v: 0 }, { atMono: Number.NaN }, { epoch: "\uD800" }])("refuse %j", (change) => {
    expect(() => canonicalHeader({ ...header, ...change })).toThrow("broken promise");
  });
});

describe("UTF-8 of our own", () => {
  it("is the platform's for every well-formed text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text));
      }),
      { examples: [["\u007f\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff}"]] },
    );
  });
});

describe("a chain of journal entries", () => {
  it("verifies from its start and from any entry on", () => {
    fc.assert(
      fc.property(bodies, fc.nat(7), (some, cut) => {
        const entries = chainOf(some);
        const tip = { ok: true, value: { seq: entries.length, hash: entries.at(-1)?.hash } };
        expect(verifyChain(entries, sha256)).toEqual(tip);
        const before = entries[Math.min(cut, entries.length - 1)];
        if (before !== undefined) expect(verifyChain(entries.slice(before.seq), sha256, before)).toEqual(tip);
      }),
    );
  });

  it("gives back where it started when there is nothing to verify", () => {
    expect(verifyChain([], sha256)).toEqual({ ok: true, value: chainStart() });
  });

  it("breaks on any changed byte of a body, a link or a hash", () => {
    const places = fc.constantFrom("body" as const, "prev" as const, "hash" as const);
    fc.assert(
      fc.property(
        bodies,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        places,
        (some, which, byte, mask, place) => {
          const entries = [...chainOf(some)];
          const index = which % entries.length;
          const entry = entries[index];
          if (entry === undefined) return;
          const bytes = Uint8Array.from(entry[place]);
          const at = byte % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ mask;
          entries[index] = { ...entry, [place]: bytes };
          const kind = place === "prev" ? "wrong-prev" : "wrong-hash";
          expect(verifyChain(entries, sha256)).toEqual({ ok: false, fault: { kind, seq: entry.seq } });
        },
      ),
    );
  });

  it("breaks on any changed field of a header, which a checker that ignores headers would miss", () => {
    // The control seals and checks bodies only: it must find nothing wrong, or this test proves nothing.
    const bodyOnly: Sha256 = (prev, _header, body = new Uint8Array()) => sha256(prev ?? new Uint8Array(), body);
    const some = [encodeUtf8("one"), encodeUtf8("two"), encodeUtf8("three")];
    for (const change of headerChanges) {
      const alter = (entries: readonly JournalEntry[]) =>
        entries.map((entry) => (entry.seq === 2 ? change(entry) : entry));
      expect(verifyChain(alter(chainOf(some)), sha256)).toEqual({ ok: false, fault: { kind: "wrong-hash", seq: 2 } });
      expect(verifyChain(alter(chainOf(some, bodyOnly)), bodyOnly).ok).toBe(true);
    }
  });

  it("breaks on a missing, repeated, swapped or foreign entry", () => {
    const [one, two, three] = chainOf([encodeUtf8("1"), encodeUtf8("2"), encodeUtf8("3")]);
    const [, stranger] = chainOf([encodeUtf8("x"), encodeUtf8("2")]);
    if (!one || !two || !three || !stranger) throw new Error("three entries and a stranger");
    const verdict = (...entries: readonly JournalEntry[]) => verifyChain(entries, sha256);
    expect(verdict(one, three)).toEqual({ ok: false, fault: { kind: "seq-gap", seq: 3 } });
    expect(verdict(two, three)).toEqual({ ok: false, fault: { kind: "seq-gap", seq: 2 } });
    expect(verdict(one, one)).toEqual({ ok: false, fault: { kind: "seq-gap", seq: 1 } });
    expect(verdict(one, stranger)).toEqual({ ok: false, fault: { kind: "wrong-prev", seq: 2 } });
    expect(verifyChain([one], sha256, three)).toEqual({ ok: false, fault: { kind: "seq-gap", seq: 1 } });
  });

  it("refuses to seal on something that is no hash", () => {
    expect(() => sealEntry(header, encodeUtf8("1"), new Uint8Array(31), sha256)).toThrow("broken promise");
  });
});
