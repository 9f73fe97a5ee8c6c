import type { SimulatorsReady } from "#contract/bench/ready.ts";
import { terminalConfigSchema, type Locale, type TerminalConfig } from "#contract/config/terminal.ts";
import store from "../../resources/demo-store/store.json" with { type: "json" };

/** The demo store stands in China, wherever it is shown. */
export const demoUtcOffsetMinutes = 480;

/** Where customers' phones reach the demo store's head office; there is no such host, and only the demo's phone knows the way. */
export const demoPayHost = "pay.demo.invalid";

/** The demo till's name at its head office, and its shop's there. */
export const demoTill = {
  ...{ storeCode: "D001", terminalId: "T01", nameZh: store.zh.name, nameEn: store.en.name },
} as const;

/**
 * The demo store's terminal.json: real transports and real addresses of the gateway and head office, with the twins and the
 * embedded head office at their ends. `officeUrl` is null where it has none.
 */
export function demoConfig(ready: SimulatorsReady, officeUrl: string | null, locale: Locale): TerminalConfig {
  const { gateway, printer, scanner, scale, poleDisplay } = ready;
  const { zh, en } = store;
  const words = locale === "en" ? en : zh;
  return terminalConfigSchema.parse({
    store: {
      code: demoTill.storeCode,
      nameZh: zh.name,
      nameEn: en.name,
      address: words.address,
      phone: words.phone,
      footerZh: zh.footer,
      footerEn: en.footer,
      utcOffsetMinutes: demoUtcOffsetMinutes,
    },
    terminalId: demoTill.terminalId,
    locale,
    devices: {
      scanners: [{ id: "scanner-1", transport: { kind: "tcp", ...scanner } }],
      printer: { id: "printer-1", transport: { kind: "tcp", ...printer }, columns: 48, drawer: {} },
      scale: {
        id: "scale-1",
        transport: { kind: "tcp", ...scale },
        protocol: "toledo-8217",
        ...{ maxGrams: 15_000, minGrams: 100, divisionGrams: 5 },
      },
      poleDisplay: { id: "pole-1", transport: { kind: "tcp", ...poleDisplay }, protocol: "cd5220" },
    },
    wechatPay: {
      baseUrl: gateway.baseUrl,
      mchid: gateway.mchid,
      appid: gateway.appid,
      certSerial: gateway.certSerial,
      privateKeyFile: gateway.privateKeyPath,
      publicKeyId: gateway.publicKeyId,
      publicKeyFile: gateway.publicKeyPath,
      storeInfo: { outId: demoTill.storeCode },
      notifyUrl: "https://demo.invalid/wechatpay/notify",
    },
    taxes: {
      rates: store.taxClasses.map(({ id, ratePercent }) => ({ taxClass: id, basisPoints: ratePercent * 100 })),
    },
    ...(officeUrl === null ? {} : { headOffice: { url: officeUrl } }),
  });
}
