import type { Cell, Way } from "./course.ts";
import { faultCells } from "./fault-courses.ts";
import { storyCells } from "./story-courses.ts";

/** The whole column of the matrix for one way of moving money. */
export function cellsOf(way: Way): readonly Cell[] {
  return [...storyCells(way), ...faultCells(way)];
}
