import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packJson } from "./pack-json.ts";

const unpacked = async (body: Readonly<Record<string, unknown>>): Promise<string> =>
  gunzipSync(await packJson(body)).toString("utf8");

describe("a body that is packed piece by piece", () => {
  it("is the text that JSON.stringify gives, whatever is in it", async () => {
    const text = fc.string({ unit: "binary" });
    const item = fc.jsonValue();
    const member = fc.oneof(item, fc.array(item, { maxLength: 35 }));
    const bodies = fc.array(fc.tuple(text, member), { maxLength: 4 }).map((members) => Object.fromEntries(members));
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        expect(await unpacked(body)).toBe(Buffer.from(JSON.stringify(body)).toString("utf8"));
      }),
      { numRuns: 200 },
    );
  });

  it("lets others run between its pieces: a full batch is never one long stretch", async () => {
    const entries = Array.from({ length: 100 }, (_, seq) => ({ seq, body: "农夫山泉".repeat(300) }));
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    count();
    const packed = await packJson({ entries });
    isOver = true;
    expect(JSON.parse(gunzipSync(packed).toString("utf8"))).toEqual({ entries });
    expect(turns).toBeGreaterThan(10);
  });
});
