import { existsSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { shopSettingsSchema, type ShopSettings } from "#contract/config/shop-settings.ts";
import { writeDurably } from "#main/secret/write-durably.ts";

/** All of it filled in is a few kilobytes; a longer file is something else. Bytes. */
const mostBytes = 65_536;

export interface ReadSettings {
  readonly settings: ShopSettings;
  /** A file was there that no till has written: it lies beside as `settings.json.unreadable`. */
  readonly isSetAside: boolean;
}

/**
 * What was set on the till's pages; nothing where nothing was. A file that cannot be read does not stop the till, which
 * sells by terminal.json: it is set aside for whoever wants to look, and the page says so.
 */
export function readShopSettings(dataDir: string): ReadSettings {
  const path = join(dataDir, "settings.json");
  if (!existsSync(path)) return { settings: {}, isSetAside: false };
  const read = readFile(path);
  if (read !== null) return { settings: read, isSetAside: false };
  renameSync(path, `${path}.unreadable`);
  return { settings: {}, isSetAside: true };
}

/** Durable when it returns: either the old settings are there or the new ones. Throws what the disk says. */
export function writeShopSettings(dataDir: string, settings: ShopSettings): void {
  writeDurably(join(dataDir, "settings.json"), `${JSON.stringify(settings, null, 2)}\n`);
}

function readFile(path: string): ShopSettings | null {
  try {
    if (statSync(path).size > mostBytes) return null;
    const parsed = shopSettingsSchema.safeParse(JSON.parse(readFileSync(path, "utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
