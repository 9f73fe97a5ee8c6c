import { setTimeout } from "node:timers/promises";

// A sale's commit waits behind what the disk was given before it. So whoever changes a catalogue that sells gives the disk
// little at a time, and then leaves it to the sales for a while.

/** The longest rest, on a disk that took longer than that. Milliseconds. */
const mostRestMs = 250;

/** Pages of the WAL between two checkpoints, each of which the disk writes at one go: those of one step. */
export const walPagesOfStep = 50;

/** Two parts in three of the disk's time are the sales'; ten thousand rows still take seconds. */
const restPerStep = 2;

/** So many times as long as the step took that began then, by `performance.now()`. */
export async function restAfter(beganMs: number): Promise<void> {
  await setTimeout(Math.min(mostRestMs, restPerStep * (performance.now() - beganMs)));
}
