import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readMerchant } from "#headoffice/carried/merchant.ts";
import { startGatewayAlone } from "#simulators/start-gateway.ts";
import { demoPayHost } from "#main/bench-link/demo-config.ts";
import { writeDemoMerchant } from "./demo-merchant.ts";

let directory: string;
let gateway: Awaited<ReturnType<typeof startGatewayAlone>>;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "tillway-demo-merchant-"));
  const stateDir = join(directory, "simulators");
  gateway = await startGatewayAlone({ gatewayPort: 0, controlPort: 0, stateDir, now: Date.now });
});
afterEach(async () => {
  await gateway.close();
  rmSync(directory, { recursive: true, force: true });
});

const folder = () => join(directory, "head-office", "merchant");

it("the demo's merchant is one that head office takes, by the gateway's door past the shop's line", () => {
  const { ready } = gateway;
  const read = readMerchant(writeDemoMerchant(folder(), ready.gateway, demoPayHost));
  if (!read.ok) throw new Error(read.fault);
  const { mchid, appid, certSerial, publicKeyId, apiV3Key, outside } = ready.gateway;
  const door = new URL(outside.baseUrl);
  expect(read.value).toMatchObject({
    ...{ mchid, appid, certSerial, publicKeyId, apiV3Key, appSecret: outside.appSecret },
    ...{ payUrl: `https://${demoPayHost}`, hosts: { pay: [door], open: door, api: door } },
  });
  // The line that the bench cuts is another.
  expect(door.href).not.toBe(new URL(ready.gateway.baseUrl).href);
});

it.skipIf(process.platform === "win32")(
  "nobody but the owner reads the demo merchant's files, written anew too",
  () => {
    writeDemoMerchant(folder(), gateway.ready.gateway, demoPayHost);
    const path = writeDemoMerchant(folder(), gateway.ready.gateway, demoPayHost);
    for (const name of readdirSync(folder())) expect(statSync(join(folder(), name)).mode & 0o077).toBe(0);
    chmodSync(path, 0o644);
    expect(readMerchant(path)).toMatchObject({ ok: false, fault: expect.stringContaining("chmod 600") });
  },
);

it("a folder that cannot be written is told to whoever asked", () => {
  writeFileSync(join(directory, "head-office"), "a file where its folder should be");
  expect(() => writeDemoMerchant(folder(), gateway.ready.gateway, demoPayHost)).toThrow("head-office");
});
