import type { FuzzParser } from "./parser.ts";
import type { Trouble } from "./try-input.ts";

/** Parsers with a mistake in them, and what the fuzzer must call it. */
export interface Control {
  readonly parser: FuzzParser;
  readonly trouble: Trouble;
}

const seeds = () => [Buffer.from("6901234567892\r"), Buffer.from("T01-000042:4990\r")];
const told = (input: Uint8Array) => ({ isTaken: true, told: input.length });
const kept: Uint8Array[] = [];
let calls = 0;
/** Processor time beyond what one input may take. */
const slowMicros = 1_200_000;

/** How long a control may say nothing: the one that hangs is not waited for, the slow one is, on a busy machine too. */
export function silenceMsOf({ trouble }: Control): number {
  return trouble === "hang" ? 3_000 : 30_000;
}

export const controls: readonly Control[] = [
  {
    trouble: "threw",
    parser: {
      ...{ name: "control-throws", reads: "a byte it cannot bear", seeds },
      read(input) {
        if (input.includes(0xff)) throw new TypeError("not a byte this one expects");
        return told(input);
      },
    },
  },
  {
    trouble: "hang",
    parser: {
      ...{ name: "control-hangs", reads: "a pattern it never comes back from", seeds },
      read(input) {
        for (let at = 0; Buffer.from(input).includes("0000000000"); at += 1) if (at < 0) break;
        return told(input);
      },
    },
  },
  {
    trouble: "slow",
    parser: {
      ...{ name: "control-is-slow", reads: "more than a second for a long text", seeds },
      read(input) {
        const before = process.cpuUsage();
        for (let used = 0; input.length > 2_000 && used < slowMicros;) {
          for (let turns = 0; turns < 100_000; turns += 1) calls += turns & 1;
          const { user, system } = process.cpuUsage(before);
          used = user + system;
        }
        return told(input);
      },
    },
  },
  {
    trouble: "leak",
    parser: {
      ...{ name: "control-leaks", reads: "and keeps everything", seeds },
      read(input) {
        kept.push(new Uint8Array(16_384).fill(input.length & 0xff));
        return told(input);
      },
    },
  },
  {
    trouble: "crash",
    parser: {
      ...{ name: "control-dies", reads: "a NUL and ends the process", seeds },
      read(input) {
        if (input.includes(0)) process.kill(process.pid, "SIGKILL");
        return told(input);
      },
    },
  },
  {
    trouble: "differs",
    parser: {
      ...{ name: "control-forgets", reads: "another answer each time", seeds },
      read(input) {
        calls += 1;
        return { isTaken: true, told: input.includes(0x0a) ? calls : 0 };
      },
    },
  },
  {
    trouble: "not-taken",
    parser: {
      ...{ name: "control-takes-nothing", reads: "what it should, and refuses it", seeds },
      read: () => ({ isTaken: false, told: null }),
    },
  },
];
