import type { SimulatorsReady } from "#contract/bench/ready.ts";
import type { TerminalConfig } from "#contract/config/terminal.ts";

/** `ready {…}`: what runs where, for whoever started the till; `items` is counted up to 10,000. Only the simulators' made-up token is in it, no key. */
export function readyLine(
  dataDir: string,
  config: TerminalConfig,
  simulators: SimulatorsReady | null,
  items: number,
): string {
  const facts = {
    store: config.store.nameZh,
    terminal: config.terminalId,
    dataDir,
    items,
    scanners: config.devices.scanners.map(({ id, transport }) => ({ id, ...transport })),
    printer: config.devices.printer?.transport ?? null,
    wechatPay: config.wechatPay?.baseUrl ?? null,
    simulators: simulators?.control ?? null,
  };
  return `ready ${JSON.stringify(facts)}`;
}
