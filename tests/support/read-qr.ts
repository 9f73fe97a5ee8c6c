import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

let isPrepared = false;

/** What a camera reads off a picture (PNG): the text of its first QR code, null when there is none. */
export async function readQr(png: Uint8Array): Promise<string | null> {
  if (!isPrepared) {
    // By itself it would ask a server for its machine code.
    const wasmBinary = readFileSync(fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm")));
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer } });
    isPrepared = true;
  }
  const [found] = await readBarcodes(new Uint8Array(png), { formats: ["QRCode"] });
  return found?.text ?? null;
}
