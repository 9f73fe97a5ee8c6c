import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sealEntry } from "#core/journal/chain.ts";
import type { JournalKind, Sha256 } from "#core/journal/entry.ts";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { entryHash } from "./entry-hash.ts";

const sha256: Sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const text = fc.string({ unit: "binary", minLength: 1 });

describe("the checker's own hash of an entry", () => {
  it("is the one the documentation gives", () => {
    const written = {
      ...{ epoch: "9f2c", seq: 1, kind: "epoch-opened", v: 1, atWall: "2026-11-22T19:32:05+08:00", atMono: 1234.5 },
      ...{ body: '{"previous":null}', prev: "0".repeat(64) },
    };
    expect(readFileSync(join(projectRoot, "docs/JOURNAL.md"), "utf8")).toContain(`\`${entryHash("T01", written)}\``);
  });

  it("is the till's, though neither knows the other's code", () => {
    const entries = fc.record({
      ...{ epoch: text, seq: fc.integer({ min: 1 }), kind: text, v: fc.integer({ min: 1 }), atWall: text },
      ...{ atMono: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), body: text },
      prev: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    });
    fc.assert(
      fc.property(entries, text, ({ body, prev, ...header }, terminalId) => {
        const kind = header.kind as JournalKind;
        const { hash } = sealEntry({ ...header, kind, terminalId }, Buffer.from(body), prev, sha256);
        const link = Buffer.from(prev).toString("hex");
        expect(entryHash(terminalId, { ...header, body, prev: link })).toBe(Buffer.from(hash).toString("hex"));
      }),
    );
  });
});
