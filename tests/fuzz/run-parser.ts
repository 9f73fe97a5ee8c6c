import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { inputMaker } from "./make-input.ts";
import { parserNamed } from "./registry.ts";
import { shrink } from "./shrink.ts";
import type { Trouble } from "./try-input.ts";
import type { Counts, Word, Work } from "./work.ts";

/** A process that has said nothing for so long hangs, also on a machine with other work. Milliseconds. */
const usualSilenceMs = 10_000;
/** Starting one loads half the product. Milliseconds. */
const startMs = 60_000;
/** Looks at pieces of an input that kills or hangs: each is a process of its own. */
const mostLooks = { crash: 10, hang: 2 } as const;
/** Heap of a process, MiB: what takes more is not bounded. */
const mostHeapMb = 512;

export interface Failure {
  readonly index: number;
  readonly trouble: Trouble;
  readonly detail: string;
  readonly input: Uint8Array;
  readonly shrunk: Uint8Array;
}

export type Ran = { readonly counts: Counts } | { readonly failure: Failure };

export type Inputs = Omit<Work, "isStepping" | "input">;

/** Inputs `from` to `to` of one parser in a process of their own, watched: it may hang, die or eat memory, this may not. */
export async function runParser(inputs: Inputs, silenceMs = usualSilenceMs): Promise<Ran> {
  const first = await runProcess({ ...inputs, isStepping: false }, silenceMs);
  if ("counts" in first || "failure" in first) return first;
  // It ended or hung somewhere behind its last sign: the same again, saying each index before it.
  const again = await runProcess(
    { ...inputs, from: Math.max(inputs.from, first.lastIndex), isStepping: true },
    silenceMs,
  );
  if ("failure" in again) return again;
  if (!("counts" in again)) return { failure: await grave(inputs, again, silenceMs) };
  // What a busy machine made look like a hang: once more from the start and for the last time.
  const last = await runProcess({ ...inputs, isStepping: false }, silenceMs);
  return "counts" in last || "failure" in last ? last : { failure: await grave(inputs, last, silenceMs) };
}

interface Lost {
  readonly lastIndex: number;
  readonly trouble: "hang" | "crash";
  readonly detail: string;
}

async function grave({ parser, seed }: Inputs, lost: Lost, silenceMs: number): Promise<Failure> {
  const known = await parserNamed(parser);
  const input = known === null ? new Uint8Array() : inputMaker(known, seed)(lost.lastIndex);
  const isStillWrong = async (smaller: Uint8Array): Promise<boolean> =>
    "trouble" in (await runProcess(oneInput(parser, smaller), silenceMs));
  const shrunk = await shrink(input, isStillWrong, mostLooks[lost.trouble]);
  return { index: lost.lastIndex, trouble: lost.trouble, detail: lost.detail, input, shrunk };
}

/** One given input. */
export async function runInput(parser: string, input: Uint8Array): Promise<Ran> {
  const ran = await runProcess(oneInput(parser, input), usualSilenceMs);
  if ("counts" in ran || "failure" in ran) return ran;
  return { failure: { index: -1, trouble: ran.trouble, detail: ran.detail, input, shrunk: input } };
}

function oneInput(parser: string, input: Uint8Array): Work {
  return { parser, seed: 0, from: 0, to: 1, isStepping: true, input: Buffer.from(input).toString("base64") };
}

function runProcess(work: Work, silenceMs: number): Promise<Ran | Lost> {
  const script = fileURLToPath(new URL("worker.ts", import.meta.url));
  const flags = ["--expose-gc", `--max-old-space-size=${mostHeapMb}`, "--disable-warning=ExperimentalWarning"];
  const child = spawn(process.execPath, [...flags, script, JSON.stringify(work)], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let lastIndex = work.from;
  let said: Ran | null = null;
  let isHung = false;
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = `${complaint}${text}`.slice(-2_000);
  });
  return new Promise((resolve) => {
    const hang = () => {
      isHung = true;
      child.kill("SIGKILL");
    };
    let watchdog = setTimeout(hang, startMs);
    // The fourth descriptor was asked for above.
    createInterface({ input: child.stdio[3] as Readable }).on("line", (line) => {
      clearTimeout(watchdog);
      watchdog = setTimeout(hang, silenceMs);
      // worker.ts writes nothing else.
      const word = JSON.parse(line) as Word;
      if (word.kind === "at") lastIndex = word.index;
      else if (word.kind === "done") {
        const { kind: _, ...counts } = word;
        said = { counts };
      } else said = { failure: { ...word, input: bytesOf(word.input), shrunk: bytesOf(word.shrunk) } };
    });
    child.once("close", (code, signal) => {
      clearTimeout(watchdog);
      if (said !== null) return resolve(said);
      const how = `ended with ${code ?? signal ?? "nothing"}\n${complaint.trim()}`;
      resolve({ lastIndex, trouble: isHung ? "hang" : "crash", detail: isHung ? `silent for ${silenceMs} ms` : how });
    });
  });
}

function bytesOf(base64: string): Uint8Array {
  return Buffer.from(base64, "base64");
}
