import { existsSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { until } from "#tests/support/poll.ts";
import { type FaultyProxy, startFaultyProxy } from "#tests/sync/proxy.ts";
import { type Killable, killable } from "./killable.ts";
import { type OfficeUnderFire, storeCode } from "./office-under-fire.ts";

/** The shop's relay as a process of its own over its shelf, with a line to head office that can fail. */
export interface RelayUnderFire {
  readonly process: Killable;
  readonly line: FaultyProxy;
  /** The port it was given at its first start; kept. */
  port(): number;
  /** Uploads on its shelf that head office has not; read beside it. */
  waiting(): number;
}

/** Enrols it over a line that is still whole; it runs when this resolves. */
export async function startRelay(
  folder: string,
  office: OfficeUnderFire,
  complaints: string[],
): Promise<RelayUnderFire> {
  const code = await office.code("R1", "relay");
  const dataDir = join(folder, "relay");
  const line = await startFaultyProxy(`http://127.0.0.1:${office.port()}`);
  let port = 0;
  const process = killable({
    ...{ name: "relay", script: "headoffice/main.ts", complaints: [], cache: office.cache },
    args: () => [
      ...["--relay", "--upstream", line.baseUrl, "--data-dir", dataDir, "--port", String(port)],
      ...(port === 0 ? ["--store", storeCode, "--terminal", "R1", "--code", code] : []),
    ],
    onLine(said) {
      const told = /^relay \S+ ready on http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (told === undefined) complaints.push(`relay: ${said}`);
      else port = Number(told);
      return told !== undefined;
    },
  });
  process.start();
  await until(`the relay is ready; ${complaints.at(-1) ?? ""}`, () => process.isReady(), 60_000);
  return {
    ...{ process, line },
    port: () => port,
    waiting() {
      const path = join(dataDir, "relay.db");
      if (!existsSync(path)) return 0;
      const shelf = new Database(path, { readonly: true });
      try {
        return Number(shelf.prepare("SELECT count(*) FROM relay_batches").pluck().get());
      } finally {
        shelf.close();
      }
    },
  };
}
