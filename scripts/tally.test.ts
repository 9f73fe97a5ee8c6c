import { describe, expect, it } from "vitest";
import { secondTries, sumOf, tallyOf } from "./tally.ts";

const green = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

describe("the count of a test run", () => {
  it("is what the report says when every test passed", () => {
    expect(tallyOf(green, 0)).toEqual({ passed: 3, failed: 0 });
  });

  it("holds each failed test once, whatever the exit code", () => {
    expect(tallyOf({ ...green, numFailedTests: 2 }, 1)).toEqual({ passed: 3, failed: 2 });
  });

  it("holds a failure for a file that could not be loaded", () => {
    const testResults = [{ status: "failed", assertionResults: [] }];
    expect(tallyOf({ ...green, testResults }, 1)).toEqual({ passed: 3, failed: 1 });
  });

  it("holds a failure for each test that did not run", () => {
    expect(tallyOf({ ...green, numPendingTests: 1, numTodoTests: 1 }, 0)).toEqual({ passed: 3, failed: 2 });
  });

  it("holds a failure when the run failed outside its tests", () => {
    expect(tallyOf(green, 1)).toEqual({ passed: 3, failed: 1 });
  });

  it("holds a failure when too many tests passed only at the second try, and names them", () => {
    const results = (count: number) =>
      Array.from({ length: count }, (_, at) => ({
        fullName: `test ${at}`,
        status: "passed",
        failureMessages: ["late"],
      }));
    const reportOf = (count: number) => ({
      ...green,
      testResults: [{ status: "passed", assertionResults: results(count) }],
    });
    expect(tallyOf(reportOf(2), 0)).toEqual({ passed: 3, failed: 0 });
    expect(secondTries(reportOf(2))).toEqual(["test 0", "test 1"]);
    expect(tallyOf(reportOf(3), 0)).toEqual({ passed: 3, failed: 1 });
  });

  it("holds a failure when nothing ran", () => {
    expect(tallyOf({ ...green, numPassedTests: 0 }, 0)).toEqual({ passed: 0, failed: 1 });
  });

  it("adds up over suites", () => {
    expect(
      sumOf([
        { passed: 1, failed: 0 },
        { passed: 2, failed: 3 },
      ]),
    ).toEqual({ passed: 3, failed: 3 });
  });
});
