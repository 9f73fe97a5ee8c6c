import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./poll.ts";

/** The certificate of the till's door for old tills on this machine's own address, once it is kept. */
export async function doorCertificate(dataDir: string): Promise<string> {
  const path = join(dataDir, "legacy", "identity-127-0-0-1.json");
  await until("the door has its certificate", () => existsSync(path));
  const kept = JSON.parse(readFileSync(path, "utf8")) as { readonly certificatePem: string }; // the till's own
  return kept.certificatePem;
}
