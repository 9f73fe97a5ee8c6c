import { expect, test } from "vitest";
import { readApart } from "./read-apart.ts";

const list = (count: number) =>
  Buffer.from(
    `编码,名称,售价\n${Array.from({ length: count }, (_, row) => `S${row},商品 ${row},${row}.50`).join("\n")}`,
  );

test("a large list comes whole and in order, while this thread goes on", async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  const read = await readApart(list(20_000));
  clearInterval(timer);
  if (!read.ok) throw new Error(read.fault.refusal.kind);
  expect(read.value.rows.map(({ row }) => row)).toEqual(Array.from({ length: 20_000 }, (_, index) => index + 2));
  expect(read.value).toMatchObject({ badRows: 0, faults: [], format: "csv", columns: ["sku", "nameZh", "price"] });
  expect(turns).toBeGreaterThan(20);
});

test("what cannot be read and what lacks its columns say so", async () => {
  expect(await readApart(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))).toEqual({
    ...{ ok: false, fault: { kind: "refused", refusal: { kind: "old-excel" } } },
  });
  expect(await readApart(Buffer.from("名称,数量\n水,1"))).toMatchObject({
    fault: { refusal: { kind: "columns-missing", missing: ["price", "barcode"] }, format: "csv" },
  });
});
