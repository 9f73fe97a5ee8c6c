import { Gauge } from "prom-client";
import { fail, ok, type Result } from "#core/result.ts";
import { type HeadOffice, type HeadOfficeChoices, openHeadOffice } from "../open-head-office.ts";
import { heldRoutes } from "../held/held-routes.ts";
import type { OpenFault } from "../store/fault.ts";
import { placeOf, type TerminalPlace } from "../terminals/terminal.ts";
import { enrolRelay, type EnrolRelayFault } from "./enrol-relay.ts";
import { keepRoutes } from "./keep-routes.ts";
import { readRelay, type RelayState } from "./relay-state.ts";
import { createSendOn, type SendOn } from "./send-on.ts";
import { countWaiting } from "./shelf.ts";
import { createUpstream } from "./upstream.ts";

export interface RelayChoices extends Pick<HeadOfficeChoices, "database" | "clock" | "log"> {
  /** Address of head office: https, or http on this machine. */
  readonly upstream: string;
  /** Of the first start, or after it was revoked. */
  readonly enrol?: { readonly place: TerminalPlace; readonly code: string } | undefined;
}

export type RelayFault =
  | { readonly kind: "store"; readonly fault: OpenFault }
  | { readonly kind: "not-enrolled" }
  | { readonly kind: "other-upstream"; readonly upstream: string }
  | { readonly kind: "other-shop"; readonly relayKey: string }
  | { readonly kind: "enrolment"; readonly fault: EnrolRelayFault };

export interface Relay extends HeadOffice {
  readonly relayKey: string;
  readonly sendOn: SendOn;
}

/** A shop's relay over its shelf, in this process; it is not listening yet, and `sendOn` is not started. */
export async function openRelay(choices: RelayChoices): Promise<Result<Relay, RelayFault>> {
  const { database, clock, log, upstream, enrol } = choices;
  const opened = await openHeadOffice({
    ...{ database, name: "Tillway relay", routes: [keepRoutes, heldRoutes] },
    ...(clock === undefined ? {} : { clock }),
    ...(log === undefined ? {} : { log }),
  });
  if (!opened.ok) return fail({ kind: "store", fault: opened.fault });
  const { app, office, close } = opened.value;
  const found = await stateOf(opened.value, upstream, enrol);
  if (!found.ok) {
    await close();
    return found;
  }
  const state = found.value;
  tellWaiting(office);
  const signer = { privateKey: office.key.privateKey, keyid: state.relayKey };
  const ending = new AbortController();
  const client = createUpstream(new URL(upstream), signer, office.clock, ending.signal);
  const sendOn = createSendOn({ relay: office, state, upstream: client });
  return ok({
    ...{ app, office, relayKey: state.relayKey, sendOn },
    async close() {
      ending.abort();
      await sendOn.stop();
      await close();
    },
  });
}

/** At 0 head office has everything this relay kept, and a till may take a dead one's place. */
function tellWaiting({ sql, metrics }: HeadOffice["office"]): void {
  const gauge = new Gauge({
    ...{
      name: "relay_waiting_uploads",
      help: "Uploads kept here that head office has not",
      registers: [metrics.registry],
    },
    async collect() {
      this.set(await countWaiting(sql));
    },
  });
  metrics.registry.registerMetric(gauge);
}

async function stateOf(
  { office }: HeadOffice,
  upstream: string,
  enrol: RelayChoices["enrol"],
): Promise<Result<RelayState, RelayFault>> {
  const known = await readRelay(office.sql);
  // What lies on the shelf was signed for the shop of this place, by tills of that office.
  if (known !== undefined && known.upstream !== upstream)
    return fail({ kind: "other-upstream", upstream: known.upstream });
  if (enrol === undefined) return known === undefined ? fail({ kind: "not-enrolled" }) : ok(known);
  if (known !== undefined && placeOf(known.relayKey).storeCode !== enrol.place.storeCode) {
    return fail({ kind: "other-shop", relayKey: known.relayKey });
  }
  const enrolled = await enrolRelay(office, upstream, enrol.place, enrol.code);
  return enrolled.ok ? enrolled : fail({ kind: "enrolment", fault: enrolled.fault });
}
