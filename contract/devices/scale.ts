/** What a scale says in one frame. Weights are whole grams. */
export interface WeightReading {
  /** What its own display shows, net of its own tare; null while it says no weight. */
  readonly grams: number | null;
  /** The scale's own word; of a scale that has no word for it: the same weight for a whole second. Never smoothed. */
  readonly isStable: boolean;
  /** More than it can weigh. */
  readonly isOver: boolean;
  /** Below zero: the tray is lifted, or missing. */
  readonly isUnder: boolean;
  /** Its own tare is taken off already. */
  readonly isNet: boolean;
  readonly isZero: boolean;
}
