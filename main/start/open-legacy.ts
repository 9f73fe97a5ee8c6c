import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { type HttpsDoor, openHttpsDoor } from "#main/legacy/https/https-door.ts";
import { openPairings } from "#main/legacy/https/pairings.ts";
import { identityOf, makeIdentity, type TlsIdentity } from "#main/legacy/https/self-signed.ts";
import type { Log } from "#main/log/open-log.ts";
import { writeDurably } from "#main/secret/write-durably.ts";
import type { Endings } from "#main/start/endings.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { LegacyDesk } from "#main/till/ports/legacy-desk.ts";
import type { LegacyDoors } from "#main/till/ports/legacy-doors.ts";

export interface LegacyParts {
  readonly config: Pick<TerminalConfig, "legacy">;
  readonly dataDir: string;
  /** Old tills are told of real money: in training there is no door. */
  readonly isTraining: boolean;
  readonly desk: () => LegacyDesk | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly endings: Pick<Endings, "push">;
}

/**
 * The door of old tills over HTTPS; null where terminal.json names none. It listens at once and answers once the till is
 * there. An address that cannot be listened on stops no till from selling: the manager's card says so.
 */
export function openLegacy(parts: LegacyParts): LegacyDoors | null {
  const https = parts.config.legacy?.https;
  if (https === undefined || parts.isTraining) return null;
  const { host, port } = https;
  const { now } = parts.clock;
  const log = parts.log.child("legacy");
  const folder = join(parts.dataDir, "legacy");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pairings = openPairings(join(folder, "pairings.json"));
  const identity = keptIdentity(folder, host, now());
  let door: HttpsDoor | null = null;
  parts.endings.push(() => door?.close());

  const desk: LegacyDesk = {
    answer: (text, from) => parts.desk()?.answer(text, from) ?? Promise.reject(new Error("the till is not open yet")),
  };
  const told = (what: string, facts: Record<string, unknown>): void => log.warn(what, facts);
  openHttpsDoor({ host, port, identity, pairings, desk, now, log: told }).then(
    (opened) => (door = opened),
    (cause: unknown) => log.error("old tills find no door", { cause, host, port }),
  );
  return {
    view: () => ({
      state: door === null ? "closed" : "open",
      url: `https://${host.includes(":") ? `[${host}]` : host}:${port}/nexo`,
      fingerprint: identity.fingerprint,
      pairings: pairings.list(),
    }),
    pair: (name) => pairings.pair(name, now()),
    unpair: (name) => pairings.unpair(name),
  };
}

/**
 * Made at the first use, and anew where the address is another or what was kept is damaged: then the fingerprint is another
 * too, and old tills pin it anew. Key and certificate are one file, so that no power cut parts them.
 */
function keptIdentity(folder: string, host: string, nowMs: number): TlsIdentity {
  const path = join(folder, `identity-${host.replaceAll(/[^0-9]/g, "-")}.pem`);
  try {
    const kept = readFileSync(path, "utf8");
    const cut = kept.indexOf("-----BEGIN CERTIFICATE-----");
    return identityOf(kept.slice(0, cut), kept.slice(cut));
  } catch {
    const made = makeIdentity(host, nowMs);
    writeDurably(path, made.keyPem + made.certificatePem);
    return made;
  }
}
