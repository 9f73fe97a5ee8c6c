import type { DayReading } from "#core/latency/day-timings.ts";

/** What the till times of itself, in memory, for the manager's page. Nothing here waits, throws or allocates much. */
export interface Latency {
  /** A device's scan has been answered: it is timed once its answer has left for the screen. `arrivedAtMs` as of the scan. */
  scanAnswered(scanCount: number, arrivedAtMs: number): void;
  /** The window says that the answers to these scans, counted as in its view, are painted. */
  scanPainted(from: number, through: number): void;
  read(): DayReading;
}
