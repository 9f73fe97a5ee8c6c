import { generateKeyPairSync } from "node:crypto";

/** A merchant's keys, or the gateway's, as PEM. Takes a tenth of a second and more. */
export function rsaPair(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync("rsa", {
    modulusLength: 2_048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}
