import { type ChildProcess, fork } from "node:child_process";
import type { HostEvent } from "#contract/devices/messages.ts";
import { hostEnvironment, type HostProcess } from "#main/devices/host-process.ts";
import type { Clock } from "#main/till/ports/clock.ts";

const hostEntry = new URL("../../native/host.ts", import.meta.url).pathname;

export const realClock: Clock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Starts the real device host as a plain Node child and adds it to `hosts`. */
export function forkHost(hosts: ChildProcess[]): HostProcess {
  const child = fork(hostEntry, { execArgv: [], env: { ...process.env, ...hostEnvironment } });
  hosts.push(child);
  // A request may meet a host that was killed a moment ago; its exit tells what there is to tell.
  child.on("error", () => {});
  return {
    postMessage: (request) => child.connected && child.send(request),
    // The child is our own host.
    onMessage: (listener) => child.on("message", (message) => listener(message as HostEvent)),
    onExit: (listener) => child.on("exit", (code, signal) => listener(String(signal ?? code))),
    kill: () => child.kill("SIGKILL"),
  };
}
