import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Json } from "../answer.ts";
import type { Merchant } from "../operation.ts";
import type { SignIns } from "./sign-ins.ts";

/*
 * The two hosts beside the gateway by which a page learns who is looking at it: open.weixin.qq.com, to which the phone goes,
 * and api.weixin.qq.com, which the shop's server asks. Neither signs anything. Source: developers.weixin.qq.com, web page
 * authorization (网页授权), scope snsapi_base.
 */

const authorizePath = "/connect/oauth2/authorize";
const tokenPath = "/sns/oauth2/access_token";

export function isWebPath(target: string): boolean {
  const path = target.split("?")[0];
  return path === authorizePath || path === tokenPath;
}

interface WebDesk {
  readonly merchant: Merchant;
  readonly signIns: SignIns;
}

/** Answers the phone or the shop's server; `request` has been read to its end. */
export function answerWeb(desk: WebDesk, request: IncomingMessage, response: ServerResponse): void {
  // The base is only there because URL wants one.
  const url = new URL(request.url ?? "", "http://weixin.invalid");
  if (request.method !== "GET") response.writeHead(405).end();
  else if (url.pathname === authorizePath) answerPhone(desk, request, response, url);
  else answerServer(desk, response, url.searchParams);
}

/** Sends the phone back to the page with a code, or says on a page of its own what is wrong. */
function answerPhone(desk: WebDesk, request: IncomingMessage, response: ServerResponse, { searchParams }: URL): void {
  const agent = request.headers["user-agent"] ?? "";
  if (!agent.includes("MicroMessenger/")) return showTrouble(response, "请在微信客户端打开链接");
  const names = [...searchParams.keys()];
  // The documentation warns that the address is matched as a whole: other parameters, or these in another order, fail.
  const expected = ["appid", "redirect_uri", "response_type", "scope", "state"];
  if (names.length < 4 || names.some((name, at) => name !== expected[at])) {
    return showTrouble(response, "参数错误");
  }
  if (searchParams.get("appid") !== desk.merchant.appid) return showTrouble(response, "appid 参数错误 10004");
  if (searchParams.get("response_type") !== "code") return showTrouble(response, "response_type 参数错误");
  if (searchParams.get("scope") !== "snsapi_base")
    return showTrouble(response, "Scope 参数错误或没有 Scope 权限 10005");
  const state = searchParams.get("state") ?? "";
  if (!/^[0-9A-Za-z]{0,128}$/.test(state)) return showTrouble(response, "state 参数错误");
  const back = pageOf(desk.signIns, searchParams.get("redirect_uri") ?? "");
  if (back === null) return showTrouble(response, "redirect_uri 参数错误 10003");
  back.searchParams.set("code", desk.signIns.codeFor(phoneOf(agent)));
  back.searchParams.set("state", state);
  response.writeHead(302, { Location: back.href, "Cache-Control": "no-store" }).end();
}

/** The address to go back to; null when it is none or its host is not registered. */
function pageOf({ hosts }: SignIns, address: string): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  return isWeb && hosts().includes(url.host) ? url : null;
}

/** A simulated phone may say in its user agent which one it is; otherwise it is the first. */
function phoneOf(agent: string): number {
  return Number(/ SimulatedPhone\/([1-9])\b/.exec(agent)?.[1] ?? "1");
}

function answerServer({ merchant, signIns }: WebDesk, response: ServerResponse, asked: URLSearchParams): void {
  const { appid, appSecret } = merchant;
  if (asked.get("appid") !== appid) return say(response, { errcode: 40_013, errmsg: "invalid appid" });
  if (appSecret === undefined || asked.get("secret") !== appSecret) {
    return say(response, { errcode: 40_125, errmsg: "invalid appsecret" });
  }
  if (asked.get("grant_type") !== "authorization_code") {
    return say(response, { errcode: 40_002, errmsg: "invalid grant_type" });
  }
  const exchange = signIns.exchange(asked.get("code") ?? "");
  if (exchange.kind === "unknown") return say(response, { errcode: 40_029, errmsg: "invalid code" });
  if (exchange.kind === "used") return say(response, { errcode: 40_163, errmsg: "code been used" });
  const token = () => randomBytes(32).toString("base64url");
  const tokens = { access_token: token(), expires_in: 7_200, refresh_token: token() };
  return say(response, { ...tokens, openid: exchange.openid, scope: "snsapi_base" });
}

/** Errors come with 200 too. */
function say(response: ServerResponse, body: Readonly<Record<string, Json>>): void {
  // JSON under the name of plain text, as the real host sends it.
  response.writeHead(200, { "Content-Type": "text/plain" }).end(JSON.stringify(body));
}

function showTrouble(response: ServerResponse, words: string): void {
  const page = `<!doctype html><meta charset="utf-8"><title>微信</title><h2>${words}</h2>`;
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(page);
}
