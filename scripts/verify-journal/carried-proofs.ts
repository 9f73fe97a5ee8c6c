/**
 * What is wrong with the proofs of payments on the customer's phone, in words (docs/CARRIED.md). A confirmation must say the
 * number and amount of its tender; whose word it is only head office's key could tell, which no file has.
 */
export function wrongProofs(tenders: unknown, v: number): readonly string[] {
  if (!Array.isArray(tenders)) return [];
  // Its members are looked at one by one.
  return (tenders as readonly unknown[]).flatMap((tender) => {
    if (!isTold(tender) || tender["kind"] !== "wechat") return [];
    const { method, proof, outTradeNo, amountFen, transactionId } = tender;
    if (method !== "carried") return proof === undefined ? [] : [`payment ${String(outTradeNo)} needs no proof`];
    if (v < 4) return [`payment ${String(outTradeNo)} is of a version that knows none on the customer's phone`];
    if (transactionId !== null) return [`payment ${String(outTradeNo)}: no proof tells WeChat's number`];
    return isProof(proof, outTradeNo, amountFen) ? [] : [`payment ${String(outTradeNo)} is not proved`];
  });
}

function isProof(proof: unknown, outTradeNo: unknown, amountFen: unknown): boolean {
  if (!isTold(proof)) return false;
  const { by, code, confirmation } = proof;
  if (by === "code") return typeof code === "string" && /^\d{8}$/.test(code);
  if ((by !== "scan" && by !== "line") || typeof confirmation !== "string") return false;
  if (!/^7701(?:\d{13}){18,23}$/.test(confirmation)) return false;
  const groups = confirmation.slice(4).match(/\d{13}/g) ?? [];
  const bytes = Buffer.concat(
    groups.map((group) => {
      const five = Buffer.alloc(8);
      five.writeBigUInt64BE(BigInt(group));
      return five.subarray(3);
    }),
  );
  const length = bytes[1] ?? 0;
  const number = bytes.toString("ascii", 2, 2 + length);
  return bytes[0] === 1 && number === outTradeNo && bytes.readUInt32BE(2 + Math.min(length, 32)) === amountFen;
}

function isTold(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
