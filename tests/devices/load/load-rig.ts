import type { ChildProcess } from "node:child_process";
import type { DevicesConfig } from "#contract/config/devices.ts";
import { createDeviceClient, type DeviceClient } from "#main/devices/create-device-client.ts";
import { forkHost, realClock } from "#tests/support/device-host.ts";
import { until } from "#tests/support/poll.ts";
import { openPty, type Pty } from "#tests/support/pty.ts";
import type { HeardScan } from "./scan-book.ts";

/** The real client over the real host, and everything it heard from scanners. */
export interface LoadRig {
  readonly client: DeviceClient;
  readonly hosts: readonly ChildProcess[];
  readonly heard: readonly HeardScan[];
  readonly close: () => Promise<void>;
}

/** A scanner at the end of its cable. */
export interface LoadScanner {
  readonly name: string;
  readonly pty: Pty;
  readonly sent: string[];
}

export async function openScanner(name: string): Promise<LoadScanner> {
  return { name, pty: await openPty(name), sent: [] };
}

export function startLoadRig(devices: DevicesConfig): LoadRig {
  const hosts: ChildProcess[] = [];
  const client = createDeviceClient({
    spawn: () => forkHost(hosts),
    config: devices,
    log: () => {},
    clock: realClock,
  });
  const heard: HeardScan[] = [];
  client.onScan(({ deviceId, text }) => heard.push({ deviceId, text }));
  return { client, hosts, heard, close: () => client.close() };
}

export async function untilReady({ client }: LoadRig, deviceId: string): Promise<void> {
  await until(`${deviceId} is ready`, () =>
    client.statuses().some((status) => status.deviceId === deviceId && status.state === "ready"),
  );
}

export function onSerial({ path }: Pick<Pty, "path">) {
  return {
    kind: "serial",
    path,
    baudRate: 115_200,
    dataBits: 8,
    parity: "none",
    stopBits: 1,
    flow: "none",
  } as const;
}

/** A person with a trigger: `count` codes at an even pace, each put down in `sent` as it leaves. */
export function pullTrigger({ pty, name, sent }: LoadScanner, count: number, perSecond: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = sent.length;
  const began = performance.now();
  let pulled = 0;
  const timer = setInterval(() => {
    // What a busy machine made late is caught up with: the pace over all is kept.
    const due = Math.min(count, Math.floor(((performance.now() - began) * perSecond) / 1_000));
    for (; pulled < due; pulled += 1) {
      const code = `${name}-${String(first + pulled).padStart(6, "0")}`;
      sent.push(code);
      pty.write(`${code}\r\n`);
    }
    if (pulled === count) {
      clearInterval(timer);
      resolve();
    }
  }, 1_000 / perSecond);
  return promise;
}
