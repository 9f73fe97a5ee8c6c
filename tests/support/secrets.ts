import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import type { GatewayReady } from "#contract/bench/ready.ts";
import type { Secret } from "./sweep.ts";

export function paymentCodeSecrets(codes: Iterable<string>): readonly Secret[] {
  return [...codes].map((code, at) => textSecret(`payment code ${at + 1}`, code));
}

export function openidSecrets(openids: Iterable<string>): readonly Secret[] {
  return [...openids].map((openid, at) => textSecret(`openid ${at + 1}`, openid));
}

/** The keys of the simulated merchant, and the customer behind every payment. */
export function merchantSecrets(gateway: GatewayReady["gateway"]): readonly Secret[] {
  return [
    ...privateKeySecrets(readFileSync(gateway.privateKeyPath, "utf8")),
    textSecret("APIv3 key", gateway.apiV3Key),
    textSecret("v2 key", gateway.v2.apiV2Key),
  ];
}

export function textSecret(name: string, text: string): Secret {
  return { name, bytes: Buffer.from(text) };
}

/** So many bytes of a secret number are as good as all of it: nobody guesses them. */
const tellingBytes = 32;
const lineBytes = 48;

/**
 * A private key as its PEM has it, line by line, and the numbers it consists of. The lines that hold the modulus are left
 * out: it is public, and stands in the merchant's certificate.
 */
export function privateKeySecrets(pem: string): readonly Secret[] {
  const key = createPrivateKey(pem);
  const der = key.export({ type: "pkcs8", format: "der" });
  const numbers = key.export({ format: "jwk" });
  const part = (name: "n" | "d" | "p" | "q" | "dp" | "dq" | "qi"): Buffer =>
    Buffer.from(numbers[name] ?? "", "base64url");
  const modulus = part("n");
  const firstSecretByte = der.indexOf(modulus) + modulus.length;
  const lines = pem.split("\n").filter((line) => line.length > 32 && !line.startsWith("-----"));
  const secretLines = lines.filter((_, at) => at * lineBytes >= firstSecretByte);
  return [
    ...secretLines.map((line, at) => textSecret(`private key, line ${at + 1} of its secret part`, line)),
    ...(["d", "p", "q", "dp", "dq", "qi"] as const).map((name) => ({
      name: `private key, ${name}`,
      bytes: part(name).subarray(0, tellingBytes),
    })),
  ];
}
