import type { PrinterConfig } from "#contract/config/devices.ts";
import type { PrintLine } from "#contract/devices/messages.ts";
import type { Device } from "../device-group.ts";
import type { KickOutcome } from "../drawer/kick.ts";

/** One printer for as long as it is configured, whether it has a line of its own or hangs behind the operating system. */
export interface Printer extends Device {
  /** Reports `print-progress` until it is final. */
  print(jobId: string, lines: readonly PrintLine[]): void;
  /** A job that has not begun ends unsent; one that is leaving is past taking back. */
  cancel(jobId: string): void;
  printTestSheet(jobId: string): void;
  /** Whether this is the printer that `config` asks for. */
  reaches(config: PrinterConfig): boolean;
  kickDrawer(expiresInMs: number): Promise<KickOutcome>;
}
