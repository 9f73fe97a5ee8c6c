import { assert } from "#core/result.ts";
import { judgePage, rowsOfPage } from "#main/catalog-writer/read-page.ts";
import type { FuzzParser } from "../parser.ts";
import { catalogPage } from "./wire-samples.ts";

export const catalogPages: FuzzParser = {
  name: "catalog-page",
  reads: "a page of head office's catalogue, whose signature was checked, with its pinyin (main/catalog-writer)",
  seeds: () => [Buffer.from(JSON.stringify(catalogPage)), Buffer.from(JSON.stringify({ ...catalogPage, rows: [] }))],
  words: ["重庆", "\\ud842\\udfb7", "__proto__", '"rev":', "1e3"],
  jsonFrom: 0,
  mostBytes: 16_384,
  async read(input) {
    const judged = await judgePage({ after: 0, json: input });
    if (judged.ok) return { isTaken: true, told: { ...judged.value, rows: rowsOfPage(input, judged.value) } };
    assert(judged.fault.length <= 500, "a short reason for the log");
    return { isTaken: false, told: judged };
  },
};
