import { defineConfig } from "vitest/config";
import { hasOwnScreen } from "./scripts/screen.ts";

const notOurs = ["node_modules/**", "out/**", "dist/**", ".runtime/**"];

/**
 * Two suites. `unit` is everything that runs on Node alone: unit and property tests beside their sources and the
 * contract, device and fixture tests under tests/. `e2e` drives the built till in real Electron and needs `npm run build`.
 */
export default defineConfig({
  test: {
    environment: "node",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...notOurs, "tests/e2e/**"],
          // Sockets, ports and processes on a busy machine, as below.
          retry: 1,
          // Much of it waits: for sockets, ports and processes of its own. Vitest would leave one of two cores to the editor.
          maxWorkers: 2,
          // A property test of a few hundred runs on a busy two-core machine still ends well within this.
          testTimeout: 60_000,
          // A hook may make and start a PostgreSQL of its own.
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          exclude: notOurs,
          globalSetup: ["./scripts/e2e-setup.ts"],
          setupFiles: ["./scripts/e2e-screen.ts"],
          // Most of a file's time is waiting for what a till does in its own time. On a person's screen one after the other.
          fileParallelism: !hasOwnScreen(),
          // Real windows on a busy machine. `npm test` names each test that needed it, and fails when they are many.
          retry: 1,
          maxWorkers: 2,
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
    ],
  },
});
