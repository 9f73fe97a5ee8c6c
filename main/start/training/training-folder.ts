import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeDurably } from "#main/secret/write-durably.ts";

/** Who went through the door; told in the till's own journal. */
const passage = z.strictObject({ by: z.string().max(64), atMs: z.number() });
export type Passage = z.infer<typeof passage>;

/** Training's own folder inside the till's data directory: nothing outside of it is training's. */
export function trainingFolder(dataDir: string): string {
  return join(dataDir, "training");
}

const markerOf = (dataDir: string): string => join(dataDir, "training-mode.json");
const leftOf = (dataDir: string): string => join(dataDir, "training-left.json");

/** Whether the next start of the till is training. A marker without a folder is none: there is nothing to start. */
export function isTrainingNext(dataDir: string): boolean {
  return existsSync(markerOf(dataDir)) && existsSync(join(trainingFolder(dataDir), "sales.db"));
}

/** The last step of entering: from here on the till starts as training. */
export function markEntered(dataDir: string, entered: Passage): void {
  writeDurably(markerOf(dataDir), JSON.stringify(entered));
}

/** The till starts as itself from here on, and tells its journal at that start. */
export function markLeft(dataDir: string, left: Passage): void {
  writeDurably(leftOf(dataDir), JSON.stringify(left));
  rmSync(markerOf(dataDir), { force: true });
}

/** Who left training since the till was last itself, told once: `tell` writes it down, and then it is forgotten. */
export function tellLeft(dataDir: string, tell: (left: Passage) => void): void {
  if (!existsSync(leftOf(dataDir))) return;
  const read = passage.safeParse(parsed(readFileSync(leftOf(dataDir), "utf8")));
  if (read.success) tell(read.data);
  rmSync(leftOf(dataDir), { force: true });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
