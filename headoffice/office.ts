import type { FastifyInstance } from "fastify";
import type { Carried } from "./carried/carried.ts";
import type { UploadReaders } from "./journal/upload-readers.ts";
import type { OfficeKey } from "./keys/office-key.ts";
import type { OfficeMetrics } from "./service/metrics.ts";
import type { Sql } from "./store/sql.ts";

/** What every part of head office is given: nothing else is shared between requests. */
export interface Office {
  readonly sql: Sql;
  readonly clock: OfficeClock;
  readonly log: OfficeLog;
  readonly key: OfficeKey;
  readonly metrics: OfficeMetrics;
  readonly readers: UploadReaders;
  /** Payments that customers' phones carry; null where no merchant is set up. */
  readonly carried: Carried | null;
  /** As tills and people see it. */
  readonly name: string;
}

export interface OfficeClock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** One line of the log: facts, never a body, a code, a key, a name or a PIN. */
export type OfficeLog = (event: { readonly event: string; readonly [fact: string]: string | number | boolean }) => void;

/** A part of the service: adds its routes. The list of them is service/routes.ts. */
export type OfficeRoutes = (app: FastifyInstance, office: Office) => void | Promise<void>;
