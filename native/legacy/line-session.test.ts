import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createVirtualClock } from "#tests/support/virtual-clock.ts";
import { encodeFrame, frameBytes, mostPayloadBytes } from "./frame.ts";
import { FrameReader } from "./frame-reader.ts";
import { ackWithinMs, LineSession, mostPauseMs, mostRepeats, mostWaiting } from "./line-session.ts";

const ack = Buffer.of(frameBytes.ack);
const nak = Buffer.of(frameBytes.nak);
const frame = (text: string): Buffer => encodeFrame(Buffer.from(text));

/** A session, the till's side of a line; `far` is what its other end hears. */
function openLine() {
  const clock = createVirtualClock(0);
  const asked: { readonly id: number; readonly text: string }[] = [];
  const notes: string[] = [];
  const reader = new FrameReader();
  const far: string[] = [];
  const session = new LineSession({
    async write(bytes) {
      for (const event of reader.feed(bytes)) {
        far.push(event.kind === "message" ? event.payload.toString() : event.kind);
      }
      return true;
    },
    deliver: (id, text) => void asked.push({ id, text }),
    note: (words) => void notes.push(words),
    now: clock.now,
    after: clock.after,
  });
  return { clock, asked, notes, far, session };
}

describe("a line to an old till", () => {
  it("acknowledges a message, hands it on once and sends its answer until that is acknowledged", async () => {
    const { clock, asked, far, session, notes } = openLine();
    session.feed(frame('{"pay":1}'));
    session.answer(1, '{"paid":1}');
    session.feed(ack);
    await clock.advance(10 * ackWithinMs);
    expect({ asked, far, notes }).toEqual({
      asked: [{ id: 1, text: '{"pay":1}' }],
      far: ["ack", '{"paid":1}'],
      notes: [],
    });
  });

  it("repeats an answer three times at the wait for an ACK, then gives it up and goes on with the next", async () => {
    const { clock, far, session, notes } = openLine();
    session.feed(Buffer.concat([frame('{"pay":1}'), frame('{"state":1}')]));
    session.answer(1, '{"paid":1}');
    session.answer(2, '{"known":1}');
    await clock.advance(mostRepeats * ackWithinMs);
    expect(far.filter((heard) => heard === '{"paid":1}')).toHaveLength(mostRepeats + 1);
    expect(far).not.toContain('{"known":1}');
    await clock.advance(ackWithinMs);
    session.feed(ack);
    await clock.advance(10 * ackWithinMs);
    expect(far.filter((heard) => heard === '{"known":1}')).toHaveLength(1);
    expect(notes).toHaveLength(1);
  });

  it("sends again at once what the old till could not read", async () => {
    const { clock, far, session } = openLine();
    session.feed(frame('{"pay":1}'));
    session.answer(1, '{"paid":1}');
    await clock.advance(0);
    session.feed(nak);
    await clock.advance(0);
    session.feed(ack);
    await clock.advance(10 * ackWithinMs);
    expect(far).toEqual(["ack", '{"paid":1}', '{"paid":1}']);
  });

  it("hands a frame on once whose ACK was lost, and gives its answer again", async () => {
    const { clock, asked, far, session } = openLine();
    session.feed(frame('{"pay":1}'));
    await clock.advance(ackWithinMs);
    session.feed(frame('{"pay":1}'));
    session.answer(1, '{"paid":1}');
    session.feed(ack);
    await clock.advance(ackWithinMs);
    session.feed(frame('{"pay":1}'));
    session.feed(ack);
    await clock.advance(10 * ackWithinMs);
    expect(asked).toHaveLength(1);
    expect(far).toEqual(["ack", "ack", '{"paid":1}', "ack", '{"paid":1}']);
  });

  it("gives an answer again to a question that comes again in one piece with the ACK of the answer", async () => {
    const { clock, asked, far, session } = openLine();
    session.feed(frame('{"pay":1}'));
    session.answer(1, '{"paid":1}');
    await clock.advance(0);
    session.feed(Buffer.concat([ack, frame('{"pay":1}')]));
    await clock.advance(0);
    session.feed(ack);
    await clock.advance(10 * ackWithinMs);
    expect(asked).toHaveLength(1);
    expect(far.filter((heard) => heard === '{"paid":1}')).toHaveLength(2);
  });

  it("takes the same bytes much later, or behind others, to the desk: that knows its own answer", async () => {
    const { clock, asked, session } = openLine();
    session.feed(frame('{"pay":1}'));
    await clock.advance(60_000);
    session.feed(frame('{"pay":1}'));
    session.feed(frame('{"state":1}'));
    session.feed(frame('{"pay":1}'));
    expect(asked.map(({ text }) => text)).toEqual(['{"pay":1}', '{"pay":1}', '{"state":1}', '{"pay":1}']);
  });

  it("says NAK to a damaged frame, and to half of one after a second of silence", async () => {
    const { clock, asked, far, session } = openLine();
    session.feed(frame('{"pay":1}').fill(0x20, 9, 10));
    session.feed(frame('{"pay":1}').subarray(0, 9));
    await clock.advance(mostPauseMs - 1);
    expect(far).toEqual(["nak"]);
    await clock.advance(1);
    session.feed(frame('{"pay":1}'));
    expect(far).toEqual(["nak", "nak", "ack"]);
    expect(asked).toHaveLength(1);
  });

  it("refuses more than it can hold, until one of them has its answer", () => {
    const { asked, far, session } = openLine();
    for (let n = 0; n <= mostWaiting; n += 1) session.feed(frame(`{"n":${n}}`));
    expect(far.at(-1)).toBe("nak");
    expect(asked).toHaveLength(mostWaiting);
    session.answer(1, "{}");
    session.feed(frame('{"n":"next"}'));
    expect(asked).toHaveLength(mostWaiting + 1);
  });

  it("hands on what is no UTF-8 as no text, and sends no answer of more than 64 KiB", () => {
    const { asked, far, notes, session } = openLine();
    session.feed(encodeFrame(Buffer.from([0x7b, 0xbd, 0xf0, 0xb6, 0xee, 0x7d])));
    session.answer(1, "x".repeat(mostPayloadBytes + 1));
    expect(asked).toEqual([{ id: 1, text: "" }]);
    expect(far).toEqual(["ack"]);
    expect(notes).toHaveLength(1);
  });

  it("does nothing more once its cable was pulled", async () => {
    const { clock, far, session } = openLine();
    session.feed(Buffer.concat([frame('{"pay":1}'), frame('{"half":1}').subarray(0, 9)]));
    session.answer(1, '{"paid":1}');
    await clock.advance(0);
    session.close();
    await clock.advance(60_000);
    expect(far).toEqual(["ack", '{"paid":1}']);
  });

  it("hands every message on exactly once over a line that spoils and loses frames and answers", async () => {
    const fault = fc.constantFrom("none", "spoilt", "lost", "ack-lost");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fault, { maxLength: mostRepeats }), { maxLength: 5 }), async (all) => {
        const { clock, asked, far, session } = openLine();
        for (const [n, faults] of all.entries()) {
          for (const how of [...faults, "none"]) {
            const bytes = frame(`{"n":${n}}`);
            if (how === "spoilt") session.feed(bytes.fill(0x20, 8, 9));
            else if (how !== "lost") session.feed(bytes);
            await clock.advance(how === "none" ? 0 : ackWithinMs);
            if (how === "none" && far.at(-1) === "ack") break;
          }
          session.answer(asked.length, `{"answer":${n}}`);
          await clock.advance(0);
          session.feed(ack);
        }
        expect(asked.map(({ text }) => text)).toEqual(all.map((_, n) => `{"n":${n}}`));
      }),
      { numRuns: 50 },
    );
  });
});
