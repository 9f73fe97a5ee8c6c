import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import type { CarriedRequest } from "#core/carried/request.ts";

/** One payment, and every word that till and head office say of it (docs/CARRIED.md). */
export interface CarriedVector {
  readonly request: CarriedRequest;
  readonly requestSigned: string;
  /** Hexadecimal. */
  readonly requestBytes: string;
  readonly payload: string;
  readonly address: string;
  readonly confirmationSigned: string;
  readonly confirmationDigits: string;
  readonly code: string;
}

interface Vectors {
  readonly keys: { readonly terminalSeed: string; readonly officeSeed: string; readonly secret: string };
  readonly payUrl: string;
  readonly cases: readonly CarriedVector[];
}

const file = new URL("../fixtures/carried/till.json", import.meta.url);

/** Both sides are held to this one file: what one of them writes otherwise, the other would not read. */
export const carriedVectors = JSON.parse(readFileSync(file, "utf8")) as Vectors;
export const vectorTerminalKey = keyOf(carriedVectors.keys.terminalSeed);
export const vectorOfficeKey = keyOf(carriedVectors.keys.officeSeed);
export const vectorSecret = Buffer.from(carriedVectors.keys.secret, "hex");

/** RFC 8410: 32 bytes of seed as a private key. */
function keyOf(seed: string): KeyObject {
  const key = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.from(seed, "hex")]);
  return createPrivateKey({ key, format: "der", type: "pkcs8" });
}
