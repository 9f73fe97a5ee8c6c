import { createHash } from "node:crypto";
import type { EntryLine } from "./written-line.ts";

/**
 * The hash an entry must have, from docs/JOURNAL.md alone: SHA-256 over the 32 bytes of `prev`, eight fields that each
 * carry their length as four bytes (big-endian), and the bytes of the body. Shares no code with the till.
 */
export function entryHash(terminalId: string, entry: Omit<EntryLine, "hash" | "sig">): string {
  const fields = [
    ...["tillway.journal.1", terminalId, entry.epoch, `${entry.seq}`, entry.kind],
    ...[`${entry.v}`, entry.atWall, `${entry.atMono}`],
  ];
  const sealed = createHash("sha256").update(Buffer.from(entry.prev, "hex"));
  for (const field of fields) {
    const text = Buffer.from(field, "utf8");
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    sealed.update(length).update(text);
  }
  return sealed.update(Buffer.from(entry.body, "utf8")).digest("hex");
}
