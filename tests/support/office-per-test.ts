import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type Databases, type Engine, openDatabases, type OfficeBench, openOfficeBench } from "./office-bench.ts";

/** In a describe of this engine: a new head office before each test, with a database of its own, and closed after it. */
export function officePerTest(engine: Engine): () => OfficeBench {
  let databases: Databases;
  let bench: OfficeBench;
  beforeAll(async () => {
    databases = await openDatabases(engine);
  });
  afterAll(() => databases.close());
  beforeEach(async () => {
    bench = await openOfficeBench(await databases.create());
  });
  afterEach(() => bench.close());
  return () => bench;
}
