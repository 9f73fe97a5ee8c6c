// `npm run headoffice`: the server for many shops, and the few things done to it from the command line.
import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { ok, type Result } from "#core/result.ts";
import { type Merchant, readMerchant } from "./carried/merchant.ts";
import { databaseOf, help, type Options, readOptions } from "./cli/options.ts";
import { serve, serveRelay } from "./cli/serve.ts";
import { codeFaultWords, fillFaultWords, openFaultWords, relayFaultWords } from "./cli/words.ts";
import { createEnrolmentCode, spacedCode } from "./enrolment/codes.ts";
import { readingThreadsFor } from "./journal/upload-readers.ts";
import { type HeadOffice, openHeadOffice } from "./open-head-office.ts";
import type { OfficeLog } from "./office.ts";
import { rebuildProjections } from "./projections/rebuild.ts";
import { openRelay } from "./relay/open-relay.ts";
import { fillShop } from "./shops/fill-shop.ts";
import { putShop } from "./shops/shops.ts";
import { readStoreFolder } from "./shops/store-folder.ts";
import type { DatabaseChoice } from "./store/open-store.ts";
import { revokeTerminal } from "./terminals/revoke.ts";

process.exitCode = await main();
// A utility process of Electron, as the demo store starts it, does not end because nothing is left to do. One that has
// answered is ended by its parent, who has read the answer by then: Electron drops what was said just before an end.
if ("parentPort" in process && (process.argv[2] === "serve" || process.exitCode !== 0)) process.exit();

async function main(): Promise<number> {
  const read = readOptions(process.argv.slice(2), process.env);
  if (!read.ok) return complain(`${read.fault}\nSee --help.`);
  const options = read.value;
  if (options === "help") return say(help.trimEnd());
  const database = databaseOf(options);
  try {
    // For this user only: the office's key is in the database.
    if (database.kind === "sqlite") mkdirSync(dirname(database.path), { recursive: true, mode: 0o700 });
  } catch (error) {
    return complain(
      `The folder ${dirname(database.kind === "sqlite" ? database.path : "")} cannot be made: ${String(error)}`,
    );
  }
  if (options.command === "relay") return startRelay(options, database);
  const log: OfficeLog = options.command === "serve" ? writeLogLine : () => {};
  const readingThreads = options.command === "serve" ? readingThreadsFor(availableParallelism()) : 0;
  const merchant = options.command === "serve" ? merchantOf(options) : ok(null);
  if (!merchant.ok) return complain(merchant.fault);
  const opened = await openHeadOffice({
    ...{ database, log, name: options.officeName, readingThreads },
    ...(merchant.value === null ? {} : { merchant: merchant.value }),
  });
  if (!opened.ok) return complain(openFaultWords(opened.fault));
  if (options.command === "serve") return serve(opened.value, options);
  try {
    return await act(opened.value, options);
  } finally {
    await opened.value.close();
  }
}

async function act({ office }: HeadOffice, options: Exclude<Options, { command: "serve" | "relay" }>): Promise<number> {
  switch (options.command) {
    case "shop": {
      await office.sql.transaction((tx) => putShop(tx, options));
      return say(`${options.storeCode} ${options.nameZh}`);
    }
    case "fill": {
      const folder = readStoreFolder(options.from);
      if (!folder.ok) return complain(folder.fault);
      const filled = await fillShop(office.sql, options.storeCode, folder.value, office.clock.now());
      if (!filled.ok) return complain(fillFaultWords(filled.fault, options.storeCode));
      return say(`${filled.value} rows written.`);
    }
    case "enrol-code": {
      const { storeCode, terminalId, replace, relay } = options;
      const choice = { replaces: replace, role: relay ? "relay" : "till" } as const;
      const made = await createEnrolmentCode(office, options, choice);
      if (!made.ok) return complain(codeFaultWords(made.fault, storeCode, terminalId));
      const until = new Date(made.value.expiresAtMs).toTimeString().slice(0, 5);
      process.stderr.write(`For ${storeCode}-${terminalId}, once, until ${until}:\n`);
      return say(spacedCode(made.value.code));
    }
    case "revoke": {
      const isDone = await revokeTerminal(office, options);
      const key = `${options.storeCode}-${options.terminalId}`;
      return isDone ? say(`${key} is revoked.`) : complain(`No active till is enrolled as ${key}.`);
    }
    case "rebuild":
      return say(`${await rebuildProjections(office)} entries read.`);
  }
}

function merchantOf({ merchantFile }: Extract<Options, { command: "serve" }>): Result<Merchant | null, string> {
  return merchantFile === undefined ? ok(null) : readMerchant(merchantFile);
}

async function startRelay(
  { upstream, enrol, host, port }: Extract<Options, { command: "relay" }>,
  database: DatabaseChoice,
): Promise<number> {
  const opened = await openRelay({ database, upstream, enrol, log: writeLogLine });
  if (!opened.ok) return complain(relayFaultWords(opened.fault));
  return serveRelay(opened.value, { host, port });
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(text: string): number {
  process.stderr.write(`${text}\n`);
  return 1;
}

function writeLogLine(event: Parameters<OfficeLog>[0]): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...event })}\n`);
}
