import { describe, expect, it } from "vitest";
import { judgePapers } from "./paper-book.ts";

describe("the book of papers", () => {
  it("is clean when every job has one paper or was asked about", () => {
    expect(judgePapers({ jobs: 3, papers: ["0", "1"], asked: ["1", "2"] })).toEqual({
      ...{ jobs: 3, printed: 2, asked: 2, lost: 0, doubled: 0 },
    });
  });

  it("counts a job without paper or question as lost, and a second paper as doubled", () => {
    expect(judgePapers({ jobs: 3, papers: ["0", "0", "1", "9"], asked: ["1"] })).toEqual({
      ...{ jobs: 3, printed: 2, asked: 1, lost: 1, doubled: 2 },
    });
  });
});
