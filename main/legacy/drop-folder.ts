import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { mostNexoBytes } from "#contract/nexo/header.ts";
import { errorCode } from "#core/error-code.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { LegacyDesk, LegacyPeer } from "#main/till/ports/legacy-desk.ts";
import { moveDurably, putWhole } from "./put-whole.ts";

/** A folder is looked at, not watched: network folders tell nobody of a file from another machine. */
const lookEveryMs = 250;
/** After a disk that refused: a share that is away comes back in minutes, not in milliseconds. */
const afterTroubleMs = 5_000;
/** What is no JSON may be half of a file that is still written, though only whole ones should have such a name. */
const mayGrowMs = 2_000;
/** At the desk at once; the desk lets fewer wait, so that these never keep out a question. */
const mostAtDesk = 8;
/** Names of one look; a folder with more is worked off in turns. */
const mostNames = 1_000;
/** UTF-8, with room for what an unfinished answer has behind its name: a disk takes 255. */
const mostNameBytes = 200;
/** Requests that were answered, kept to look things up in; the oldest go. */
export const mostDone = 500;
/** The old till takes its answers away. One that does not may ask again; the oldest go. */
const mostAnswers = 5_000;
/** A link would have the till read out what only it may read, and a pipe would have it wait for ever. */
const onlyFiles = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
/** Answers between two tidyings. */
const tidyEvery = 50;

export interface DropFolderParts {
  /** Has `requests`, `responses` and `done` in it; made where they are missing, the folder itself is not. */
  readonly folder: string;
  readonly desk: LegacyDesk;
  readonly clock: Clock;
  readonly log: (what: string, facts: Readonly<Record<string, string>>) => void;
}

export interface DropFolder {
  start(): void;
  /** Resolves once nothing is under way on the disk; questions at the desk go on there, their answers are asked for again. */
  stop(): Promise<void>;
}

/** The door for an old till that can write files. A request stays where it is until its answer is on the disk. */
export function createDropFolder(parts: DropFolderParts): DropFolder {
  return new WatchedFolder(parts);
}

class WatchedFolder implements DropFolder {
  readonly #parts: DropFolderParts;
  readonly #peer: LegacyPeer;
  /** Names of requests that are at the desk or whose answers are being written. */
  readonly #underWay = new Set<string>();
  /** What was no JSON yet, and since when it has looked like that. */
  #doubtful = new Map<string, { readonly looks: string; readonly sinceMs: number }>();
  #cancel = (): void => {};
  /** One thing on the disk after the other: a share that hangs must not take every thread that reads files. */
  #disk: Promise<unknown> = Promise.resolve();
  #trouble: string | null = null;
  #answered = 0;
  #isStopped = false;

  constructor(parts: DropFolderParts) {
    this.#parts = parts;
    this.#peer = { door: "drop-folder", name: basename(parts.folder).slice(0, 40) || "folder" };
  }

  start(): void {
    void this.#look();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#disk;
  }

  async #look(): Promise<void> {
    const isWell = await this.#onDisk(() => this.#takeNew());
    if (this.#isStopped) return;
    this.#cancel = this.#parts.clock.after(isWell ? lookEveryMs : afterTroubleMs, () => void this.#look());
  }

  async #takeNew(): Promise<void> {
    const { folder } = this.#parts;
    // A share that is not mounted must not become a folder of ours on this disk.
    await stat(folder);
    for (const part of ["requests", "responses", "done"]) await ownFolder(join(folder, part));
    const names = (await readdir(join(folder, "requests"))).filter(isRequest).toSorted().slice(0, mostNames);
    this.#doubtful = new Map([...this.#doubtful].filter(([name]) => names.includes(name)));
    for (const name of names) {
      if (this.#underWay.size >= mostAtDesk || this.#isStopped) return;
      if (this.#underWay.has(name)) continue;
      const text = await this.#read(name);
      if (text !== null) void this.#ask(name, text);
    }
  }

  /** Null: not there any more, not a file, or perhaps not whole yet. */
  async #read(name: string): Promise<string | null> {
    const path = join(this.#parts.folder, "requests", name);
    const file = await open(path, onlyFiles).catch(() => null);
    if (file === null) return null;
    try {
      const found = await file.stat();
      if (!found.isFile()) return null;
      const { size, mtimeMs } = found;
      const held = Buffer.alloc(Math.min(size, mostNexoBytes + 1));
      const { bytesRead } = await file.read(held, 0, held.length, 0);
      const text = textOf(held.subarray(0, bytesRead));
      return isJson(text) || this.#hasStayed(name, `${size} ${mtimeMs}`) ? text : null;
    } finally {
      await file.close();
    }
  }

  #hasStayed(name: string, looks: string): boolean {
    const nowMs = this.#parts.clock.now();
    const known = this.#doubtful.get(name);
    if (known?.looks !== looks) {
      this.#doubtful.set(name, { looks, sinceMs: nowMs });
      return false;
    }
    return nowMs - known.sinceMs >= mayGrowMs;
  }

  async #ask(name: string, text: string): Promise<void> {
    const { folder, desk } = this.#parts;
    this.#underWay.add(name);
    const answer = await desk.answer(text, this.#peer);
    if (this.#isStopped) return;
    const isWritten = await this.#onDisk(async () => {
      // First the answer, then the request: a power cut between them has it asked once more, and the desk knows it.
      await putWhole(join(folder, "responses", name), answer);
      await moveDurably(join(folder, "requests", name), join(folder, "done", name));
      this.#doubtful.delete(name);
      await this.#tidy();
    });
    if (isWritten) this.#underWay.delete(name);
    // Asked anew, and answered the same, once the disk may have room again.
    else this.#parts.clock.after(afterTroubleMs, () => this.#underWay.delete(name));
  }

  async #tidy(): Promise<void> {
    this.#answered += 1;
    if (this.#answered % tidyEvery !== 1) return;
    const { folder } = this.#parts;
    await keepNewest(join(folder, "done"), mostDone);
    await keepNewest(join(folder, "responses"), mostAnswers);
  }

  /** @returns whether the disk did it; told once for as long as it is the same trouble */
  #onDisk(work: () => Promise<void>): Promise<boolean> {
    const done = this.#disk.then(async () => {
      try {
        await work();
        this.#tell(null);
        return true;
      } catch (cause) {
        this.#tell(errorCode(cause));
        return false;
      }
    });
    this.#disk = done;
    return done;
  }

  #tell(trouble: string | null): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    const facts = { folder: this.#parts.folder, ...(trouble === null ? {} : { code: trouble }) };
    this.#parts.log(trouble === null ? "the drop folder works again" : "the drop folder cannot be used", facts);
  }
}

function isRequest(name: string): boolean {
  return name.endsWith(".json") && !name.startsWith(".") && Buffer.byteLength(name) <= mostNameBytes;
}

/** A link in its place would have the till write where only it may, such as into its own settings. */
async function ownFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  const found = await lstat(path);
  if (!found.isDirectory()) throw Object.assign(new Error("a link instead of a folder"), { code: "ELOOP" });
}

/** What is no UTF-8 becomes a text that is no JSON, and the desk says so. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "";
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function keepNewest(folder: string, most: number): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= most) return;
  const aged = await Promise.all(
    names.map(async (name) => ({ name, atMs: (await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? 0 })),
  );
  const oldest = aged.toSorted((a, b) => a.atMs - b.atMs).slice(0, names.length - most);
  for (const { name } of oldest) await rm(join(folder, name), { force: true });
}
