import type { WechatPayConfig } from "#contract/config/terminal.ts";
import { numberInWords } from "#core/health/checks.ts";
import type { TillContext } from "#main/till/context.ts";
import type { MachineHealth } from "#main/till/ports/machine-health.ts";
import { foundSoFar } from "./run-check.ts";

interface SupportFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The till's own words for support: each fact is named here, and what is not named here is not told. No name of a person,
 * shop, device or folder, no address, no number of a merchant.
 */
export function supportFiles(till: TillContext, machine: MachineHealth): readonly SupportFile[] {
  const { deps } = till;
  const health = foundSoFar(till).map(({ check, word, state, facts, atMs, tookMs }) => ({
    ...{ number: numberInWords(check), check, word, state, facts, tookMs, at: new Date(atMs).toISOString() },
  }));
  return [
    file("health.json", health),
    file("versions.json", { ...machine.versions(), made: new Date(deps.clock.now()).toISOString() }),
    file("config.json", configFacts(till)),
    file("timings.json", deps.latency?.read() ?? null),
  ];
}

function file(name: string, facts: unknown): SupportFile {
  return { name, text: `${JSON.stringify(facts, null, 2)}\n` };
}

function configFacts({ deps, state }: TillContext): object {
  const { terminalId, locale, rounding, store, devices, wechatPay, headOffice } = deps.config;
  return {
    ...{ terminalId, locale, rounding, isTraining: deps.isTraining === true },
    utcOffsetMinutes: store.utcOffsetMinutes,
    dayCutOffMinutes: store.dayCutOffMinutes,
    devices: state.deviceStatuses.map(({ role, state, trouble }) => ({ role, state, trouble })),
    scanners: devices.scanners.map(({ transport }) => transport.kind),
    printer: devices.printer?.transport.kind ?? null,
    hasDrawer: devices.printer?.drawer !== undefined,
    scale: devices.scale?.transport.kind ?? null,
    wechatPay: wechatPay === undefined ? null : wechatFacts(wechatPay),
    hasHeadOffice: headOffice !== undefined,
    hasRelay: headOffice?.relayUrl !== undefined,
  };
}

function wechatFacts({ codepayProtocol, answersSignedBy, timing, baseUrl, partner, keptKeys }: WechatPayConfig) {
  return {
    ...{ codepayProtocol, answersSignedBy, timing },
    isUsualAddress: new URL(baseUrl).hostname === "api.mch.weixin.qq.com",
    isPartner: partner !== undefined,
    keys: keptKeys === "" ? "files" : "kept",
  };
}
