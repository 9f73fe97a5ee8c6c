import type { KeyObject } from "node:crypto";
import { isSignedBy } from "./signature.ts";

/** The proofs of payments on the customer's phone (docs/CARRIED.md), as the sales of a journal tell them. */
export interface Proofs {
  /** What is wrong with those of one sale, in words. */
  take(tenders: unknown, v: number): readonly string[];
  /** What they prove no more than the till's own word for. */
  notes(): readonly string[];
}

/**
 * A confirmation must say the number and amount of its tender, and be signed by one of head office's keys. Without a key its
 * form alone is checked; a typed code only the till and head office, who share its secret, could check.
 */
export function createProofs(officeKeys: readonly KeyObject[]): Proofs {
  const seen = { unchecked: 0, typed: 0 };

  function wrongProof(proof: unknown, outTradeNo: unknown, amountFen: unknown): string | null {
    if (!isTold(proof)) return "is not proved";
    const { by, code, confirmation } = proof;
    if (by === "code") {
      seen.typed += 1;
      return typeof code === "string" && /^\d{8}$/.test(code) ? null : "is not proved";
    }
    const said = by === "scan" || by === "line" ? readDigits(confirmation) : null;
    if (said === null || said.outTradeNo !== outTradeNo || said.amountFen !== amountFen) return "is not proved";
    if (officeKeys.length === 0) {
      seen.unchecked += 1;
      return null;
    }
    const signed = `tillway-carried-confirmation\n1\n${said.outTradeNo}\n${said.amountFen}\n${said.nonce}\npaid\n`;
    return isSignedBy(officeKeys, signed, said.signature) ? null : "is confirmed by somebody else than head office";
  }

  return {
    take(tenders, v) {
      if (!Array.isArray(tenders)) return [];
      // Its members are looked at one by one.
      return (tenders as readonly unknown[]).flatMap((tender) => {
        if (!isTold(tender) || tender["kind"] !== "wechat") return [];
        const { method, proof, outTradeNo, amountFen, transactionId } = tender;
        const payment = `payment ${String(outTradeNo)}`;
        if (method !== "carried") return proof === undefined ? [] : [`${payment} needs no proof`];
        if (v < 4) return [`${payment} is of a version that knows none on the customer's phone`];
        if (transactionId !== null) return [`${payment}: no proof tells WeChat's number`];
        const wrong = wrongProof(proof, outTradeNo, amountFen);
        return wrong === null ? [] : [`${payment} ${wrong}`];
      });
    },
    notes() {
      const { unchecked, typed } = seen;
      const paid = "payments on the customer's phone are proved by";
      return [
        ...(unchecked === 0 ? [] : [`${unchecked} ${paid} digits whose signature was not checked: give --office-key`]),
        ...(typed === 0 ? [] : [`${typed} ${paid} a typed code, which nobody can check without the till's secret`]),
      ];
    },
  };
}

const groupDigits = 13;
const groupBytes = 5;
/** Version and length before the number; amount, nonce and signature behind it. */
const [headBytes, amountBytes, nonceBytes, signatureBytes] = [2, 4, 12, 64];

/** What the digits of a confirmation say; null where they are not its one spelling. */
function readDigits(digits: unknown) {
  if (typeof digits !== "string" || !/^7701(?:\d{13}){18,23}$/.test(digits)) return null;
  const groups = digits.slice(4).match(new RegExp(`\\d{${groupDigits}}`, "g")) ?? [];
  if (groups.some((group) => BigInt(group) >= 1n << BigInt(8 * groupBytes))) return null;
  const bytes = Buffer.concat(groups.map(bytesOfGroup));
  const numberEnd = headBytes + (bytes[1] ?? 0);
  const nonceAt = numberEnd + amountBytes;
  const signatureAt = nonceAt + nonceBytes;
  const rest = bytes.subarray(signatureAt + signatureBytes);
  if (bytes[0] !== 1 || bytes.length < signatureAt + signatureBytes) return null;
  if (rest.length >= groupBytes || rest.some((byte) => byte !== 0)) return null;
  return {
    outTradeNo: bytes.toString("latin1", headBytes, numberEnd),
    amountFen: bytes.readUInt32BE(numberEnd),
    nonce: bytes.subarray(nonceAt, signatureAt).toString("base64url"),
    signature: bytes.subarray(signatureAt, signatureAt + signatureBytes).toString("base64url"),
  };
}

function bytesOfGroup(group: string): Buffer {
  const eight = Buffer.alloc(8);
  eight.writeBigUInt64BE(BigInt(group));
  return eight.subarray(8 - groupBytes);
}

function isTold(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
