import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { packAnswer } from "./pack-answer.ts";

const text = JSON.stringify({
  rows: Array.from({ length: 200 }, (_, index) => ({ id: `${index}`, name: "可口可乐" })),
});

test.each(["gzip", "gzip, identity;q=0.5", "br, GZIP;q=0.8"])("a large answer is packed for %s", async (accepted) => {
  const { bytes, isPacked } = await packAnswer(text, accepted);
  expect([isPacked, gunzipSync(bytes).toString("utf8")]).toEqual([true, text]);
  expect(bytes.length * 4).toBeLessThan(Buffer.byteLength(text));
});

test.each([undefined, "", "identity", "br", "*", "gzip;q=0", "gzip; q=0.000", "x-gzip"])(
  "it leaves as it is for %s",
  async (accepted) => {
    expect(await packAnswer(text, accepted)).toEqual({ bytes: Buffer.from(text), isPacked: false });
  },
);

test("a small one is never packed", async () => {
  expect(await packAnswer("{}", "gzip")).toEqual({ bytes: Buffer.from("{}"), isPacked: false });
});
