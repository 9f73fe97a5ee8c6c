import { isDeepStrictEqual } from "node:util";
import type { Answer, FuzzParser } from "./parser.ts";

/** Processor time that one input may take, milliseconds: a machine with other work does not make a parser slow. */
export const mostCpuMs = 1_000;

export type Trouble = "threw" | "slow" | "differs" | "not-taken" | "leak" | "hang" | "crash";

export interface Tried {
  readonly isTaken: boolean;
  readonly trouble: Trouble | null;
  readonly detail: string;
}

const microsPerMs = 1_000;

/** One input by one parser: what it promised, within its time, and the same again where `isTwice`. */
export async function tryInput(parser: FuzzParser, input: Uint8Array, isTwice: boolean): Promise<Tried> {
  const before = process.cpuUsage();
  let answer: Answer;
  try {
    const given = parser.read(input);
    answer = given instanceof Promise ? await given : given;
  } catch (error) {
    return { isTaken: false, trouble: "threw", detail: told(error) };
  }
  const { user, system } = process.cpuUsage(before);
  const cpuMs = (user + system) / microsPerMs;
  if (cpuMs > mostCpuMs) return { isTaken: false, trouble: "slow", detail: `${Math.round(cpuMs)} ms` };
  if (isTwice) {
    const again = await parser.read(input);
    if (!isDeepStrictEqual(again, answer))
      return { isTaken: false, trouble: "differs", detail: "another answer to the same input" };
  }
  return { isTaken: answer.isTaken, trouble: null, detail: "" };
}

function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return [`${error.name}: ${error.message.slice(0, 300)}`, ...frames.slice(0, 6)].join("\n");
}
