import { assert } from "#core/result.ts";
import { ReplyParser, troubleOf } from "#native/printer/reply-parser.ts";
import type { FuzzParser } from "../parser.ts";
import { piecesOf } from "./scanner-serial.ts";

export const printerReplies: FuzzParser = {
  name: "printer-replies",
  reads: "ESC/POS answers: status, automatic status, process ids (native/printer/reply-parser)",
  seeds: () =>
    [[0x12], [0x10, 0x00, 0x00, 0x00], [0x37, 0x22, 0x30, 0x30, 0x34, 0x32, 0x00], [0x14, 0x08, 0x0c, 0x0f, 0x16]].map(
      (bytes) => Uint8Array.from(bytes),
    ),
  words: ["\u0011", "\u0013", '7"', "\u0012"],
  mostBytes: 2_048,
  read(input) {
    const read = (pieces: readonly Uint8Array[]) => {
      const parser = new ReplyParser();
      return pieces.flatMap((piece) => parser.feed(piece));
    };
    const whole = read([input]);
    assert(
      JSON.stringify(whole) === JSON.stringify(read(piecesOf(input))),
      "the same replies however the bytes are cut",
    );
    for (const reply of whole) if (reply.kind === "process-id") assert(/^[ -~]{4}$/.test(reply.id), "four characters");
    troubleOf(input[0] ?? 0, input[1] ?? 0, input[2] ?? 0);
    return { isTaken: whole.length > 0, told: whole };
  },
};
