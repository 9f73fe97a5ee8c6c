import { sign } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { openDeviceKeys } from "#main/secret/device-key.ts";
import type { KeyStore } from "#main/secret/key-store.ts";
import { syncDirectoryOf } from "#main/store/connection.ts";
import { readTerminalConfig } from "#main/settings/read-terminal-config.ts";
import { journalFile } from "./journal-file.ts";
import { openJournal } from "./read-journal.ts";

// npm run --silent export-journal -- --data-dir DIR [--out FILE]
//
// Writes the journal of a data directory as docs/JOURNAL.md has it, to FILE or to standard output, while the till may
// sell on. Signed where the till's key is guarded by the user's account alone; a key in the operating system's key store
// is out of reach here, and the file is then not signed: it shows damage, not forgery.

const usage = `npm run --silent export-journal -- --data-dir DIR [--out FILE]

  --data-dir DIR  the till's data directory, with sales.db and terminal.json
  --out FILE      where the file goes; without it, standard output`;

/** Outside Electron there is none. */
const noKeyStore: KeyStore = {
  isAsyncEncryptionAvailable: () => Promise.resolve(false),
  encryptStringAsync: () => Promise.reject(new Error("there is no key store here")),
  decryptStringAsync: () => Promise.reject(new Error("there is no key store here")),
};

process.exitCode = await main();

async function main(): Promise<number> {
  const asked = readArguments();
  if (typeof asked === "string") return refuse(asked);
  const { dataDir, out } = asked;
  const path = join(dataDir, "sales.db");
  if (!existsSync(path)) return refuse(`there is no sales.db in ${dataDir}: give the till's data directory`);
  const config = readTerminalConfig(dataDir);
  if (!config.ok)
    return refuse(`${config.fault.file} cannot be read: ${config.fault.problems[0]?.en ?? "no reason told"}`);
  const journal = openJournal(path);
  try {
    const terminalKey = `${config.value?.store.code ?? "DEMO"}-${journal.terminalId}`;
    const signer = await signerIn(dataDir, journal.publicKey);
    const facts = { terminalKey, publicKey: journal.publicKey, exportedAt: new Date().toISOString(), sign: signer };
    const lines = Readable.from(journalFile(facts, journal.entries()));
    await (out === undefined ? pipeline(lines, process.stdout) : writeDurably(lines, out));
    if (signer === null) console.error("not signed: the till has no key, or one that is out of reach for this program");
  } finally {
    journal.close();
  }
  return 0;
}

/** Signs by the till's key, if it can be opened here and is the one the till is enrolled with. */
async function signerIn(dataDir: string, publicKey: string | null): Promise<((text: string) => string) | null> {
  const log = { info() {}, warn() {}, error() {}, child: () => log };
  const keys = await openDeviceKeys(dataDir, noKeyStore, log);
  const key = await keys.read();
  if (!key.ok || key.value.publicKey !== publicKey) return null;
  return (text) => sign(null, Buffer.from(text), key.value.privateKey).toString("base64url");
}

/** Under its name only when it is whole. */
async function writeDurably(lines: Readable, out: string): Promise<void> {
  const unfinished = `${out}.part`;
  await pipeline(lines, createWriteStream(unfinished));
  const file = await open(unfinished, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, out);
  syncDirectoryOf(out);
}

function readArguments(): { readonly dataDir: string; readonly out: string | undefined } | string {
  try {
    const { values } = parseArgs({
      options: { "data-dir": { type: "string" }, out: { type: "string" }, help: { type: "boolean" } },
    });
    const dataDir = values["data-dir"];
    return values.help || dataDir === undefined ? usage : { dataDir, out: values.out };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${usage}`;
  }
}

function refuse(why: string): number {
  console.error(why);
  return 2;
}
