import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { assert } from "#core/result.ts";
import { type AcknowledgedSale, type DiskOp, promisesFile, type Told } from "./disk-op.ts";

/** The system calls that change files, as `strace -e trace=` takes them. A call SQLite starts to use must be added here. */
export const tracedCalls = [
  ...["open", "openat", "creat", "write", "writev", "pwrite64", "pwritev", "pwritev2", "fsync", "fdatasync"],
  ...["sync_file_range", "ftruncate", "truncate", "fallocate", "unlink", "unlinkat", "rename", "renameat", "renameat2"],
];

/**
 * Reads what `strace -f -y -xx` wrote and keeps what happened inside `directory`. The shared-memory index is left out: it
 * is rebuilt after a power cut. A call on our files that is not understood is an error, never silently dropped.
 */
export async function readTrace(path: string, directory: string): Promise<readonly DiskOp[]> {
  const ops: DiskOp[] = [];
  const known = new Set<string>();
  const unfinished = new Map<string, string>();
  for await (const line of createInterface({ input: createReadStream(path, "latin1") })) {
    const call = wholeCall(line, unfinished);
    if (call === null || !call.args.includes(hexOf(directory)) || call.result < 0) continue;
    const op = opOf(call, directory, known);
    if (op !== null) ops.push(op);
  }
  return ops;
}

interface Call {
  readonly name: string;
  readonly args: string;
  readonly result: number;
}

/** Puts a call together that another thread's call cut in two (`<unfinished ...>`, `<... fsync resumed>`). */
function wholeCall(line: string, unfinished: Map<string, string>): Call | null {
  const [, pid = "", rest = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
  if (rest.endsWith("<unfinished ...>")) {
    unfinished.set(pid, rest.slice(0, -"<unfinished ...>".length));
    return null;
  }
  const resumed = /^<\.\.\. \w+ resumed>/.exec(rest);
  const text = resumed === null ? rest : `${unfinished.get(pid) ?? ""}${rest.slice(resumed[0].length)}`;
  const [opening, closing] = [text.indexOf("("), text.lastIndexOf(") ")];
  if (opening <= 0 || closing < 0) return null;
  const result = Number.parseInt(text.slice(text.indexOf("=", closing) + 1), 10);
  return { name: text.slice(0, opening), args: text.slice(opening + 1, closing), result };
}

function opOf(call: Call, directory: string, known: Set<string>): DiskOp | null {
  const { name, args } = call;
  if (name === "fsync" && descriptorPath(args) === directory) return { kind: "sync-names" };
  if (name === "fsync") {
    // Every file was made while it was recorded, so what is not known is a folder.
    const folder = fileIn(directory, descriptorPath(args));
    if (folder !== null && !known.has(folder)) return { kind: "sync-folder", folder };
  }
  if (name === "open" || name === "openat") return openOp(args, directory, known);
  if (name.startsWith("unlink")) {
    const file = fileIn(directory, quotedAt(args, 0).toString());
    return file === null || !known.delete(file) ? null : { kind: "remove", file };
  }
  if (name.startsWith("rename")) {
    const [from, to] = [0, 1].map((place) => fileIn(directory, quotedAt(args, place).toString()));
    if (from == null || to == null) return null;
    // The old name may be made again: it is a new file then.
    known.delete(from);
    known.add(to);
    return { kind: "rename", from, to };
  }
  const file = fileIn(directory, descriptorPath(args));
  if (file === null) return null;
  return file === promisesFile ? promiseOf(args) : fileOp(call, file);
}

function openOp(args: string, directory: string, known: Set<string>): DiskOp | null {
  const file = fileIn(directory, quotedAt(args, 0).toString());
  if (file === null || file === promisesFile || !args.includes("O_CREAT")) return null;
  if (known.has(file)) return args.includes("O_TRUNC") ? { kind: "truncate", file, size: 0 } : null;
  known.add(file);
  return { kind: "create", file };
}

function fileOp({ name, args, result }: Call, file: string): DiskOp {
  switch (name) {
    case "pwrite64": {
      const bytes = quotedAt(args, 0);
      const offset = Number(args.slice(args.lastIndexOf(",") + 1));
      assert(bytes.length >= result && Number.isSafeInteger(offset), "the whole write was traced");
      return { kind: "write", file, offset, bytes: bytes.subarray(0, result) };
    }
    case "fsync":
    case "fdatasync":
      return { kind: "sync", file };
    case "ftruncate":
      return { kind: "truncate", file, size: Number(args.slice(args.lastIndexOf(",") + 1)) };
    default:
      throw new Error(`the recorder does not know ${name} on ${file}`);
  }
}

function promiseOf(args: string): DiskOp {
  // Written by the program that is recorded, as one line of JSON.
  const line = JSON.parse(quotedAt(args, 0).toString()) as AcknowledgedSale | Told;
  return "act" in line ? { kind: "told", told: line } : { kind: "acknowledged", sale: line };
}

/** Name inside the directory, or null for what is elsewhere or never on a disk. */
function fileIn(directory: string, path: string): string | null {
  if (!path.startsWith(`${directory}/`) || path.endsWith("-shm")) return null;
  return path.slice(directory.length + 1);
}

/** The path `-y` prints behind the first descriptor. */
function descriptorPath(args: string): string {
  return bytesOf(args.slice(args.indexOf("<") + 1, args.indexOf(">"))).toString();
}

/** The n-th quoted argument; `-xx` writes every byte as `\xNN`, so no quote can stand inside. */
function quotedAt(args: string, place: number): Buffer {
  const quoted = args.split('"')[2 * place + 1];
  assert(quoted !== undefined, "an argument in quotes");
  return bytesOf(quoted);
}

function bytesOf(escaped: string): Buffer {
  return Buffer.from(escaped.replaceAll("\\x", ""), "hex");
}

function hexOf(text: string): string {
  return Buffer.from(text)
    .toString("hex")
    .replaceAll(/../g, String.raw`\x$&`);
}
