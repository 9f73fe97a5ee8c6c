import { expect, test } from "vitest";
import type { HostEvent, HostRequest } from "#contract/devices/messages.ts";
import type { HostProcess } from "./host-process.ts";
import { startAhead } from "./start-ahead.ts";

test("the host that was started ahead is the first one given, and each further one is new", () => {
  const hosts = startHosts();
  const spawn = startAhead(hosts.spawn);
  expect(hosts.started).toHaveLength(1);

  spawn().postMessage({ kind: "weigh", isWanted: true });
  spawn().postMessage({ kind: "weigh", isWanted: false });

  expect(hosts.started.map(({ told }) => told)).toEqual([
    [{ kind: "weigh", isWanted: true }],
    [{ kind: "weigh", isWanted: false }],
  ]);
});

test("what it says before anybody listens is heard in its order, and what follows after it", async () => {
  const hosts = startHosts();
  const spawn = startAhead(hosts.spawn);
  hosts.started[0]?.say({ kind: "host-ready" });
  hosts.started[0]?.say(note("early"));
  const heard: HostEvent[] = [];

  spawn().onMessage((event) => heard.push(event));
  expect(heard).toEqual([]);
  await Promise.resolve();
  hosts.started[0]?.say(note("late"));

  expect(heard).toEqual([{ kind: "host-ready" }, note("early"), note("late")]);
});

test("a host that ends before anybody listens is known to have ended", async () => {
  const hosts = startHosts();
  const spawn = startAhead(hosts.spawn);
  hosts.started[0]?.end("exit code 1");
  const ends: string[] = [];

  spawn().onExit((reason) => ends.push(reason));
  await Promise.resolve();

  expect(ends).toEqual(["exit code 1"]);
});

const note = (text: string): HostEvent => ({ kind: "note", deviceId: "scanner-1", note: text });

/** Starts hosts that say what the test lets them say. */
function startHosts() {
  const started: { say(event: HostEvent): void; end(reason: string): void; readonly told: HostRequest[] }[] = [];
  const spawn = (): HostProcess => {
    const told: HostRequest[] = [];
    let hear = (_event: HostEvent): void => {};
    let hearEnd = (_reason: string): void => {};
    started.push({ say: (event) => hear(event), end: (reason) => hearEnd(reason), told });
    return {
      postMessage: (request) => void told.push(request),
      onMessage: (listener) => void (hear = listener),
      onExit: (listener) => void (hearEnd = listener),
      kill: () => {},
    };
  };
  return { started, spawn };
}
