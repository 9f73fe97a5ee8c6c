import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

let isPrepared = false;

/**
 * What a stranger reads off bars that were drawn as one outline (`M3 0h2v…`): three dots a module, with ten modules of
 * white beside them. Null where it reads nothing.
 */
export async function readBars(drawn: string): Promise<string | null> {
  if (!isPrepared) {
    // By itself it would ask a server for its machine code.
    const wasmBinary = readFileSync(fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm")));
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer } });
    isPrepared = true;
  }
  const bars = [...drawn.matchAll(/M(\d+) 0h(\d+)v/g)].map(([, left, width]) => [Number(left), Number(width)] as const);
  const modules = Math.max(0, ...bars.map(([left, width]) => left + width));
  const [dots, quiet, height] = [3, 10, 60];
  const width = (modules + 2 * quiet) * dots;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const [left, bar] of bars) {
    for (let y = 0; y < height; y += 1) {
      const from = (y * width + (left + quiet) * dots) * 4;
      for (let x = 0; x < bar * dots; x += 1) data.fill(0, from + x * 4, from + x * 4 + 3);
    }
  }
  const [found] = await readBarcodes({ data, width, height, colorSpace: "srgb" }, {});
  return found?.text ?? null;
}
