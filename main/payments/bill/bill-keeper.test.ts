import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readAndKeep } from "#main/worker/read-and-keep.ts";
import { readBillFile, ReadingStopped } from "./read-bill-file.ts";
import { billDay, type BillLine, billText, openid } from "./testing-bill.ts";
import { createTradeBillReader } from "./trade-bill.ts";

const owner = { mchid: "1900007291", day: billDay };
const lines: readonly BillLine[] = [
  { outTradeNo: "A1", totalFen: 1_250, name: '可乐, 大杯`加冰"半糖"' },
  { outTradeNo: "A2", totalFen: 3, name: "🍜 拉面, 2份" },
  { outTradeNo: "A1", refundFen: 50, outRefundNo: "R1", state: "REFUND", refundStatus: "SUCCESS" },
];
const text = billText(lines);
const sha1 = createHash("sha1").update(text).digest("hex");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tillway-kept-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function source(bytes: Buffer, name = "bill"): { readonly path: string; readonly sha1: string } {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { path, sha1 };
}
const keepAt = () => join(folder, "kept.csv.gz");
const read = (file: { readonly path: string; readonly sha1: string }, keep: string | null) =>
  readAndKeep(
    file,
    keep,
    (line) => createTradeBillReader(owner, line),
    () => {},
  );

describe("what is kept of a bill", () => {
  it("says everything the bill says, but who the customers are", async () => {
    const whole = await read(source(gzipSync(text)), keepAt());
    expect(whole).toMatchObject({ ok: true, value: { sha1, rows: { length: 3 } } });
    const kept = gunzipSync(readFileSync(keepAt())).toString("utf8");
    expect(text).toContain(openid);
    expect(kept).toBe(text.replaceAll(openid, ""));
    expect(statSync(keepAt()).mode & 0o777).toBe(0o600);

    const keptSha1 = whole.ok ? whole.value.keptSha1 : "";
    expect(keptSha1).toBe(createHash("sha1").update(kept).digest("hex"));
    const again = await read({ path: keepAt(), sha1: keptSha1 }, null);
    expect(again.ok && again.value.rows).toEqual(whole.ok && whole.value.rows);
  });

  it("is nothing where the bill is torn, changed or wrong, where the reading is stopped, or where the disk refuses", async () => {
    rmSync(keepAt(), { force: true });
    const torn = await read(source(gzipSync(text).subarray(0, -20)), keepAt());
    const changed = await read(source(Buffer.from(`${text} `)), keepAt());
    const wrong = text.replace("`1250", "`").replace("`12.50", "`12.5x");
    const odd = { ...source(Buffer.from(wrong)), sha1: createHash("sha1").update(wrong).digest("hex") };
    const faults = [torn, changed, await read(odd, keepAt())].map((result) => (result.ok ? null : result.fault.kind));
    expect(faults).toEqual(["unreadable", "hash-differs", "bad-line"]);
    const stopped = readAndKeep(
      source(Buffer.from(text)),
      keepAt(),
      (line) => createTradeBillReader(owner, line),
      () => {
        throw new ReadingStopped("nobody waits");
      },
    );
    await expect(stopped).rejects.toThrow(ReadingStopped);
    const refused = await read(source(Buffer.from(text)), join(folder, "no-such-folder", "kept"));
    expect(refused).toEqual({ ok: false, fault: { kind: "cannot-write", code: "ENOENT" } });
    expect([existsSync(keepAt()), existsSync(`${keepAt()}.part`)]).toEqual([false, false]);
  });

  it("is read in two pieces of a character as in one", async () => {
    const bytes = Buffer.from(
      billText(
        Array.from({ length: 3_000 }, (_, index) => ({ outTradeNo: `N${index}`, totalFen: index, name: "🍜面" })),
      ),
    );
    const file = { ...source(bytes, "large"), sha1: createHash("sha1").update(bytes).digest("hex") };
    const shares: number[] = [];
    const large = await readBillFile(file, createTradeBillReader(owner), (share) => void shares.push(share));
    expect(large).toMatchObject({ ok: true, value: { length: 3_000 } });
    expect([shares.length > 2, shares.at(-1)]).toEqual([true, 1]);
  });
});
