import type { ReportsStatusView } from "#contract/ipc/report-intents.ts";
import type { TillContext } from "#main/till/context.ts";

export interface ReportsState {
  /** The export under way; null while none is. */
  export: { share: number; readonly stop: AbortController } | null;
  /** As the recounts have left it; read from the disk at the start and after every recount. */
  alarms: ReportsStatusView["alarms"];
}

export const noReports = (): ReportsState => ({ export: null, alarms: [] });

export function reportsView({ state }: TillContext): ReportsStatusView {
  return { exportShare: state.reports.export?.share ?? null, alarms: state.reports.alarms };
}
