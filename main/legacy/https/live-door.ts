import type { LegacyDoorFault, LegacyDoorView } from "#contract/ipc/legacy-intents.ts";
import type { Log } from "#main/log/open-log.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { LegacyDesk } from "#main/till/ports/legacy-desk.ts";
import { type HttpsDoor, openHttpsDoor } from "./https-door.ts";
import type { KeptIdentities } from "./kept-identities.ts";
import type { Pairings } from "./pairings.ts";

/** A network that comes up after the till, a program that gives the port free: nobody has to press anything. */
const tryAgainMs = 5_000;

export interface DoorPlace {
  readonly host: string;
  readonly port: number;
}

export interface LiveDoor {
  /**
   * Where the door is to be from now on; null: nowhere. Resolves when it is open, closed or has its fault; never rejects.
   * The same place again leaves an open door as it is.
   */
  goOver(place: DoorPlace | null): Promise<void>;
  view(): Pick<LegacyDoorView, "state" | "fault" | "url" | "fingerprint" | "isKeyAnew">;
}

/** The door over HTTPS while the till is open: one after the other, and tried again and again where it does not open. */
export function createLiveDoor(parts: {
  readonly identities: KeptIdentities;
  readonly pairings: Pick<Pairings, "nameOf">;
  readonly desk: LegacyDesk;
  readonly clock: Clock;
  readonly log: Log;
}): LiveDoor {
  return new DoorInUse(parts);
}

class DoorInUse implements LiveDoor {
  readonly #parts: Parameters<typeof createLiveDoor>[0];
  #place: DoorPlace | null = null;
  #door: HttpsDoor | null = null;
  #fault: LegacyDoorFault | null = null;
  #fingerprint = "";
  #isKeyAnew = false;
  /** What is under way ends before the next begins. */
  #last: Promise<void> = Promise.resolve();
  #stopWaiting: () => void = () => {};

  constructor(parts: Parameters<typeof createLiveDoor>[0]) {
    this.#parts = parts;
  }

  goOver(place: DoorPlace | null): Promise<void> {
    const isSame = place !== null && place.host === this.#place?.host && place.port === this.#place.port;
    if (!isSame) {
      this.#place = place;
      this.#fault = null;
      this.#fingerprint = "";
    }
    return this.#next(this.#place, isSame);
  }

  view(): ReturnType<LiveDoor["view"]> {
    const place = this.#place;
    const [fault, isKeyAnew] = [this.#fault, this.#isKeyAnew];
    if (place === null) return { state: "off", fault: null, url: "", fingerprint: "", isKeyAnew };
    const { host, port } = place;
    return {
      ...{ fault, isKeyAnew, fingerprint: this.#fingerprint },
      state: this.#door !== null ? "open" : fault === null ? "opening" : "closed",
      url: `https://${host.includes(":") ? `[${host}]` : host}:${port}/nexo`,
    };
  }

  #next(place: DoorPlace | null, isSame: boolean): Promise<void> {
    this.#stopWaiting();
    this.#last = this.#last.then(async () => {
      if (isSame && this.#door !== null) return;
      await this.#door?.close();
      this.#door = null;
      // Meanwhile it may be to be somewhere else, and that comes next.
      if (place === null || place !== this.#place) return;
      const fault = await this.#open(place);
      if (place !== this.#place) return;
      this.#fault = fault;
      if (fault === null) return;
      this.#stopWaiting = this.#parts.clock.after(tryAgainMs, () => void this.#next(place, true));
    });
    return this.#last;
  }

  async #open({ host, port }: DoorPlace): Promise<LegacyDoorFault | null> {
    const { identities, pairings, desk, clock, log } = this.#parts;
    const { now } = clock;
    try {
      const kept = await identities.of(host, now());
      if (!kept.ok) return this.#told("key-locked", { host });
      const { identity, isAnew } = kept.value;
      this.#fingerprint = identity.fingerprint;
      this.#isKeyAnew ||= isAnew;
      const told = (what: string, facts: Record<string, unknown>): void => log.warn(what, facts);
      this.#door = await openHttpsDoor({ host, port, identity, pairings, desk, now, log: told });
      return null;
    } catch (cause) {
      return this.#told(faultOf(cause), { cause, host, port });
    }
  }

  /** In the log once, however often it is tried. */
  #told(fault: LegacyDoorFault, facts: Record<string, unknown>): LegacyDoorFault {
    if (fault !== this.#fault) this.#parts.log.error("old tills find no door", { fault, ...facts });
    return fault;
  }
}

function faultOf(cause: unknown): LegacyDoorFault {
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : null;
  // Windows keeps ranges of ports for itself and calls it a matter of rights.
  if (code === "EADDRINUSE" || code === "EACCES") return "port-in-use";
  return code === "EADDRNOTAVAIL" || code === "ENETUNREACH" ? "address-away" : "not-opened";
}
