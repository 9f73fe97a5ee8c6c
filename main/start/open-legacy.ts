import { mkdirSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { legacySection, type LegacyConfig } from "#contract/config/legacy.ts";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import type { LegacySettings } from "#contract/ipc/legacy-intents.ts";
import { fail, ok } from "#core/result.ts";
import { openIdentities } from "#main/legacy/https/kept-identities.ts";
import { createLiveDoor } from "#main/legacy/https/live-door.ts";
import { openPairings } from "#main/legacy/https/pairings.ts";
import { addressesOf } from "#main/legacy/https/own-addresses.ts";
import type { Log } from "#main/log/open-log.ts";
import type { KeyStore } from "#main/secret/key-store.ts";
import { prepareRewrite } from "#main/settings/rewrite-section.ts";
import type { Endings } from "#main/start/endings.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { LegacyDesk } from "#main/till/ports/legacy-desk.ts";
import type { LegacyDoors } from "#main/till/ports/legacy-doors.ts";

export interface LegacyParts {
  /** As terminal.json was at the start. */
  readonly config: () => Pick<TerminalConfig, "legacy">;
  readonly dataDir: string;
  /** Nothing can be saved: there is no terminal.json yet. */
  readonly isDemo: boolean;
  /** Old tills are told of real money: in training there is no door. */
  readonly isTraining: boolean;
  readonly desk: () => LegacyDesk | null;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly endings: Pick<Endings, "push">;
}

/** What the section says where it says nothing else, and its door. */
const usual = legacySection.parse({});
const usualDoor = { host: "127.0.0.1", port: 8_643 };

/**
 * The door of old tills over HTTPS, set up while the till is open: in terminal.json first, then in use. It opens beside the
 * till and answers once the till is there; one that does not open stops no till from selling, and its page says why. Null
 * in training.
 */
export function openLegacy(parts: LegacyParts): LegacyDoors | null {
  if (parts.isTraining) return null;
  const { dataDir, isDemo, clock, endings, keyStore } = parts;
  const log = parts.log.child("legacy");
  const folder = join(dataDir, "legacy");
  const pairings = openPairings(join(folder, "pairings.json"));
  const lastMs = new Map<string, number>();
  const desk: LegacyDesk = {
    answer(text, from) {
      lastMs.set(from.name, clock.now());
      return parts.desk()?.answer(text, from) ?? Promise.reject(new Error("the till is not open yet"));
    },
  };
  const door = createLiveDoor({ identities: openIdentities(folder, keyStore, log), pairings, desk, clock, log });
  endings.push(() => door.goOver(null));
  let { legacy } = parts.config();
  const goOver = (): Promise<void> => door.goOver(legacy?.https?.isOn === true ? legacy.https : null);
  void goOver();

  return {
    configured: () => legacy,
    view: () => ({
      shop: isDemo ? "demo" : "real",
      isTaken: legacy !== undefined,
      settings: settingsOf(legacy),
      addresses: addressesOf(networkInterfaces()),
      ...door.view(),
      pairings: pairings.list().map((one) => ({ ...one, lastAtMs: lastMs.get(one.name) ?? null })),
    }),
    async save(after) {
      const before = legacy === undefined ? null : settingsOf(legacy);
      const rewrite = prepareRewrite(dataDir, "legacy", (section) => withSettings(section, after));
      const written = rewrite.ok ? rewrite.value.write() : rewrite;
      if (!written.ok) {
        log.error("terminal.json could not be rewritten", { why: written.fault });
        return fail(written.fault === "no-file" ? "setup-demo-store" : "setup-file-unwritable");
      }
      legacy = { ...(legacy ?? usual), ...after };
      await goOver();
      return ok({ before, after });
    },
    pair(name) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return pairings.pair(name, clock.now());
    },
    unpair(name) {
      lastMs.delete(name);
      return pairings.unpair(name);
    },
  };
}

/** A section without HTTPS means a door that is off. */
function settingsOf(legacy: LegacyConfig | undefined): LegacySettings {
  const { https = { ...usualDoor, isOn: false }, showsQr, waitSeconds, mayRefund } = legacy ?? usual;
  return { https, showsQr, waitSeconds, mayRefund };
}

/** What else the section says stays as it was written. */
function withSettings(section: unknown, settings: LegacySettings): object {
  return { ...(typeof section === "object" ? section : {}), ...settings };
}
