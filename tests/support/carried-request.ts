import {
  createHash,
  diffieHellman,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  sign,
} from "node:crypto";
import type { OfficeTill } from "./office-till.ts";

/** A request as a till draws it, written for the tests from docs/CARRIED.md alone. */
export interface RequestFacts {
  readonly outTradeNo: string;
  readonly amountFen: number;
  readonly linesFen: number;
  readonly lineCount: number;
  /** 12 bytes, base64url. */
  readonly nonce: string;
  /** 4 bytes, base64url. */
  readonly secretId: string;
}

export const sampleRequest: RequestFacts = {
  ...{ outTradeNo: "BJ01T01260302120000A", amountFen: 1_250, linesFen: 2_000, lineCount: 3 },
  ...{ nonce: "AAECAwQFBgcICQoL", secretId: "3rDjjA" },
};

/** @param key another than the till's own: a forger's */
export function payloadOf(
  till: Pick<OfficeTill, "key" | "privateKey">,
  facts: RequestFacts,
  key: KeyObject = till.privateKey,
) {
  const { outTradeNo, amountFen, linesFen, lineCount, nonce, secretId } = facts;
  const said = [till.key, outTradeNo, amountFen, linesFen, lineCount, nonce, secretId];
  const text = `tillway-carried-request\n1\n${said.join("\n")}\n`;
  const numbers = Buffer.alloc(10);
  numbers.writeUInt32BE(amountFen, 0);
  numbers.writeUInt32BE(linesFen, 4);
  numbers.writeUInt16BE(lineCount, 8);
  return base32(
    Buffer.concat([
      ...[Buffer.from([1]), sized(till.key), sized(outTradeNo), numbers],
      ...[Buffer.from(nonce, "base64url"), Buffer.from(secretId, "base64url"), sign(null, Buffer.from(text), key)],
    ]),
  );
}

export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const signs = bits.match(/.{1,5}/g) ?? [];
  return signs.map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
}

/** The till's half of the exchange: its key, and what it makes of head office's. */
export function exchangeHalf(terminalKey: string) {
  const { publicKey, privateKey } = generateKeyPairSync("x25519");
  return {
    publicKey: publicKey.export({ format: "jwk" }).x ?? "",
    secretWith(officeKey: string): { readonly secret: Buffer; readonly id: string } {
      const theirs = createPublicKey({ key: { kty: "OKP", crv: "X25519", x: officeKey }, format: "jwk" });
      const shared = diffieHellman({ privateKey, publicKey: theirs });
      const secret = Buffer.from(hkdfSync("sha256", shared, "", `tillway-carried-secret\n1\n${terminalKey}\n`, 32));
      return { secret, id: createHash("sha256").update(secret).digest().subarray(0, 4).toString("base64url") };
    },
  };
}

function sized(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, "latin1")]);
}
