import assert from "node:assert/strict";
import { officeTill } from "#tests/support/office-till.ts";
import { until } from "#tests/support/poll.ts";
import { checkBooks } from "./books.ts";
import type { Scene } from "./scene.ts";

/** Named by what is promised; each on the scene the one before has left. */
export const proxiedCases: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  async "tills sell through the proxy while an instance is killed and another added: nothing lost, nothing twice"(
    scene,
  ) {
    const { hours } = scene;
    hours.start();
    await hours.sellUntilAcked(100);
    await scene.killInstance(1);
    await hours.sellUntilAcked(100);
    await scene.addInstance();
    await hours.sellUntilAcked(100);
    await hours.settled();
    await checkBooks(scene.database, hours.tills);
    assertNobodyStopped(scene);
  },

  async "a till in the middle of an upload takes a dead instance's 502 as: again"(scene) {
    const { hours } = scene;
    const [instance] = scene.instances();
    assert.ok(instance !== undefined);
    hours.openShops();
    process.kill(instance.pid, "SIGSTOP");
    await until("a question has gone to it and waits", () => scene.longestUnderWayMs() > 700);
    const before = hours.troubles("status 502");
    await scene.killInstance(0);
    await until("its tills see the proxy's 502", () => hours.troubles("status 502") > before);
    await scene.addInstance();
    await hours.sellUntilAcked(50);
    await hours.settled();
    await checkBooks(scene.database, hours.tills);
    assertNobodyStopped(scene);
  },

  async "whoever is signed in is so at every instance, over https alone, and still when one dies"({ admin, ...scene }) {
    for (let count = 0; count < 9; count += 1) assert.equal((await admin.send("GET", "/shops")).status, 200);
    const again = await admin.signIn("admin", "a good long password");
    assert.match(again.headers.get("set-cookie") ?? "", /; Secure/);
    await scene.killInstance(0);
    await scene.addInstance();
    for (let count = 0; count < 9; count += 1) assert.equal((await admin.send("GET", "/shops")).status, 200);
  },

  async "a till enrols with a code that was made at another instance"({ admin, nginx, hours }) {
    const [storeCode, terminalId] = ["S000", "N1"];
    const made = await admin.send<{ code: string }>("POST", `/shops/${storeCode}/terminals/${terminalId}/code`, {
      replaces: false,
    });
    assert.equal(made.status, 200);
    const till = officeTill({ url: nginx.url, now: Date.now, storeCode, terminalId });
    const enrolled = await till.enrol(made.json.code.replace("-", ""));
    assert.equal(enrolled.status, 201);
    assert.equal((await till.request("GET", "/v1/feeds")).status, 200);
    assert.equal(hours.troubles("unknown-terminal"), 0);
  },

  async "an import tells how far it is while it runs, not at its end"({ admin, nginx }) {
    const rows = Array.from({ length: 20_000 }, (_, index) => `P${index},水${index},Water ${index},2.00`);
    const response = await fetch(`${nginx.url}/api/shops/S001/imports?mode=all&name=list.csv`, {
      method: "POST",
      headers: { "x-tillway-office": "1", cookie: admin.cookie(), "content-type": "application/octet-stream" },
      body: ["编码,名称,英文名,价格", ...rows].join("\n"),
    });
    assert.equal(response.status, 200);
    const heardAt: number[] = [];
    let text = "";
    for await (const chunk of response.body ?? []) {
      heardAt.push(performance.now());
      text += Buffer.from(chunk).toString();
    }
    const lines = text.trimEnd().split("\n");
    assert.match(lines.at(-1) ?? "", /"state":"done"/, lines.at(-1));
    const spreadMs = (heardAt.at(-1) ?? 0) - (heardAt[0] ?? 0);
    assert.ok(heardAt.length > 2 && spreadMs > 50, `${heardAt.length} parts within ${spreadMs} ms`);
  },

  async "a body of 8 MiB passes, a larger one does not, and nobody outside sees the figures"({ admin, nginx }) {
    const send = (bytes: number) =>
      fetch(`${nginx.url}/api/shops/S001/imports?mode=check&name=list.csv`, {
        method: "POST",
        headers: { "x-tillway-office": "1", cookie: admin.cookie(), "content-type": "application/octet-stream" },
        body: Buffer.alloc(bytes, 97),
      });
    assert.equal((await send(8 * 1_048_576)).status, 200);
    assert.equal((await send(8 * 1_048_576 + 1)).status, 413);
    assert.equal((await fetch(`${nginx.url}/metrics`)).status, 403);
    assert.equal((await fetch(`${nginx.url}/healthz`)).status, 200);
  },
};

/** Refusals after which a till stops and shows a person why. */
function assertNobodyStopped({ hours }: Scene): void {
  for (const refusal of ["bad-signature", "unknown-terminal", "wrong-clock", "fork", "broken-chain"]) {
    assert.equal(hours.troubles(refusal), 0, refusal);
  }
}
