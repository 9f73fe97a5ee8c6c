import type { WebContents } from "electron";
import { benchEventChannel } from "#contract/ipc/channels.ts";
import type { SimulatorsReady } from "#contract/bench/ready.ts";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { createBenchLink } from "#main/bench-link/bench-link.ts";
import { demoConfig } from "#main/bench-link/demo-config.ts";
import { whenSimulatorsReady } from "#main/bench-link/simulators.ts";
import { spawnUtilitySimulators } from "#main/bench-link/utility-simulators.ts";
import { registerBench } from "#main/ipc/bench-channel.ts";
import type { Log } from "#main/log/open-log.ts";

/** What the till runs on: the shop's configuration, or in demo mode the twins' and the link to them. */
export interface OpenBench {
  readonly config: TerminalConfig;
  /** Null outside demo mode. */
  readonly ready: SimulatorsReady | null;
  /** Lets the Device bench window reach the twins; does nothing outside demo mode. */
  readonly attach: (contents: () => WebContents | null) => void;
  readonly close: () => void;
}

/** Starts the gateway simulator and the device twins where the shop has no configuration of its own. */
export async function openBench(parts: {
  readonly config: TerminalConfig | null;
  readonly entry: string;
  readonly stateDir: string;
  readonly log: Log;
}): Promise<OpenBench> {
  const { config, log } = parts;
  if (config !== null) return { config, ready: null, attach: () => {}, close: () => {} };

  const simulators = spawnUtilitySimulators(parts.entry, parts.stateDir);
  const ready = await whenSimulatorsReady(simulators);
  let watcher: () => WebContents | null = () => null;
  const link = createBenchLink(ready.control, (topic) => watcher()?.send(benchEventChannel, topic), log);
  return {
    config: demoConfig(ready, "zh-CN"),
    ready,
    attach(contents) {
      watcher = contents;
      registerBench(contents, (method, path, body) => link.control(method, path, body));
    },
    close() {
      link.close();
      simulators.kill();
    },
  };
}
