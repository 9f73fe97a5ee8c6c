import { createPrivateKey, type KeyObject } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { assert } from "#core/result.ts";
import { tlsIdentity } from "#simulators/gateway/v2/v2-account.ts";
import { type CustomerPhone, openCustomerPhone } from "./customer-phone.ts";
import { type HeadOfficeProcess, openHeadOfficeProcess } from "./head-office-process.ts";
import { type LoopbackRelay, openLoopbackRelay } from "./loopback-relay.ts";
import { beginSelling, openTill, type TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { openShop, type Shop } from "./shop.ts";
import { openTlsDoor } from "./tls-door.ts";

/**
 * A shop whose till has two cables to the world and no other way out: one to WeChat, one to head office, which is a process
 * of its own. The customer's phone is another, and reaches both without them.
 */
export interface CutOffShop {
  readonly shop: Shop;
  readonly dataDir: string;
  readonly office: HeadOfficeProcess;
  readonly cables: { readonly gateway: LoopbackRelay; readonly office: LoopbackRelay };
  readonly phone: CustomerPhone;
  /** The till as it runs now, with the manager signed in; another one after `startTill`. */
  readonly till: TillUnderTest;
  /** The one of the first start of head office, for the first sign-in. */
  readonly firstPassword: string;
  /** Pulls both cables, or plugs them in; the till has noticed when this resolves. */
  plug(isIn: boolean): Promise<void>;
  /** Lets the till's cable to head office end at this port of somebody else's, and plugs in that one alone. */
  lead(port: number): void;
  /** Starts the till again, which has ended; by a clock that is off by so much. */
  startTill(clockOffMs?: number): Promise<void>;
  /** Kills head office and starts it by a clock that is off by so much, and the gateway signs by the same. */
  restartOffice(clockOffMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** Where phones find head office; no till does. */
export const payHost = "pay.shop.example";
/** Seven inches, as the smallest customer display has. */
const display = "--display-at=0,0,1024,600";
const patienceMs = 60_000;

export async function openCutOffShop(): Promise<CutOffShop> {
  const shop = await openShop();
  const { dataDir } = shop;
  const office = await openHeadOfficeProcess(dataDir, ["--merchant", writeMerchant(shop)]);
  const firstPassword = await until("the first password", () => /password (\S+)$/m.exec(office.said())?.[1]);
  const { baseUrl } = shop.simulators.ready.gateway;
  let officesPort: number | null = null;
  const cables = {
    gateway: await openLoopbackRelay(() => Number(new URL(baseUrl).port)),
    office: await openLoopbackRelay(() => officesPort ?? office.port),
  };
  const { wechatPay } = shop.terminal;
  assert(wechatPay !== undefined, "a shop that takes WeChat Pay");
  shop.configure({
    headOffice: { url: `http://127.0.0.1:${cables.office.port}` },
    wechatPay: { ...wechatPay, baseUrl: `http://127.0.0.1:${cables.gateway.port}` },
  });
  await shop.control("POST", "/gateway/web", { hosts: [payHost] });
  await shop.control("POST", "/gateway/notify", { url: `http://127.0.0.1:${office.port}/carried/notice` });
  let till = await openTill({ dataDir, args: [display] });
  await beginSelling(till, "manager-1");
  await enrol(office, till, dataDir);
  const door = await openTlsDoor(
    tlsIdentity(dirname(shop.simulators.ready.gateway.privateKeyPath), 0),
    () => office.port,
  );
  const phone = await openCustomerPhone(shop, `MAP ${payHost}:443 127.0.0.1:${door.port}`);

  return {
    ...{ shop, dataDir, office, cables, phone, firstPassword },
    get till() {
      return till;
    },
    lead(other) {
      officesPort = other;
      cables.office.setPlugged(true);
    },
    async plug(isIn) {
      officesPort = null;
      for (const cable of Object.values(cables)) cable.setPlugged(isIn);
      const isNoticed = async () => {
        await till.send("sync-now", {});
        return ((await till.view()).sync.state === "offline") !== isIn;
      };
      await until(`the till knows that the line is ${isIn ? "back" : "down"}`, isNoticed, patienceMs);
    },
    async startTill(clockOffMs = 0) {
      till = await openTill({ dataDir, pins: till.pins, args: [display], clockOffMs });
      await beginSelling(till, "manager-1");
    },
    async restartOffice(clockOffMs = 0) {
      await office.kill();
      await shop.control("POST", "/gateway/clock", { wireSkewMs: clockOffMs });
      await office.start(clockOffMs);
    },
    async close() {
      await till.close();
      await phone.close();
      await door.close();
      await office.kill();
      for (const cable of Object.values(cables)) await cable.close();
      await shop.close();
    },
  };
}

async function enrol(office: HeadOfficeProcess, till: TillUnderTest, dataDir: string): Promise<void> {
  await office.command("shop", "--store", "S01", "--name-zh", "人民路店", "--name-en", "Renmin Road");
  const code = await office.command("enrol-code", "--store", "S01", "--terminal", "T01");
  const enrolled = await till.send("enrol", { code });
  assert(enrolled.ok, "a till that enrols with a fresh code");
  const hasSecret = async () => {
    await till.send("sync-now", {});
    return existsSync(join(dataDir, "carried-secrets.json"));
  };
  await until("the till has its code secret", hasSecret, patienceMs);
}

/** What `--merchant` reads, docs/HEADOFFICE.md: the shop's merchant, by the gateway's door that no cable leads to. */
function writeMerchant({ dataDir, simulators }: Shop): string {
  const { mchid, appid, certSerial, privateKeyPath, publicKeyId, publicKeyPath, apiV3Key, outside } =
    simulators.ready.gateway;
  const folder = join(dataDir, "merchant");
  mkdirSync(folder);
  const kept = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return name;
  };
  const merchant = {
    ...{ mchid, appid, certSerial, publicKeyId, publicUrl: `https://${payHost}` },
    ...{ privateKeyFile: privateKeyPath, publicKeyFile: publicKeyPath },
    ...{ appSecretFile: kept("app-secret", outside.appSecret), apiV3KeyFile: kept("api-v3-key", apiV3Key) },
    hosts: { pay: outside.baseUrl, open: outside.baseUrl, api: outside.baseUrl },
  };
  return join(folder, kept("merchant.json", JSON.stringify(merchant)));
}

/** Head office's own key, as somebody has it who can read its database. */
export function officeKeyOf(dataDir: string): KeyObject {
  const db = new Database(join(dataDir, "office", "office.db"), { readonly: true });
  try {
    const key = db.prepare<[], Buffer>("SELECT private_key FROM office").pluck().get();
    assert(key !== undefined, "an office that was started");
    return createPrivateKey({ key, type: "pkcs8", format: "der" });
  } finally {
    db.close();
  }
}
