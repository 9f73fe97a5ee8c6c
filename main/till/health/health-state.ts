import type { HealthResultView } from "#contract/ipc/health-intents.ts";
import type { HealthCheck } from "#core/health/checks.ts";

/** What the checks have found since the till was opened, and those that are under way. */
export interface HealthState {
  readonly results: Map<HealthCheck, HealthResultView>;
  readonly running: Map<HealthCheck, Promise<HealthResultView>>;
}

export const noHealth = (): HealthState => ({ results: new Map(), running: new Map() });
