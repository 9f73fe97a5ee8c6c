import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { account, appSecret, pageHost, startBench, type Bench } from "../test-till.ts";

let bench: Bench;
const phoneAgent = "Mozilla/5.0 (Linux; Android 15) Mobile MicroMessenger/8.0.50";
const page = `https://${pageHost}/P/ABC`;

beforeEach(async () => {
  bench = await startBench();
  await bench.control("POST", "/gateway/web", { hosts: [pageHost] });
});

afterEach(async () => {
  await bench.gateway.close();
});

const right = {
  ...{ appid: account.appid, redirect_uri: page, response_type: "code", scope: "snsapi_base", state: "x1" },
} as const;

async function authorize(query: Readonly<Record<string, string>> = right, agent = phoneAgent) {
  const url = `${bench.gateway.outsideBaseUrl}/connect/oauth2/authorize?${new URLSearchParams(query).toString()}`;
  const reply = await fetch(url, { redirect: "manual", headers: { "User-Agent": agent } });
  return { status: reply.status, location: reply.headers.get("location"), text: await reply.text() };
}

async function codeFor(agent = phoneAgent): Promise<string> {
  const { location } = await authorize(right, agent);
  return new URL(location ?? "").searchParams.get("code") ?? "";
}

async function exchange(code: string, more: Readonly<Record<string, string>> = {}) {
  const query = { appid: account.appid, secret: appSecret, code, grant_type: "authorization_code", ...more };
  const reply = await fetch(
    `${bench.gateway.outsideBaseUrl}/sns/oauth2/access_token?${new URLSearchParams(query).toString()}`,
  );
  return { status: reply.status, body: await reply.json() };
}

describe("the phone", () => {
  it("is sent back to the registered page with a code and the state it came with", async () => {
    const { status, location } = await authorize();
    expect(status).toBe(302);
    expect(location).toMatch(/^https:\/\/pay\.example\.cn\/P\/ABC\?code=[0-9a-f]{32}&state=x1$/);
  });

  it("reaches it while the shop's line is cut, which the till does not", async () => {
    await bench.control("POST", "/gateway/offline", { offline: true });
    expect((await authorize()).status).toBe(302);
    await expect(bench.query("PAGE-00001")).rejects.toThrow();
  });

  const { appid, redirect_uri, response_type, scope, state } = right;
  it.each<[string, Readonly<Record<string, string>>]>([
    ["to a host that is not registered", { ...right, redirect_uri: "https://evil.example.cn/P/ABC" }],
    ["to another port of the host", { ...right, redirect_uri: `https://${pageHost}:8443/P/ABC` }],
    ["to a host that begins like it", { ...right, redirect_uri: `https://${pageHost}.evil.cn/` }],
    ["to what is no address", { ...right, redirect_uri: "P/ABC" }],
    ["to a script", { ...right, redirect_uri: "javascript:alert(1)" }],
    ["for another appid", { ...right, appid: "wx0000000000000000" }],
    ["for a scope that asks the customer", { ...right, scope: "snsapi_userinfo" }],
    ["for a token at once", { ...right, response_type: "token" }],
    ["with a state that is no word", { ...right, state: "a b" }],
    ["with its parameters in another order", { appid, response_type, redirect_uri, scope, state }],
    ["with a parameter too many", { ...right, openid: "o1" }],
    ["with a parameter too few", { appid, redirect_uri, response_type }],
  ])("is sent nowhere %s", async (_, query) => {
    expect(await authorize(query)).toMatchObject({ status: 200, location: null });
  });

  it("must be WeChat", async () => {
    expect(await authorize(right, "Mozilla/5.0")).toMatchObject({ status: 200, location: null });
  });
});

describe("the shop's server", () => {
  it("learns from a code who looks at its page, and each phone has another name", async () => {
    const first = await exchange(await codeFor());
    expect(first).toEqual({
      status: 200,
      body: {
        ...{ access_token: expect.any(String), expires_in: 7_200, refresh_token: expect.any(String) },
        ...{ openid: "oTillwaySimulatedCustomer001", scope: "snsapi_base" },
      },
    });
    const second = await exchange(await codeFor(`${phoneAgent} SimulatedPhone/2`));
    expect(second.body).toMatchObject({ openid: "oTillwaySimulatedCustomer002" });
  });

  it("learns it once, and for five minutes", async () => {
    const code = await codeFor();
    const late = await codeFor();
    await exchange(code);
    expect(await exchange(code)).toEqual({ status: 200, body: { errcode: 40_163, errmsg: "code been used" } });
    bench.clock.nowMs += 5 * 60_000;
    expect(await exchange(late)).toEqual({ status: 200, body: { errcode: 40_029, errmsg: "invalid code" } });
  });

  it.each<[string, Readonly<Record<string, string>>, number]>([
    ["a code nobody was given", { code: "0".repeat(32) }, 40_029],
    ["another appid", { appid: "wx0000000000000000" }, 40_013],
    ["another secret", { secret: "f".repeat(32) }, 40_125],
    ["another grant", { grant_type: "client_credential" }, 40_002],
  ])("is told 200 and an errcode for %s, and the code is still good", async (_, more, errcode) => {
    const code = await codeFor();
    expect(await exchange(code, more)).toMatchObject({ status: 200, body: { errcode } });
    expect((await exchange(code)).body).toMatchObject({ openid: "oTillwaySimulatedCustomer001" });
  });
});
