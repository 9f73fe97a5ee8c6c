import type { Log } from "#main/log/open-log.ts";
import { versionOfFile } from "#main/store/version-of-file.ts";
import { salesMigrations } from "#main/store/sales/open-sales-store.ts";
import { showUpdateCard } from "#main/window/update-card.ts";

/** Smaller books are brought up to date, and copied before it, sooner than anybody wonders. Bytes. */
const largeBytes = 64 * 1024 * 1024;

/** Opens the books; where an update has to change large ones first, whoever waits reads so meanwhile. */
export async function tellingOfUpdate<T>(salesDb: string, log: Log, open: () => T): Promise<T> {
  const found = versionOfFile(salesDb);
  const isLong = found !== null && found.version < salesMigrations.length && found.bytes > largeBytes;
  const close = isLong ? await showUpdateCard() : null;
  if (isLong) log.info("told of an update of large books", found);
  try {
    return open();
  } finally {
    close?.();
  }
}
