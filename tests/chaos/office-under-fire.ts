import { join } from "node:path";
import { runTool } from "#scripts/tally.ts";
import { type Killable, killable } from "./killable.ts";

/** The shop of every run. */
export const storeCode = "BJ01";

/** `node headoffice/main.ts` over an SQLite file of its own, to be killed and started again on the same port. */
export interface OfficeUnderFire {
  readonly process: Killable;
  readonly db: string;
  readonly dataDir: string;
  readonly cache: string;
  /** The port it was given at its first start; kept. */
  port(): number;
  /** For one of the shop's terminals, or its relay; the shop is made with the first. */
  code(terminalId: string, role?: "till" | "relay"): Promise<string>;
  /** A command beside the server, such as `fill`. */
  command(...args: readonly string[]): Promise<void>;
}

export function officeIn(
  folder: string,
  complaints: string[],
  options: { readonly nodeArgs?: readonly string[] } = {},
): OfficeUnderFire {
  const dataDir = join(folder, "office");
  const cache = join(folder, "cache");
  let port = 0;
  let isShopMade = false;
  const process = killable({
    ...{ name: "office", script: "headoffice/main.ts", complaints: [], cache, ...options },
    args: () => ["--data-dir", dataDir, "--port", String(port)],
    onLine(line) {
      const told = /^head office ready on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (told === undefined) complaints.push(`office: ${line}`);
      else port = Number(told);
      return told !== undefined;
    },
  });

  async function command(...args: readonly string[]): Promise<string> {
    const { code, output } = await runTool(["node", "headoffice/main.ts", ...args, "--data-dir", dataDir]);
    if (code !== 0) throw new Error(`head office: ${args[0]}: ${output}`);
    return output;
  }

  return {
    ...{ process, db: join(dataDir, "office.db"), dataDir, cache },
    port: () => port,
    async command(...args) {
      await command(...args);
    },
    async code(terminalId, role = "till") {
      if (!isShopMade) await command("shop", "--store", storeCode, "--name-zh", "朝阳店");
      isShopMade = true;
      const place = ["--store", storeCode, "--terminal", terminalId, ...(role === "relay" ? ["--relay"] : [])];
      const output = await command("enrol-code", ...place);
      return output.trim().split("\n").at(-1) ?? "";
    },
  };
}
