import { join } from "node:path";
import type { WebContents } from "electron";
import { benchEventChannel } from "#contract/ipc/channels.ts";
import type { SimulatorsReady } from "#contract/bench/ready.ts";
import type { Locale, TerminalConfig } from "#contract/config/terminal.ts";
import { createBenchLink, type BenchLink } from "#main/bench-link/bench-link.ts";
import { demoConfig, demoPayHost, demoTill } from "#main/bench-link/demo-config.ts";
import { whenSimulatorsReady } from "#main/bench-link/simulators.ts";
import { spawnUtilitySimulators } from "#main/bench-link/utility-simulators.ts";
import { writeDemoMerchant } from "#main/demo-office/demo-merchant.ts";
import { createDemoPhone } from "#main/demo-phone/open-phone.ts";
import { controlPhone, phoneWallet } from "#main/demo-phone/phone-control.ts";
import { controlOffice } from "#main/demo-office/office-control.ts";
import { type DemoOffice, type DemoOfficeParts, openDemoOffice } from "#main/demo-office/open-demo-office.ts";
import { registerBench } from "#main/ipc/bench-channel.ts";
import type { Log } from "#main/log/open-log.ts";

/** What the till runs on: the shop's configuration, or in demo mode the twins' and the link to them. */
export interface OpenBench {
  readonly config: TerminalConfig;
  /** Null outside demo mode. */
  readonly ready: SimulatorsReady | null;
  /** The same; not started yet, and ended by whoever starts it. */
  readonly office: DemoOffice | null;
  readonly close: () => void;
}

/**
 * Starts the gateway simulator and the device twins where the shop has no configuration of its own, and lays the cable to
 * a head office that is to follow.
 */
export async function openBench(parts: {
  readonly config: TerminalConfig | null;
  readonly entry: string;
  readonly stateDir: string;
  /** Null where the demo store has no head office. */
  readonly office: Pick<DemoOfficeParts, "dataDir" | "storeFolder" | "spawn" | "sync" | "clock"> | null;
  /** What the demo store speaks. */
  readonly locale: Locale;
  /** The Device bench window's, while it is open. */
  readonly contents: () => WebContents | null;
  readonly phonePreload: string;
  /** What the QR on the customer display says; null while there is none. */
  readonly displayQr: () => string | null;
  readonly log: Log;
}): Promise<OpenBench> {
  const { config, log } = parts;
  if (config !== null) return { config, ready: null, office: null, close: () => {} };

  // Before the twins are up: the window may already be asking.
  const linked = Promise.withResolvers<BenchLink>();
  const toTwins: BenchLink["control"] = async (...asked) => (await linked.promise).control(...asked);
  const toBench = (topic: string) => parts.contents()?.send(benchEventChannel, topic);
  let gateway: SimulatorsReady["gateway"] | null = null;
  const office =
    parts.office === null
      ? null
      : await openDemoOffice({
          ...{ ...parts.office, till: demoTill, log: log.child("head-office"), say: (line) => console.log(line) },
          merchantFile: merchantFile(join(parts.office.dataDir, "merchant"), () => gateway),
          onChange: () => toBench("head-office"),
          onListening: (url) => registerPage(toTwins, url),
        });
  const phone = createDemoPhone({
    ...{
      preload: parts.phonePreload,
      beside: parts.contents,
      payHost: demoPayHost,
      pages: () => office?.state().page ?? null,
    },
    ...{ wechatUrl: () => gateway?.outside.baseUrl ?? null, ...phoneWallet(toTwins) },
  });
  registerBench(
    parts.contents,
    async (...asked) =>
      controlOffice(office, ...asked) ?? (await controlPhone(phone, parts.displayQr, asked)) ?? toTwins(...asked),
  );
  const simulators = spawnUtilitySimulators(parts.entry, parts.stateDir);
  const ready = await whenSimulatorsReady(simulators);
  gateway = ready.gateway;
  const link = createBenchLink(ready.control, toBench, log);
  linked.resolve(link);
  return {
    config: demoConfig(ready, office?.url ?? null, parts.locale),
    ...{ ready, office },
    close() {
      phone.close();
      link.close();
      simulators.kill();
    },
  };
}

/** The merchant of whatever gateway there is by then. */
function merchantFile(folder: string, gateway: () => SimulatorsReady["gateway"] | null): () => string | null {
  return () => {
    const found = gateway();
    return found === null ? null : writeDemoMerchant(folder, found, demoPayHost);
  };
}

/** What a company does once with WeChat: its page's host is registered, and it hears of payments that are asked for there. */
function registerPage(control: BenchLink["control"], officeUrl: string): void {
  const notices = { url: new URL("/carried/notice", officeUrl).href, onlyHost: demoPayHost };
  void control("POST", "/gateway/web", { hosts: [demoPayHost] });
  void control("POST", "/gateway/notify", notices);
}
