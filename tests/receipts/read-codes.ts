import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import type { PaperBitmap } from "./paper-bitmap.ts";

/** White beside the paper: a phone sees the counter it lies on. */
const MARGIN = 40;
let isPrepared = false;

export interface ReadCode {
  readonly kind: "qr" | "code128";
  /** As it stands in the symbol: a text's encoding is not guessed. */
  readonly bytesHex: string;
}

/** What a reader finds on the whole strip, from top to bottom. */
export async function readCodes(paper: PaperBitmap): Promise<readonly ReadCode[]> {
  if (!isPrepared) {
    // By itself it would ask a server for its machine code.
    const wasmBinary = readFileSync(fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm")));
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer } });
    isPrepared = true;
  }
  const width = paper.width + 2 * MARGIN;
  const height = paper.height + 2 * MARGIN;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < paper.height; y += 1) {
    for (let x = 0; x < paper.width; x += 1) {
      if (paper.dots[y * paper.width + x] !== 1) continue;
      const at = ((y + MARGIN) * width + x + MARGIN) * 4;
      data.fill(0, at, at + 3);
    }
  }
  const found = await readBarcodes(
    { data, width, height, colorSpace: "srgb" },
    {
      formats: ["QRCode", "Code128"],
      maxNumberOfSymbols: 8,
    },
  );
  return found
    .toSorted((a, b) => a.position.topLeft.y - b.position.topLeft.y)
    .map(({ format, bytes }) => ({
      kind: format === "Code128" ? "code128" : "qr",
      bytesHex: Buffer.from(bytes).toString("hex"),
    }));
}
