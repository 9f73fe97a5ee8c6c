/** How the copies of the books stand; null where nobody has chosen a folder for them. */
export type BackupStatus = {
  /** When a copy was last written and read back whole, milliseconds since the epoch; null: none was yet. */
  readonly lastVerifiedAt: number | null;
  /** For the manager's eyes; never told to support, as it may name a person. */
  readonly folder: string;
} | null;
