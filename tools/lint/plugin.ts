import { allTestsRun } from "./all-tests-run.ts";
import { namedDivision } from "./named-division.ts";
import { noSleeping } from "./no-sleeping.ts";
import { reasonedCasts } from "./reasoned-casts.ts";
import { timeAndChance } from "./time-and-chance.ts";
import { wholeNumbers } from "./whole-numbers.ts";

// oxlint asks for a default export. Which rule holds where is written in .oxlintrc.json.
export default {
  meta: { name: "till" },
  rules: {
    "all-tests-run": allTestsRun,
    "named-division": namedDivision,
    "no-sleeping": noSleeping,
    "reasoned-casts": reasonedCasts,
    "time-and-chance": timeAndChance,
    "whole-numbers": wholeNumbers,
  },
};
