import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, describe, expect, it, vi } from "vitest";
import { drawerState, printerState, scanAnswer } from "#contract/bench/devices.ts";
import { gatewayReady, simulatorsReady, type SimulatorsReady } from "#contract/bench/ready.ts";

const children: ChildProcess[] = [];
const stateDir = mkdtempSync(join(tmpdir(), "tillway-main-test-"));
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(stateDir, { recursive: true, force: true });
});

/** Polls until the check passes. A busy machine may take its time; a broken twin never passes. */
function soon<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000, interval: 20 });
}

function run(...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), ...args], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  children.push(child);
  const stdout: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => stdout.push(line));
  let stderr = "";
  child.stderr.on("data", (bytes) => (stderr += String(bytes)));
  return { child, stdout, stderr: () => stderr };
}

async function start(...args: string[]) {
  const running = run(...args);
  await soon(() => expect(running.stdout).toHaveLength(1));
  return { ...running, ready: simulatorsReady.parse(JSON.parse(running.stdout[0] ?? "")) };
}

async function control({ control: { url, token } }: SimulatorsReady, path: string, body?: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(
    url + path,
    body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) },
  );
  return await response.json();
}

describe("the simulators' command", () => {
  it("prints one ready line, prints, kicks and scans through its ports, and ends with its parent's pipe", async () => {
    const { child, stdout, ready } = await start("--state-dir", stateDir, "--paper", "58");
    const { url, token } = ready.control;
    const events = await fetch(`${url}/events`, { headers: { authorization: `Bearer ${token}` } });
    const printer = connect(ready.printer);
    printer.write(
      Buffer.concat([Buffer.from("paid\n"), Buffer.from([0x1b, 0x70, 0x00, 0x19, 0xfa, 0x1d, 0x56, 0x00])]),
    );
    await soon(async () => {
      const state = printerState.parse(await control(ready, "/printer"));
      expect(state).toMatchObject({ columns: 32, connections: 1, faults: [], current: null });
      expect(state.papers[0]?.elements.map((element) => element.kind)).toEqual(["text", "drawer-pulse", "cut"]);
    });
    let told = "";
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    while (!told.includes("event: printer") || !told.includes("event: drawer"))
      told += (await reader?.read())?.value ?? "";
    expect(drawerState.parse(await control(ready, "/drawer")).open).toBe(true);
    expect(drawerState.parse(await control(ready, "/drawer/close", {})).open).toBe(false);

    expect(await control(ready, "/scanner/scan", { text: "690" })).toEqual({
      error: "No till is connected to the scanner.",
    });
    const scanner = connect(ready.scanner);
    const heard = once(scanner, "data");
    await soon(async () => scanAnswer.parse(await control(ready, "/scanner/scan", { text: "690" })));
    expect(String((await heard)[0])).toBe("690\r");
    expect(await control(ready, "/scanner/scan", { text: "a\rb" })).toEqual({
      error: expect.stringContaining("one line"),
    });

    expect(printerState.parse(await control(ready, "/printer/switches", { unplugged: true })).switches.unplugged).toBe(
      true,
    );
    await expect(once(connect(ready.printer), "connect")).rejects.toThrow("ECONNREFUSED");
    expect(await control(ready, "/printer/switches", { onFire: true })).toEqual({
      error: expect.stringContaining("onFire"),
    });
    expect(await control(ready, "/gateway/ledger")).toMatchObject({ orders: [] });

    const ended = once(child, "exit");
    child.stdin?.end();
    expect((await ended)[0]).toBe(0);
    expect(stdout).toHaveLength(1);
  });

  it("knows the same merchant after a restart on the same directory, and ends on SIGTERM", async () => {
    const first = await start("--state-dir", stateDir);
    const ended = once(first.child, "exit");
    first.child.kill("SIGTERM");
    expect((await ended)[0]).toBe(0);
    const second = await start("--state-dir", stateDir);
    const withoutPorts = ({ gateway }: SimulatorsReady) => ({
      ...gateway,
      baseUrl: "",
      v2: { ...gateway.v2, tlsBaseUrl: "" },
      outside: { ...gateway.outside, baseUrl: "" },
    });
    expect(withoutPorts(second.ready)).toEqual(withoutPorts(first.ready));
    expect(second.ready.control.token).not.toBe(first.ready.control.token);
    second.child.kill("SIGTERM");
  });

  it("starts the gateway alone when asked for it, and knows no other by name", async () => {
    const { stdout, child } = run("wechatpay", "--state-dir", stateDir);
    await soon(() => expect(stdout).toHaveLength(1));
    const { gateway, control } = gatewayReady.parse(JSON.parse(stdout[0] ?? ""));
    const headers = { authorization: `Bearer ${control.token}` };
    expect(await (await fetch(`${control.url}/gateway/ledger`, { headers })).json()).toMatchObject({ orders: [] });
    expect((await fetch(`${control.url}/printer`, { headers })).status).toBe(404);
    expect((await fetch(`${gateway.baseUrl}/v3/certificates`)).status).toBe(401);
    const ended = once(child, "exit");
    child.stdin.end();
    expect((await ended)[0]).toBe(0);
    const wrong = run("alipay");
    expect((await once(wrong.child, "close"))[0]).toBe(2);
    expect(wrong.stderr()).toContain('no simulator called "alipay"');
  });

  it("removes the folder it made itself", async () => {
    const { child, ready } = await start();
    const ended = once(child, "exit");
    expect(existsSync(ready.gateway.privateKeyPath)).toBe(true);
    child.kill("SIGINT");
    await ended;
    expect(existsSync(dirname(ready.gateway.privateKeyPath))).toBe(false);
  });

  it("explains a wrong option and a taken port, and leaves", async () => {
    const wrong = run("--printer-port", "70000");
    expect((await once(wrong.child, "close"))[0]).toBe(2);
    expect(wrong.stderr()).toContain("--printer-port takes a number from 0 to 65535");
    const holder = await start("--state-dir", stateDir);
    const second = run("--printer-port", String(holder.ready.printer.port));
    expect((await once(second.child, "close"))[0]).toBe(1);
    expect(second.stderr()).toContain("EADDRINUSE");
    expect(second.stdout).toEqual([]);
    holder.child.kill("SIGTERM");
  });

  it("tells everything about itself under --help", async () => {
    const { child, stdout } = run("--help");
    expect((await once(child, "close"))[0]).toBe(0);
    expect(stdout.join("\n")).toContain("--state-dir DIR");
  });
});
