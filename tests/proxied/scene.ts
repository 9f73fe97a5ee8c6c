import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { assert } from "#core/result.ts";
import { askOffice } from "#main/sync/ask-office.ts";
import { enrolFleet } from "#tests/capacity/enrol-fleet.ts";
import { type Instance, startInstance } from "#tests/capacity/instance.ts";
import { officeBrowser, type OfficeBrowser } from "#tests/support/office-browser.ts";
import { startPostgres } from "#tests/support/postgres.ts";
import { type Nginx, startNginx } from "./nginx.ts";
import { openShopHours, type ShopHours } from "./shop-hours.ts";

const tillCount = 20;
const instanceCount = 3;
export const password = "a good long password";

/** One PostgreSQL, three instances on it, nginx with TLS before them, and tills and a browser that know its address. */
export interface Scene {
  readonly nginx: Nginx;
  readonly database: string;
  readonly hours: ShopHours;
  readonly admin: OfficeBrowser;
  instances(): readonly Instance[];
  /** One more, or one in the place of those that are dead; nginx is told. */
  addInstance(): Promise<void>;
  killInstance(index: number): Promise<void>;
  /** Longest time for which a till's question has been under way, milliseconds. */
  longestUnderWayMs(): number;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), "tillway-proxied-"));
  const server = await startPostgres();
  const database = { kind: "postgres", url: await server.createDatabase() } as const;
  const enrolled = await enrolFleet(database, tillCount);
  let instances: Instance[] = [];
  for (let index = 0; index < instanceCount; index += 1) instances.push(await startInstance(database, folder));
  const ports = () => instances.map(({ port }) => port);
  const nginx = await startNginx(ports());
  setDefaultCACertificates([...getCACertificates("default"), nginx.authority]);
  const underWay = new Map<symbol, number>();
  const hours = await openShopHours(enrolled, new URL(nginx.url), async (wire) => {
    const one = Symbol("a question");
    underWay.set(one, performance.now());
    try {
      return await askOffice(wire);
    } finally {
      underWay.delete(one);
    }
  });
  const admin = await signedIn(nginx.url, instances[0]?.printed() ?? "");
  return {
    ...{ nginx, database: database.url, hours, admin },
    instances: () => instances,
    async addInstance() {
      instances.push(await startInstance(database, folder));
      await nginx.useInstances(ports());
    },
    async killInstance(index) {
      await instances[index]?.kill();
      instances = instances.filter((_, at) => at !== index);
    },
    longestUnderWayMs: () => performance.now() - Math.min(performance.now(), ...underWay.values()),
    async close() {
      await hours.stop();
      await nginx.close();
      await Promise.all(instances.map((instance) => instance.kill()));
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** By the password the first instance printed, and with one of their own from then on. */
async function signedIn(url: string, printed: string): Promise<OfficeBrowser> {
  const [, oneTime = ""] = /name admin, password (\S+)/.exec(printed) ?? [];
  const browser = officeBrowser(url);
  const { status } = await browser.signIn("admin", oneTime);
  assert(status < 300, `the printed password opens the page, not ${status}`);
  const changed = await browser.send("POST", "/password", { current: oneTime, next: password });
  assert(changed.status === 204, "a one-time password can be changed");
  return browser;
}
